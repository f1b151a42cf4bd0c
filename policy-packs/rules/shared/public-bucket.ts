/** What opens a bucket to everybody. Amazon S3 User Guide, "The meaning of public". */
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { bucketTypes, partsOf } from "./bucket-parts.ts";
import { speaksOfEverybody, statementsOf, textsOf } from "./policy-document.ts";

/** Canned ACLs that name everybody, or everybody who has some AWS account. */
export const publicAcls = ["public-read", "public-read-write", "authenticated-read"];

const publicGroup = /groups\/global\/(AllUsers|AuthenticatedUsers)$/;

/** Condition keys with fixed values of which S3 says that a policy is not public. */
const narrowingKeys = [
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principalarn",
  "aws:principalaccount",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceorgid",
  "aws:sourceip",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
];

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
  return statementsOf(inputs.at("policy")).some(letsEverybodyIn);
}

function letsEverybodyIn(statement: View): boolean {
  if (statement.at("Effect").text() !== "Allow" || !speaksOfEverybody(statement)) return false;
  const condition = statement.at("Condition");
  const narrows = (operator: string) =>
    !/Not|Null/i.test(operator) &&
    condition
      .at(operator)
      .keys()
      .some(
        (key) =>
          narrowingKeys.includes(key.toLowerCase()) &&
          !textsOf(condition.at(operator, key)).some(isAnything),
      );
  return !condition.keys().some(narrows);
}

function isAnything(value: string): boolean {
  return /^\*+$|\/0$/.test(value);
}
