/** IAM policy documents inside planned resources, statement by statement. */
import type { Json, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";

/** Where AWS resources carry permission policies. */
const documentProperties: Readonly<Record<string, readonly string[]>> = {
  "aws:iam/policy:Policy": ["policy"],
  "aws:iam/rolePolicy:RolePolicy": ["policy"],
  "aws:iam/userPolicy:UserPolicy": ["policy"],
  "aws:iam/groupPolicy:GroupPolicy": ["policy"],
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": ["inlinePolicy"],
};

const roleType = "aws:iam/role:Role";

/** Types whose documents {@link permissionDocuments} finds. */
export const permissionTypes = [...Object.keys(documentProperties), roleType];

/** Every permission policy document of the resource. */
export function permissionDocuments(resource: PlannedResource): readonly View[] {
  if (resource.type === roleType) {
    return entriesOf(resource.inputs.at("inlinePolicies")).map((entry) => entry.at("policy"));
  }
  return (documentProperties[resource.type] ?? []).map((name) => resource.inputs.at(name));
}

/** A document's statements; IAM takes one statement for a list of one. */
export function statementsOf(document: View): readonly View[] {
  const list = document.document().at("Statement");
  try {
    return entriesOf(list);
  } catch (error) {
    // Not read as a whole: what one element waits for says nothing of the others.
    if (error instanceof Undecided && error.because === "unreadable") return [list];
    throw error;
  }
}

/** Texts of an element that IAM takes alone or as a list. */
export function textsOf(element: View): readonly string[] {
  const plain = element.plain();
  if (plain === undefined) return [];
  const list: readonly Json[] = Array.isArray(plain) ? plain : [plain];
  return list.map((item) => {
    if (typeof item !== "object" || item === null) return String(item);
    throw new Undecided(element.urn, element.path, "unreadable");
  });
}

/** `*` matches anything, and `?` one character, so that there are many ways of saying everything. */
const everyAction = /^[*?:]*\*[*?:]*$/;
const everyResource = /^(arn:(aws[\w-]*|\*)(:\*)+|[*?:]*\*[*?:]*)$/;

/** Whether the statement allows every action on every resource. */
export function allowsEverything(statement: View): boolean {
  if (statement.at("Effect").text() !== "Allow") return false;
  return (
    textsOf(statement.at("Action")).some((action) => everyAction.test(action)) &&
    textsOf(statement.at("Resource")).some((resource) => everyResource.test(resource))
  );
}

/** Whether the statement speaks of everybody, with or without credentials. */
export function speaksOfEverybody(statement: View): boolean {
  return namedBy(statement.at("Principal")).includes("*");
}

/** Whom a principal names in AWS: everybody as a bare text, which nobody else may be; others under `AWS`. */
export function namedBy(principal: View): readonly string[] {
  if (principal.state === "known" && !isText(principal)) return textsOf(principal.at("AWS"));
  const named = textsOf(principal);
  if (named.every((text) => text === "*")) return named;
  throw new Undecided(principal.urn, principal.path, "unreadable");
}

function isText(view: View): boolean {
  try {
    return view.text() !== undefined;
  } catch (error) {
    if (error instanceof Undecided && error.because === "unreadable") return false;
    throw error;
  }
}
