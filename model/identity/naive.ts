/**
 * A second evaluator, written apart from the first: regular expressions over the raw document, and
 * the whole list of principals a token becomes. Slow and short; a witness must convince both.
 */

import type { CelInput } from "@bufbuild/cel";
import { isCelError, isCelList, run } from "@bufbuild/cel";
import { workloadFunctions } from "./gcp/cel.ts";
import type { Token } from "./token.ts";
import type { AwsTrust, AzureTrust, GcpTrust, Trust } from "./trust.ts";

/** Whether the token gets in; false where this evaluator cannot tell. */
export function naivelyAdmits(trust: Trust, token: Token): boolean {
  switch (trust.cloud) {
    case "aws":
      return aws(trust, token);
    case "azure":
      return azure(trust, token);
    case "gcp":
      return gcp(trust, token);
  }
}

function azure(trust: AzureTrust, token: Token): boolean {
  const theirs = [trust.issuer, trust.subject].join("\n");
  return (
    theirs === [token.issuer, token.subject].join("\n") &&
    /^api:\/\/AzureADTokenExchange(USGov|China)?$/.test(token.audience) &&
    trust.audiences.some((audience) => audience === token.audience)
  );
}

/** The claims STS reads from a GitHub token. */
const readable =
  /^(aud|sub|amr|actor|actor_id|enterprise_id|environment|job_workflow_ref|ref|repository|repository_id|repository_owner_id|workflow)$/i;

function aws(trust: AwsTrust, token: Token): boolean {
  if (trust.clientIds !== undefined && !trust.clientIds.some((id) => id === token.audience)) {
    return false;
  }
  const text = JSON.stringify(trust.document);
  const { Statement } = JSON.parse(text) as { Statement: unknown };
  const statements = [Statement].flat() as Record<string, unknown>[];
  const applying = statements.filter((statement) => awsApplies(statement, token));
  return (
    applying.some((statement) => statement.Effect === "Allow") &&
    !applying.some((statement) => statement.Effect === "Deny")
  );
}

function awsApplies(statement: Record<string, unknown>, token: Token): boolean {
  const host = token.issuer.slice("https://".length);
  const principal = JSON.stringify(statement.Principal ?? "");
  const actions = JSON.stringify(statement.Action ?? "").toLowerCase();
  const conditions = (statement.Condition ?? {}) as Record<string, Record<string, unknown>>;
  return (
    (principal.includes(`oidc-provider/${host}"`) || principal.includes('"*"')) &&
    /"(sts:)?\*"|"sts:assumerolewithwebidentity"|"sts:a[a-z]*\*"/.test(actions) &&
    Object.entries(conditions).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) =>
        awsHolds(operator, key, ([values].flat() as unknown[]).map(String), host, token),
      ),
    )
  );
}

function awsHolds(
  operator: string,
  key: string,
  values: readonly string[],
  host: string,
  token: Token,
): boolean {
  const claims: Record<string, unknown> = {
    ...token.claims,
    aud: token.audience,
    sub: token.subject,
  };
  const name = key.toLowerCase().startsWith(`${host}:`) ? key.slice(host.length + 1) : "";
  const value = readable.test(name) ? claims[name.toLowerCase()] : undefined;
  if (/Null$/i.test(operator)) return values.includes(String(value === undefined));
  if (value === undefined) return /IfExists$|^ForAllValues|^StringNot/i.test(operator);
  const flags = /IgnoreCase/i.test(operator) ? "is" : "s";
  const hit = values.some((pattern) =>
    new RegExp(`^${toRegex(pattern, /Like/i.test(operator))}$`, flags).test(String(value)),
  );
  if (
    !/^(For(All|Any)Values?:)?String(Not)?(Equals|Like|EqualsIgnoreCase)(IfExists)?$/i.test(
      operator,
    )
  ) {
    return false;
  }
  return /Not/i.test(operator) ? !hit : hit;
}

function toRegex(pattern: string, like: boolean): string {
  const escaped = pattern.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return like ? escaped.replaceAll("\\*", ".*").replaceAll("\\?", ".") : escaped;
}

function gcp(trust: GcpTrust, token: Token): boolean {
  const own = `//iam.googleapis.com/${trust.pool}/providers/${trust.provider}`;
  const audiences =
    trust.allowedAudiences.length > 0 ? trust.allowedAudiences : [own, `https:${own}`];
  if (token.issuer !== trust.issuer || !audiences.includes(token.audience)) return false;
  const assertion = { ...token.claims, iss: token.issuer, aud: token.audience, sub: token.subject };
  const mapped = new Map<string, readonly string[]>();
  for (const [name, expression] of Object.entries(trust.attributeMapping)) {
    const value = celValue(expression, { assertion: toMap(assertion) });
    if (value === undefined) return false;
    mapped.set(name, [value].flat().map(String));
  }
  const group = (prefix: string) =>
    toMap(
      Object.fromEntries(
        [...mapped]
          .filter(([name]) => name.startsWith(prefix))
          .map(([name, values]) => [
            name.slice(prefix.length),
            name === "google.groups" ? values : values.join(""),
          ]),
      ),
    );
  const condition = trust.attributeCondition ?? "true";
  const bindings = {
    assertion: toMap(assertion),
    google: group("google."),
    attribute: group("attribute."),
  };
  return celValue(condition, bindings) === true && principals(trust, mapped).includes(trust.member);
}

/** Every name under which IAM knows the token's bearer. */
function principals(trust: GcpTrust, mapped: ReadonlyMap<string, readonly string[]>): string[] {
  const base = `iam.googleapis.com/${trust.pool}`;
  const all = [`principalSet://${base}/*`];
  for (const [name, values] of mapped) {
    for (const value of values) {
      if (name === "google.subject") all.push(`principal://${base}/subject/${value}`);
      else if (name === "google.groups") all.push(`principalSet://${base}/group/${value}`);
      else all.push(`principalSet://${base}/${name}/${value}`);
    }
  }
  return all;
}

function toMap(claims: Readonly<Record<string, string | readonly string[]>>): CelInput {
  return new Map<string, CelInput>(
    Object.entries(claims).map(([k, v]) => [k, typeof v === "string" ? v : [...v]]),
  );
}

function celValue(expression: string, bindings: Record<string, CelInput>): unknown {
  const value = run(expression, bindings, { funcs: workloadFunctions });
  if (isCelError(value)) return undefined;
  return isCelList(value) ? [...value] : value;
}
