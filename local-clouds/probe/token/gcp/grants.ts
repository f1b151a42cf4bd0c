/** Allow policies: who is granted which role on what (IAM, "Allow policies"). */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import { isObject, type Live, type LiveWorld, objectsAt, textAt, textsAt } from "../live.ts";
import { evaluateCel } from "./cel/evaluate.ts";
import { Timestamp } from "./cel/result.ts";
import type { GcpPrincipal } from "./principal.ts";

/** A role for some members on one resource. */
export interface Grant {
  readonly role: string;
  readonly members: readonly string[];
  /** What kind of resource it is on: `projects`, `serviceaccount`, `folder`, `organizations`, … */
  readonly kind: string;
  /** The resource as the grant names it. */
  readonly on: string;
  /** CEL, `""` without condition. */
  readonly condition: string;
  readonly project: string;
}

/** Properties by which grants name what they are on, in order of use. */
const onProperties = [
  "serviceAccountId",
  "cryptoKeyId",
  "keyRingId",
  "bucket",
  "tagKey",
  "tagValue",
  "secretId",
  "topic",
  "subscription",
  "repository",
  "service",
  "name",
  "instance",
  "datasetId",
  "folder",
  "orgId",
  "project",
];

/** Every grant of the world. */
export function grantsOf(live: LiveWorld): readonly Grant[] {
  return live
    .like(/^gcp:.*I[aA][mM](Member|Binding|Policy)$/)
    .flatMap((one) => (one.token.endsWith("Policy") ? ofPolicy(one) : [ofMembers(one)]));
}

function ofMembers(one: Live): Grant {
  const { properties } = one;
  return {
    ...placeOf(one),
    role: textAt(properties, "role"),
    members: [...textsAt(properties, "members"), ...textsAt(properties, "member")],
    condition: textAt(objectsAt(properties, "condition")[0], "expression"),
  };
}

function ofPolicy(one: Live): readonly Grant[] {
  return objectsAt(documentOf(textAt(one.properties, "policyData")), "bindings").map((binding) => ({
    ...placeOf(one),
    role: textAt(binding, "role"),
    members: textsAt(binding, "members"),
    condition: textAt(binding, "condition.expression"),
  }));
}

function documentOf(text: string): JsonObject {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function placeOf({ token, account, properties }: Live): Pick<Grant, "kind" | "on" | "project"> {
  const kind = /^gcp:([^/]+)\//.exec(token)?.[1] ?? "";
  const property = onProperties.find((name) => textAt(properties, name) !== "");
  return {
    kind,
    on: property === undefined ? "" : textAt(properties, property),
    project: textAt(properties, "project") || account,
  };
}

/** Whether a grant is for a principal. */
export function isFor({ members }: Grant, principal: GcpPrincipal): boolean {
  return members.some(
    (member) =>
      principal.names.has(member) || member === "allUsers" || member === "allAuthenticatedUsers",
  );
}

/** Whether a grant's condition holds now; `undefined` where that cannot be told. */
export function conditionHolds({ condition }: Grant, nowSeconds: number): boolean | undefined {
  if (condition === "") return true;
  const result = evaluateCel(condition, {
    request: { time: new Timestamp(nowSeconds * 1000) } as never,
  });
  // A binding whose condition fails to evaluate grants nothing (IAM, "Overview of IAM Conditions").
  if (result.kind === "value") return result.value === true;
  return result.kind === "error" ? false : undefined;
}

/** What a principal holds directly, one line each; grants that nobody in particular has are left out. */
export function holdingsOf(
  live: LiveWorld,
  principal: GcpPrincipal,
  nowSeconds: number,
): readonly string[] {
  return grantsOf(live)
    .filter(({ members }) => members.some((member) => principal.names.has(member)))
    .filter((grant) => conditionHolds(grant, nowSeconds) !== false)
    .map(({ role, kind, on, condition }) =>
      condition === "" ? `${role} on ${kind} ${on}` : `${role} on ${kind} ${on} if ${condition}`,
    );
}
