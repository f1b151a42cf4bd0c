/** What of objects in S3 a trail records, by its selectors of either kind. */
import type { View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";

export type Access = "read" | "write";

const objects = "AWS::S3::Object";
/** Basic selectors name all buckets of the account by a prefix of their ARNs. */
const everyBucket = /^arn:aws[a-z-]*:s3(:::?)?$/;

/** Whether the trail records that kind of access to objects. Throws `Undecided`. */
export function recordsObjects(trail: View, access: Access): boolean {
  return (
    entriesOf(trail.at("advancedEventSelectors")).some((one) => advanced(one, access)) ||
    entriesOf(trail.at("eventSelectors")).some((one) => basic(one, access))
  );
}

function advanced(selector: View, access: Access): boolean {
  const fields = entriesOf(selector.at("fieldSelectors"));
  const named = (name: string) => fields.filter((field) => field.at("field").text() === name);
  const equals = (field: View) => entriesOf(field.at("equals")).map((value) => value.text());
  if (!named("resources.type").some((field) => equals(field).includes(objects))) return false;
  const readOnly = String(access === "read");
  return named("readOnly").every((field) => equals(field).includes(readOnly));
}

function basic(selector: View, access: Access): boolean {
  const kind = selector.at("readWriteType").text() ?? "All";
  if (kind !== "All" && kind !== (access === "read" ? "ReadOnly" : "WriteOnly")) return false;
  return entriesOf(selector.at("dataResources")).some((resource) => {
    if (resource.at("type").text() !== objects) return false;
    const values = resource.at("values");
    if (values.state === "unknown") throw new Undecided(values.urn, values.path, "unknown");
    return entriesOf(values).some((value) => everyBucket.test(value.text() ?? ""));
  });
}
