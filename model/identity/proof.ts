/**
 * Whether a trust provably admits nobody but the intended jobs: every way in demands the audience,
 * the repository by an id that GitHub never reuses, and the job. Trying tokens can only find a way
 * in; this is what turns "none found" into a pass.
 */
import type { Intended } from "./adversaries.ts";
import { intendedTokens, isSameJob } from "./adversaries.ts";
import { parseOperator } from "./aws/condition.ts";
import { readKey } from "./aws/context-keys.ts";
import type { Statement } from "./aws/document.ts";
import { parseDocument } from "./aws/document.ts";
import { coversWebIdentity } from "./aws/trust-policy.ts";
import { literalOf, parsePattern } from "./aws/wildcard.ts";
import { admitToAzure } from "./azure/federated-credential.ts";
import { celPins } from "./gcp/cel.ts";
import { githubIssuer, parseGithubSubject } from "./github.ts";
import type { Claim, Token } from "./token.ts";
import { claimsOf } from "./token.ts";
import type { AwsTrust, AzureTrust, GcpTrust, Trust } from "./trust.ts";

/** A demand that a claim be one of these values. */
interface Pin {
  readonly claim: string;
  readonly values: readonly string[];
}

/** True if the trust's own words leave no room for anybody else. */
export function provesIntended(trust: Trust, intended: Intended): boolean {
  switch (trust.cloud) {
    case "aws":
      return proveAws(trust, intended);
    case "azure":
      return proveAzure(trust, intended);
    case "gcp":
      return proveGcp(trust, intended);
  }
}

function proveAws(trust: AwsTrust, intended: Intended): boolean {
  const statements = parseDocument(trust.document);
  if (statements === undefined) return false;
  const [sample] = intendedTokens(intended);
  if (sample === undefined) return false;
  const provider: Pin[] =
    trust.clientIds === undefined ? [] : [{ claim: "aud", values: trust.clientIds }];
  return statements
    .filter((statement) => statement.effect === "Allow")
    .every((statement) => {
      if (!concernsGithub(statement)) return true;
      const pins = awsPins(statement, sample);
      return pins === "never" || excludesOthers([...pins, ...provider], intended);
    });
}

/** Only statements about this action let a token in; GitHub's tokens name GitHub's provider; statements for other principals are none of ours. */
function concernsGithub(statement: Statement): boolean {
  const allows =
    statement.actions.some(coversWebIdentity) || statement.foreign.includes("NotAction");
  if (!allows) return false;
  const issuer = githubIssuer.replace("https://", "");
  return (
    statement.foreign.length > 0 ||
    statement.principals.some(
      ({ kind, value }) => kind === "*" || value === "*" || value.toLowerCase().endsWith(issuer),
    )
  );
}

/** What every admitted token must say; `never` if a demand can be met by no token at all. */
function awsPins(statement: Statement, sample: Token): readonly Pin[] | "never" {
  const pins: Pin[] = [];
  for (const { operator, key, values } of statement.conditions) {
    const { base, quantifier, ifExists } = parseOperator(operator);
    const demands = /^string(equals|like)$/i.test(base) && !ifExists && quantifier !== "all";
    if (!demands) continue;
    const name = key.slice(key.lastIndexOf(":") + 1).toLowerCase();
    const probe: Token = { ...sample, claims: { ...sample.claims, [name]: "any" } };
    if (readKey(key, probe).kind === "absent") return "never";
    const words = values.map((value) => wordOf(value, /like/i.test(base)));
    if (readKey(key, probe).kind === "values" && words.every((word) => word !== undefined)) {
      pins.push({ claim: name, values: words });
    }
  }
  return pins;
}

function wordOf(value: string, like: boolean): string | undefined {
  const parts = parsePattern(value);
  if (parts === undefined) return undefined;
  return like ? literalOf(parts) : value;
}

