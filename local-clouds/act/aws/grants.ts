/**
 * Grants of KMS keys (AWS KMS developer guide, "Grants in AWS KMS", "Using grant constraints"): they let their grantee use the key as the
 * key's policy would.
 */

import { type LiveWorld, objectAt, objectsAt, textAt, textsAt } from "../../probe/token/live.ts";
import { because, type Check, no, type Reason } from "../../probe/token/verdict.ts";
import type { JsonObject } from "../../protocol/value.ts";
import type { AwsActor } from "./actor.ts";
import type { AwsResource } from "./resource.ts";

const source = "AWS KMS developer guide, Grants in AWS KMS";
const grantToken = "aws:kms/grant:Grant";

/** What a key's grants say of an operation by an actor; `undefined` where there are none for the actor. */
export function grantsAllow(
  live: LiveWorld,
  actor: AwsActor,
  { live: key, arn }: AwsResource,
  action: string,
  given: JsonObject,
): Check | undefined {
  if (key?.token !== "aws:kms/key:Key") return undefined;
  const names = [key.id, arn, textAt(key.properties, "keyId")];
  const own = live
    .of(grantToken)
    .filter(({ properties }) => names.includes(textAt(properties, "keyId")))
    .filter(({ properties }) => textAt(properties, "granteePrincipal") === actor.arn);
  if (own.length === 0) return undefined;
  const operation = action.replace(/^kms:/, "");
  const reason: Reason = {
    stage: "grants of the key",
    rule: operation,
    got: own.map(({ properties }) => textsAt(properties, "operations").join(", ")).join("; "),
    wanted: `a grant with ${operation} whose constraints fit`,
    source,
  };
  const won = own.find(
    ({ properties }) =>
      textsAt(properties, "operations").includes(operation) && constraintsFit(properties, given),
  );
  return won === undefined
    ? no(reason)
    : because({ ...reason, rule: textAt(won.properties, "name") || won.id });
}

/** The encryption context must be the one that the grant names, or have all of it. */
function constraintsFit(grant: JsonObject, given: JsonObject): boolean {
  const got = objectAt(given, "encryptionContext");
  return objectsAt(grant, "constraints").every((one) => {
    const equals = objectAt(one, "encryptionContextEquals");
    const subset = objectAt(one, "encryptionContextSubset");
    const has = (wanted: JsonObject) =>
      Object.entries(wanted).every(([key, value]) => got[key] === value);
    return equals === undefined || Object.keys(equals).length === 0
      ? has(subset ?? {})
      : has(equals) && Object.keys(got).length === Object.keys(equals).length;
  });
}
