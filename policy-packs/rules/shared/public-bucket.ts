/** What opens a bucket to everybody. Amazon S3 User Guide, "The meaning of public". */
import type { PlannedResource } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { bucketTypes, partsOf } from "./bucket-parts.ts";
import { strangersBecause } from "./resource-policies.ts";

/** Canned ACLs that name everybody, or everybody who has some AWS account. */
export const publicAcls = ["public-read", "public-read-write", "authenticated-read"];

const publicGroup = /groups\/global\/(AllUsers|AuthenticatedUsers)$/;

/** Whether the resource, which belongs to a bucket or is one, opens it to everybody. */
export function opensToEverybody({ type, inputs }: PlannedResource): boolean {
  if (type === bucketTypes.website) return true;
  if (partsOf(inputs, "website", "websites").length > 0) return true;
  if (publicAcls.includes(inputs.at("acl").text() ?? "")) return true;
  const grants = [
    ...entriesOf(inputs.at("grants")).map((grant) => grant.at("uri")),
    ...entriesOf(inputs.at("accessControlPolicy", "grants")).map((one) => one.at("grantee", "uri")),
  ];
  if (grants.some((uri) => publicGroup.test(uri.text() ?? ""))) return true;
  return strangersBecause(inputs.at("policy")) !== undefined;
}
