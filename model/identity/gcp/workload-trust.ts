/**
 * Google's workload identity federation: audience, then mapping, then condition, then whether the
 * member of a binding is the mapped principal (Google Cloud, "Workload identity federation").
 */
import type { Admission } from "../admission.ts";
import { admitted, everyAdmission, refused, undecided } from "../admission.ts";
import type { Claim, Token } from "../token.ts";
import { claimsOf } from "../token.ts";
import type { GcpTrust } from "../trust.ts";
import { evaluateCel, toBinding } from "./cel.ts";

/** `google.subject` may have at most this many bytes. */
export const subjectBytesMax = 127;

/** Whether a token may act as the member that the trust names. */
export function admitToGcp(trust: GcpTrust, token: Token): Admission {
  if (trust.issuer !== token.issuer) return refused(`issuer is not ${trust.issuer}`);
  if (!audiencesOf(trust).includes(token.audience)) {
    return refused(`audience is not one of ${audiencesOf(trust).join(", ")}`);
  }
  const assertion = toBinding(claimsOf(token));
  // The usual condition reads the assertion alone; asked first, it saves the mapping.
  const early = /\b(google|attribute)\./.test(trust.attributeCondition ?? "")
    ? undefined
    : meetsCondition(trust, assertion, new Map());
  if (early?.outcome === "refused") return early;
  const mapped = mapAttributes(trust, assertion);
  if ("outcome" in mapped) return mapped;
  return everyAdmission([
    early ?? meetsCondition(trust, assertion, mapped),
    isMember(trust, mapped),
  ]);
}

type Assertion = ReturnType<typeof toBinding>;

/** Without a list the provider's full resource name is the audience, with or without `https:`. */
export function audiencesOf(trust: GcpTrust): readonly string[] {
  if (trust.allowedAudiences.length > 0) return trust.allowedAudiences;
  const name = `//iam.googleapis.com/${trust.pool}/providers/${trust.provider}`;
  return [name, `https:${name}`];
}

/** Mapped attributes by full name: `google.subject`, `google.groups`, `attribute.x`. */
type Attributes = ReadonlyMap<string, Claim>;

function mapAttributes(trust: GcpTrust, assertion: Assertion): Attributes | Admission {
  const attributes = new Map<string, Claim>();
  for (const [name, expression] of Object.entries(trust.attributeMapping)) {
    const answer = evaluateCel(expression, { assertion });
    const at = `attribute mapping ${name}=${expression}`;
    if (answer.kind === "failed") return refused(`${at}: ${answer.because}`);
    if (answer.kind === "unknown") return undecided(`${at}: ${answer.because}`);
    if (typeof answer.value === "boolean") return undecided(`${at}: gives a boolean`);
    attributes.set(name, answer.value);
  }
  const subject = attributes.get("google.subject");
  if (typeof subject !== "string" || subject === "") return refused("google.subject is empty");
  if (Buffer.byteLength(subject) > subjectBytesMax) {
    return refused(`google.subject is longer than ${subjectBytesMax} bytes`);
  }
  return attributes;
}

function meetsCondition(trust: GcpTrust, assertion: Assertion, mapped: Attributes): Admission {
  const condition = trust.attributeCondition;
  if (condition === undefined || condition === "") return admitted("no attribute condition");
  const answer = evaluateCel(condition, {
    assertion,
    google: withPrefix(mapped, "google."),
    attribute: withPrefix(mapped, "attribute."),
  });
  const at = `attribute condition ${condition}`;
  if (answer.kind === "failed") return refused(`${at}: ${answer.because}`);
  if (answer.kind === "unknown") return undecided(`${at}: ${answer.because}`);
  if (typeof answer.value !== "boolean") return undecided(`${at}: is not a boolean`);
  return answer.value ? admitted(at) : refused(`${at} is false`);
}

function withPrefix(attributes: Attributes, prefix: string): Assertion {
  return toBinding(
    [...attributes]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}

const memberForm =
  /^principal(?:Set)?:\/\/iam\.googleapis\.com\/(.+?)\/(\*|subject\/.+|group\/.+|attribute\.[^/]+\/.+)$/s;

function isMember(trust: GcpTrust, mapped: Attributes): Admission {
  const [, pool, what] = memberForm.exec(trust.member) ?? [];
  if (pool === undefined || what === undefined) {
    return undecided(`member ${trust.member} is not a federated principal`);
  }
  if (pool !== trust.pool) return refused(`member ${trust.member} is of another pool`);
  if (what === "*") return admitted(`member ${trust.member} is the whole pool`);
  const slash = what.indexOf("/");
  const value = mapped.get(attributeOf(what.slice(0, slash)));
  const wanted = what.slice(slash + 1);
  const holdsIt = typeof value === "string" ? value === wanted : (value ?? []).includes(wanted);
  return holdsIt ? admitted(`member ${trust.member}`) : refused(`not member ${trust.member}`);
}

function attributeOf(selector: string): string {
  if (selector === "subject") return "google.subject";
  return selector === "group" ? "google.groups" : selector;
}
