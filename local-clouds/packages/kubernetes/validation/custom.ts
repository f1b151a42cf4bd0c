/** What the API server says of an object of a custom kind. */

import type { JsonObject } from "../../../protocol/value.ts";
import type { ServiceError } from "../../../types/type.ts";
import { Faults } from "../api/faults.ts";
import { dnsSubdomain } from "../api/names.ts";
import { objectAt } from "../api/read.ts";
import { invalid, type Subject, unreadable } from "../api/refusals.ts";
import { celRules } from "../cel/index.ts";
import type { CustomKind } from "../definitions.ts";
import { decodingFault } from "../schema/decode.ts";
import { withDefaults } from "../schema/defaults.ts";
import { unknownFields } from "../schema/unknown-fields.ts";
import { checkValue } from "../schema/values.ts";
import { checkMetadata } from "./metadata.ts";

/** Said where the form is wrong, so that rules were not tried. */
const rulesNotTried =
  "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; " +
  "correct the existing errors to complete validation";

/** The refusal of an object; `before` is what an update finds. */
export function customRefusal(
  subject: Subject,
  kind: CustomKind,
  object: JsonObject,
  before: JsonObject | undefined,
): ServiceError | undefined {
  const metadata = decodingFault(objectAt(object, "metadata"), "meta.v1/ObjectMeta");
  if (metadata !== undefined) {
    return unreadable(subject, metadata.replaceAll('field "', 'field "metadata.'));
  }
  const unknown = unknownFields(object, kind.schema);
  if (unknown.length > 0) {
    const list = unknown.map((field) => `unknown field "${field}"`).join(", ");
    return unreadable(subject, `strict decoding error: ${list}`);
  }
  const complete = withDefaults(object, kind.schema) as JsonObject;
  const faults = new Faults();
  checkMetadata(faults, complete, dnsSubdomain, kind.namespaced);
  checkValue(faults, complete, kind.schema);
  if (!faults.blocking && hasRules(kind)) {
    celRules().checkRules(faults, complete, kind.schema, before);
  }
  const all = faults.blocking && hasRules(kind) ? [...faults.all, rulesNotTried] : faults.all;
  return all.length === 0 ? undefined : invalid(subject, all);
}

function hasRules(kind: CustomKind): boolean {
  return JSON.stringify(kind.schema).includes('"x-kubernetes-validations"');
}