function proveAzure(trust: AzureTrust, intended: Intended): boolean {
  const aud = { claim: "aud", values: trust.audiences };
  const accepted = trust.audiences.some(
    (audience) =>
      admitToAzure(trust, { issuer: trust.issuer, audience, subject: trust.subject, claims: {} })
        .outcome === "admitted",
  );
  if (trust.issuer !== githubIssuer || !accepted) return true;
  return excludesOthers([aud, { claim: "sub", values: [trust.subject] }], intended);
}

function proveGcp(trust: GcpTrust, intended: Intended): boolean {
  if (trust.issuer !== githubIssuer) return true;
  const pins = celPins(trust.attributeCondition ?? "").flatMap((pin): Pin[] => {
    const claim = claimBehind(trust, pin.operand);
    return claim === undefined ? [] : [{ claim, values: pin.values }];
  });
  // An empty list leaves the provider's own name, which no other service is asked tokens for.
  const audience: Pin[] =
    trust.allowedAudiences.length === 0 ? [{ claim: "aud", values: [intended.audience] }] : [];
  return excludesOthers(
    [...pins, ...audience, { claim: "aud", values: trust.allowedAudiences }, ...memberPins(trust)],
    intended,
  );
}

/** `assertion.x` is claim x; a mapped attribute is the claim it copies, if it only copies. */
function claimBehind(trust: GcpTrust, operand: string): string | undefined {
  const expression = operand.startsWith("assertion.") ? operand : trust.attributeMapping[operand];
  return /^assertion\.(\w+)$/.exec(expression ?? "")?.[1];
}

function memberPins(trust: GcpTrust): readonly Pin[] {
  const [, selector, value] = /\/(subject|attribute\.[^/]+)\/(.+)$/s.exec(trust.member) ?? [];
  if (selector === undefined || value === undefined) return [];
  const claim = claimBehind(trust, selector === "subject" ? "google.subject" : selector);
  return claim === undefined ? [] : [{ claim, values: [value] }];
}

/** The claims that place a token in one job. `job_workflow_ref` is not among them: others may call it. */
const jobClaims = ["environment", "ref"];

function excludesOthers(pins: readonly Pin[], intended: Intended): boolean {
  if (pins.some((pin) => pin.values.length > 0 && pin.values.every((v) => nobodyHas(pin, v)))) {
    return true;
  }
  const tokens = intendedTokens(intended).map(claimsOf);
  const pinned = (claim: string) =>
    pins.some(
      (pin) =>
        pin.claim === claim &&
        pin.values.length > 0 &&
        pin.values.every(
          (value) =>
            nobodyHas(pin, value) ||
            tokens.some(says(claim, value)) ||
            (claim === "sub" && namesOurJob(value, intended)),
        ),
    );
  const subject = pinned("sub");
  const immutableSubject =
    subject && tokens.every((claims) => parseGithubSubject(String(claims.get("sub")))?.ownerId);
  const repository = pinned("repository_id") || Boolean(immutableSubject);
  // A branch says nothing about the environment, so it places only jobs that have none.
  const job = subject || jobClaims.some((claim) => pinned(claim) && placesJob(claim, intended));
  return pinned("aud") && repository && job;
}

function placesJob(claim: string, intended: Intended): boolean {
  return claim === "environment" || intended.runs.every((run) => run.environment === undefined);
}

function says(claim: string, value: string): (claims: ReadonlyMap<string, Claim>) => boolean {
  return (claims) => claims.get(claim) === value;
}

/** Our ids under other names: nobody but ourselves, renamed, could ever hold it. */
function namesOurJob(subject: string, intended: Intended): boolean {
  const parts = parseGithubSubject(subject);
  return (
    parts !== undefined &&
    intended.runs.some(
      (run) =>
        run.ownerId === parts.ownerId &&
        run.repositoryId === parts.repositoryId &&
        isSameJob(run, parts.context),
    )
  );
}

/** A subject that GitHub cannot write: neither the default form nor a template's `claim:value`. */
function nobodyHas(pin: Pin, value: string): boolean {
  if (pin.claim !== "sub") return /[*?]/.test(value) && pin.claim.endsWith("_id");
  if (value.includes("*")) return true;
  return !/^[a-z_]+:.+/.test(value);
}
