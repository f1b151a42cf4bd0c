/**
 * What services make up by themselves, and so differs from run to run: ids, numbers, times,
 * addresses, fingerprints. Two texts that differ only there agree.
 */

/** A piece of a text that a service made up. */
export interface Piece {
  readonly kind: string;
  readonly text: string;
}

type Kind = readonly [kind: string, pattern: string];

/** API Gateway: APIs have ten lower-case characters, what is in them six. */
const gatewayId: Kind = [
  "id",
  String.raw`(?<![A-Za-z0-9])(?=[a-z0-9]*\d[a-z])(?!\d+[a-z](?![a-z0-9]))(?:[a-z0-9]{10}|[a-z0-9]{6})(?![A-Za-z0-9])`,
];

/**
 * Kinds of made-up pieces, the more particular ones first. Pieces of the kinds in {@link lasting}
 * are names by which later requests speak of a thing.
 */
const kinds: readonly Kind[] = [
  ["certificate", String.raw`\bLS0tLS1CRUdJTi[A-Za-z0-9+/]+={0,2}`],
  [
    "time",
    String.raw`\b\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?| \d\d:\d\d:\d\d(?:\.\d+)? ?(?:UTC|[+-]\d{4})?(?: UTC)?)?`,
  ],
  // Either form of a token that the caller makes up: by an AWS SDK, or by Terraform's `UniqueId`.
  [
    "uuid",
    String.raw`\b(?:[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|terraform-[0-9a-f]{26})\b`,
  ],
  ["version", String.raw`\b\d+\.\d+\.\d+-gke\.\d+\b`],
  ["address", String.raw`\b\d{1,3}(?:\.\d{1,3}){3}\b`],
  ["host", String.raw`(?<=-)[a-z0-9]{8}(?=\.(?:portal\.)?hcp\.)`],
  // Numbers and hex are one kind: seven hex characters may happen to be digits.
  ["id", String.raw`(?<![A-Za-z0-9])(?=[a-f]*\d)[0-9a-f]{7,64}(?![A-Za-z0-9])`],
  // What a bridge puts behind a name may happen to have no digit.
  ["id", "(?<=[A-Za-z0-9]-)[a-f]{7}(?![A-Za-z0-9-])"],
  // azure-native puts eight hex digits right behind a name.
  ["id", String.raw`(?<=[A-Za-z])(?=[a-f]*\d)[0-9a-f]{8}(?![A-Za-z0-9])`],
  gatewayId,
  ["id", String.raw`(?<=:secret:[\w/+=.@-]+-)[A-Za-z0-9]{6}(?![A-Za-z0-9])`],
  ["id", String.raw`\bdb-[A-Z0-9]{26}\b`],
  ["address", String.raw`\b(?:ip|ec2)(?:-\d{1,3}){4}\b`],
  ["host", String.raw`(?<=[0-9A-F]{32}\.)(?:gr7|sk1|yl4)(?=\.[a-z0-9-]+\.eks\.)`],
  ["host", String.raw`(?<=\.)c[a-z0-9]{11}(?=\.[a-z0-9-]+\.(?:rds|docdb|neptune)\.)`],
  ["host", String.raw`\bd[a-z0-9]{12,13}(?=\.cloudfront\.net)`],
  // Which physical zone a letter stands for differs from account to account.
  ["zone", String.raw`\b[a-z]{3,5}\d-az\d\b`],
  ["zone", String.raw`(?<=\b[a-z]{2}-[a-z]+-\d)[a-f]\b`],
  ["etag", String.raw`\b0x[0-9A-F]{15}\b`],
  ["digest", String.raw`\b(?:[0-9A-F]{32}|[0-9A-F]{40,64})\b`],
  ["domain", String.raw`\b[a-z0-9]{26}(?=\.\w\w\.internal\.cloudapp\.net)`],
  ["unique id", String.raw`\b(?:A[A-Z]{2}A[A-Z2-7]{12,17}|(?=[A-Z]*\d)[A-Z0-9]{12,21})\b`],
];

const lasting: ReadonlySet<string> = new Set(["uuid", "unique id", "id", "digest"]);

/** `-----BEGIN C` in base64. */
const certificateStart = "LS0tLS1CRUdJTi";

/** Whole values that are nothing but a fingerprint, e.g. an etag. */
const fingerprint = /^[A-Za-z0-9+/_-]{3,}={1,2}$/;

/** A text may be read in two ways: `rga675c885` is an API of API Gateway, or `rg` and what Azure puts behind it. */
const readings = [kinds, kinds.filter((kind) => kind !== gatewayId)].map((used) => ({
  used,
  pattern: new RegExp(used.map(([, pattern]) => `(${pattern})`).join("|"), "g"),
}));

interface Normalised {
  readonly form: string;
  readonly pieces: readonly Piece[];
}

/** A text with each made-up piece replaced by its kind, and the pieces in their order. */
export function normalise(text: string, reading = readings[0]): Normalised {
  if (fingerprint.test(text) && !text.startsWith(certificateStart))
    return { form: "<fingerprint>", pieces: [] };
  const pieces: Piece[] = [];
  if (reading === undefined) return { form: text, pieces };
  const { used, pattern } = reading;
  const form = text.replace(pattern, (whole: string, ...groups: (string | undefined)[]) => {
    const kind = used.findIndex((_, i) => groups[i] !== undefined);
    const name = used[kind]?.[0] ?? "";
    pieces.push({ kind: name, text: whole });
    return `<${name}>`;
  });
  return { form, pieces };
}

/** Numbers from here on are made up (project numbers, numeric ids). */
const madeUpNumberMin = 10_000_000;

/** Whether two scalars differ only in what a service makes up. */
export function alike(recorded: string | number, ours: string | number): boolean {
  if (typeof recorded === "number" && typeof ours === "number")
    return recorded >= madeUpNumberMin && ours >= madeUpNumberMin;
  if (typeof recorded !== "string" || typeof ours !== "string") return false;
  return sameForm(recorded, ours) !== undefined;
}

/** Two texts in the reading in which they have one form. */
function sameForm(recorded: string, ours: string): readonly [Normalised, Normalised] | undefined {
  return readings
    .map((reading) => [normalise(recorded, reading), normalise(ours, reading)] as const)
    .find(([left, right]) => left.form === right.form);
}

/** Pairs of made-up names in two texts that are otherwise alike. */
export function namePairs(recorded: string, ours: string): readonly (readonly [string, string])[] {
  const same = sameForm(recorded, ours);
  if (same === undefined) return [];
  const [left, right] = same;
  return left.pieces.flatMap(({ kind, text }, i) => {
    const other = right.pieces[i]?.text ?? text;
    return lasting.has(kind) && other !== text ? [[text, other] as const] : [];
  });
}
