/** What opens a bucket to everybody. Amazon S3 User Guide, "The meaning of public". */
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { bucketTypes, partsOf } from "./bucket-parts.ts";
import { strangersBecause } from "./resource-policies.ts";

/** Canned ACLs that name everybody, or everybody who has some AWS account. */
const publicAcls = ["public-read", "public-read-write", "authenticated-read"];

const publicGroup = /groups\/global\/(AllUsers|AuthenticatedUsers)$/;

/** Canned, as grants of a bucket or an object, or as a whole policy: what names somebody. */
export function aclParts(inputs: View): readonly View[] {
  return [
    inputs.at("acl"),
    ...entriesOf(inputs.at("grants")).map((grant) => grant.at("uri")),
    ...entriesOf(inputs.at("accessControlPolicy", "grants")).map((one) => one.at("grantee", "uri")),
  ];
}

/** Whether a part of an ACL names everybody. Throws `Undecided`. */
export function isForEverybody(part: View): boolean {
  const text = part.text() ?? "";
  return publicAcls.includes(text) || publicGroup.test(text);
}

/** Whether the resource, which belongs to a bucket or is one, opens it to everybody. */
export function opensToEverybody({ type, inputs }: PlannedResource): boolean {
  if (type === bucketTypes.website) return true;
  if (partsOf(inputs, "website", "websites").length > 0) return true;
  if (aclParts(inputs).some(isForEverybody)) return true;
  return strangersBecause(inputs.at("policy")) !== undefined;
}
