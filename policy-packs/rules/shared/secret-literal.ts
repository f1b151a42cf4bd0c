/** Tells secrets by their form, by the name they stand under, and by how random they look. */

interface Form {
  readonly says: string;
  readonly pattern: RegExp;
}

/** Forms that issuers document for their own credentials. */
const forms: readonly Form[] = [
  { says: "an access key of AWS", pattern: /\b(AKIA|ASIA)[A-Z2-7]{16}\b/ },
  { says: "a private key", pattern: /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/ },
  { says: "a token of GitHub", pattern: /\bgh[opsru]_\w{36,}|\bgithub_pat_\w{22,}/ },
  { says: "a token of GitLab", pattern: /\bglpat-[\w-]{20,}/ },
  { says: "a token of Slack", pattern: /\bxox[abeprs]-[\w-]{10,}/ },
  { says: "a live key of Stripe", pattern: /\b[rs]k_live_\w{16,}/ },
  { says: "a key of Google's APIs", pattern: /\bAIza[\w-]{35}(?![\w-])/ },
  { says: "a key of SendGrid", pattern: /\bSG\.[\w-]{16,}\.[\w-]{16,}/ },
  { says: "a token of npm", pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
  { says: "a key of an Azure service", pattern: /\b(Account|SharedAccess)Key=[A-Za-z0-9+/]{40,}/ },
  { says: "a signed token", pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/ },
  { says: "a password in an address", pattern: /\b[a-z][\w+.-]*:\/\/[^\s:/@]*:[^\s:/@$<{]{3,}@/i },
];

/** A secret access key of AWS is 40 characters of base64 without any further mark. */
const fortyCharacters = /(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g;
/** Bits a character: 40 random ones have about 4.7, words and paths below 4.2. */
const randomBitsMin = 4.4;

/** What credential the text holds, in words; undefined where it shows none. Never the secret. */
export function secretIn(text: string): string | undefined {
  const form = forms.find(({ pattern }) => pattern.test(text));
  if (form !== undefined) return form.says;
  const random = [...text.matchAll(fortyCharacters)].some(
    ([word]) => isMixed(word) && entropyBits(word) >= randomBitsMin,
  );
  return random ? "a secret key" : undefined;
}

const passwordName = /(^|_)(pass|passwd|password|passphrase|pwd)$/;
const tokenName =
  /(^|_)(secret|token|credentials?|(api|access|secret|private|auth|encryption)_?key)$/;

/** Whether something of this name is a secret, and not its address, length or like. */
export function isSecretName(name: string): boolean {
  const words = snake(name);
  return passwordName.test(words) || tokenName.test(words);
}

/** {@link secretIn}, or what the name says of the value. */
export function secretUnder(name: string, value: string): string | undefined {
  const found = secretIn(value);
  if (found !== undefined || pointsElsewhere.test(value)) return found;
  const words = snake(name);
  if (passwordName.test(words) && value !== "") return "a password";
  // A short plain word is the name of a secret more often than one.
  const isRandom = value.length >= 16 && /\d/.test(value) && /[a-z]/i.test(value);
  if (tokenName.test(words) && isRandom && entropyBits(value) >= 3) return "a token or key";
  return undefined;
}

/** References that something resolves later, places, and values that are no secret. */
const pointsElsewhere =
  /^(arn:|\/|\$|\{\{|<|@Microsoft\.KeyVault|projects\/|[a-z][a-z0-9+.-]*:\/\/|(true|false|null|none)$)/i;

const assignment = /\b([A-Za-z_]\w*)["']?\s*[=:]\s*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"';,)]+))/g;

/** {@link secretIn} of a script, or a password or token that it sets. */
export function secretInScript(script: string): string | undefined {
  const found = secretIn(script);
  if (found !== undefined) return found;
  for (const [, name = "", ...values] of script.matchAll(assignment)) {
    const value = values.find((one) => one !== undefined) ?? "";
    // A shell puts something else in the place of these.
    if (/[$`]/.test(value)) continue;
    const secret = secretUnder(name, value);
    if (secret !== undefined) return `${secret} in ${name}`;
  }
  return undefined;
}

function snake(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z\d]+/g, "_")
    .toLowerCase();
}

function isMixed(word: string): boolean {
  return /[a-z]/.test(word) && /[A-Z]/.test(word) && /\d/.test(word);
}

/** Shannon entropy of the characters, in bits a character. */
function entropyBits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()]
    .map((count) => count / text.length)
    .reduce((sum, share) => sum - share * Math.log2(share), 0);
}
