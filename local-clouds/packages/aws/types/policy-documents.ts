/**
 * Policy documents as the services judge them when they are stored (IAM JSON policy grammar).
 * Whether a policy lets anything through is not told here.
 */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { InputFault, ServiceError } from "../../../types/type.ts";
import { isJsonObject } from "./common.ts";

/** What a document is attached to: it decides which elements must and must not be there. */
export type DocumentKind = "identity" | "trust" | "resource";

/** A statement with its lists always as lists. */
export interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Principals by kind (`AWS`, `Service`, `Federated`); `*` alone is `AWS: ["*"]`. */
  readonly principals: Readonly<Record<string, readonly string[]>>;
  readonly raw: JsonObject;
}

const versions = ["2012-10-17", "2008-10-17"];

/**
 * Issuers that serve all their customers under one URL, and the claims of which a trust must name
 * at least one (IAM user guide, "Identity-provider controls for shared OIDC providers").
 */
const sharedIssuers: Readonly<Record<string, readonly string[]>> = {
  "token.actions.githubusercontent.com": ["sub", "job_workflow_ref"],
  "gitlab.com": ["sub"],
  "app.terraform.io": ["sub"],
};

/** A document as text, whether the program gave text or an object. */
export function documentText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** {@link documentText} as entries normalise a property by it. */
export function asDocument(_r: Resource, given: Json): Json {
  return documentText(given);
}

/** The fault of a property that holds no JSON object, as the provider words it. */
export function documentFault(r: Resource, property: string): InputFault[] {
  const value = r.given(property);
  if (value === undefined || parsed(documentText(value)) !== undefined) return [];
  return [{ property, reason: `"${property}" contains an invalid JSON policy: not a JSON object` }];
}

/** The statements of a document that is well formed so far; none of one that is not JSON. */
export function statementsOf(text: string): readonly Statement[] {
  const statements = parsed(text)?.["Statement"];
  const list = Array.isArray(statements) ? statements : [statements];
  return list.filter(isJsonObject).map((raw) => ({
    effect: String(raw["Effect"]),
    actions: listed(raw["Action"]),
    resources: listed(raw["Resource"]),
    principals: principalsOf(raw["Principal"]),
    raw,
  }));
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value as Json) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

function listed(value: Json | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

function principalsOf(value: Json | undefined): Readonly<Record<string, readonly string[]>> {
  if (value === "*") return { AWS: ["*"] };
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([kind, names]) => [kind, listed(names)]));
}

/**
 * Whether a document lets a service (`lambda.`, whatever domain follows) do something, in lower
 * case; conditions and denials are not looked into.
 */
export function letsIn(text: string, service: string, action: string): boolean {
  return statementsOf(text).some(
    ({ effect, actions, principals }) =>
      effect === "Allow" &&
      (principals["Service"] ?? []).some((one) => one.startsWith(service)) &&
      actions.some((one) => action.startsWith(one.toLowerCase().replace(/\*$/, ""))),
  );
}

/** What is wrong with a document, in the service's words; `undefined` where nothing is. */
export function documentProblem(text: string, kind: DocumentKind): string | undefined {
  const document = parsed(text);
  if (document === undefined) return "This policy contains invalid Json";
  const version = document["Version"];
  if (version !== undefined && !versions.includes(String(version)))
    return "Syntax errors in policy.";
  const statements = statementsOf(text);
  if (statements.length === 0) return "Syntax errors in policy.";
  for (const statement of statements) {
    const problem = statementProblem(statement, kind);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function statementProblem(
  { effect, actions, raw }: Statement,
  kind: DocumentKind,
): string | undefined {
  if (effect !== "Allow" && effect !== "Deny") return "Syntax errors in policy.";
  if (actions.length === 0 && raw["NotAction"] === undefined)
    return "Policy statement must contain actions.";
  const principal = "Principal" in raw || "NotPrincipal" in raw;
  const resource = "Resource" in raw || "NotResource" in raw;
  if (kind === "identity") {
    if (principal) return "Policy document should not specify a principal.";
    return resource ? undefined : "Policy statement must contain resources.";
  }
  if (!principal) return "Missing required field Principal";
  if (kind === "resource") return resource ? undefined : "Missing required field Resource";
  return trustProblem(actions, raw);
}

function trustProblem(actions: readonly string[], raw: JsonObject): string | undefined {
  if ("Resource" in raw) return "Has prohibited field Resource";
  if ("NotPrincipal" in raw) return "Has prohibited field NotPrincipal";
  return actions.every((action) => /^sts:/i.test(action))
    ? undefined
    : "AssumeRole policy may only specify STS AssumeRole actions.";
}

/** A trust document's problem: its form, the claims of shared issuers, principals that do not exist. */
export function trustRefusal(r: Resource, text: string): ServiceError | undefined {
  const problem =
    documentProblem(text, "trust") ?? issuerProblem(text) ?? principalProblem(r, text);
  return problem === undefined ? undefined : { code: "MalformedPolicyDocument", says: problem };
}

function issuerProblem(text: string): string | undefined {
  for (const { effect, principals, raw } of statementsOf(text)) {
    if (effect !== "Allow") continue;
    for (const provider of principals["Federated"] ?? []) {
      const issuer = provider.split(":oidc-provider/")[1] ?? "";
      const claims = sharedIssuers[issuer];
      if (claims !== undefined && !namesClaim(raw["Condition"], issuer, claims)) {
        return `Trust in the shared identity provider ${issuer} must have a condition on one of ${claims.map((claim) => `${issuer}:${claim}`).join(", ")} with a value that is not a wildcard alone`;
      }
    }
  }
  return undefined;
}

function namesClaim(
  condition: Json | undefined,
  issuer: string,
  claims: readonly string[],
): boolean {
  if (!isJsonObject(condition)) return false;
  return Object.values(condition).some(
    (test) =>
      isJsonObject(test) &&
      Object.entries(test).some(
        ([key, values]) =>
          claims.some((claim) => key.toLowerCase() === `${issuer}:${claim}`) &&
          listed(values).every((value) => /[^*?]/.test(value)),
      ),
  );
}

/** Principals of the own account are turned into their unique ids when a document is stored. */
function principalProblem(r: Resource, text: string): string | undefined {
  for (const { principals } of statementsOf(text)) {
    for (const principal of principals["AWS"] ?? []) {
      const match = /^arn:[\w-]+:iam::(\d+):(role|user)\//.exec(principal);
      if (match?.[1] !== r.account) continue;
      const token = match[2] === "role" ? "aws:iam/role:Role" : "aws:iam/user:User";
      if (!r.all(token).some(({ properties }) => properties["arn"] === principal)) {
        return `Invalid principal in policy: "AWS":"${principal}"`;
      }
    }
  }
  return undefined;
}
