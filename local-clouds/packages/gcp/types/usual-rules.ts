/** What Google's services refuse alike for many types: names and labels. */

import { isObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { InputFault, ServiceError, TypeEntry } from "../../../types/type.ts";

/** Names of Compute Engine (RFC 1035; Compute Engine, "Resource naming convention"). */
const computeName = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Labels of a resource, and the forms of their keys and values (Resource Manager, "Requirements for labels"). */
const labelsMax = 64;
const labelKey = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u;
const labelValue = /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u;

/** An entry with the rules that its service has for all its types. */
export function withUsualRules(entry: TypeEntry): TypeEntry {
  const named = isComputeNamed(entry);
  const labelled = entry.planned !== undefined && "effectiveLabels" in entry.planned;
  return {
    ...entry,
    ...(named ? { check: (r) => [...nameFaults(r), ...(entry.check?.(r) ?? [])] } : {}),
    ...(labelled ? { admit: (r) => refuseLabels(r) ?? entry.admit?.(r) } : {}),
  };
}

function isComputeNamed({ token, autoname }: TypeEntry): boolean {
  return token.startsWith("gcp:compute/") && autoname?.property === "name" && !/IAM/i.test(token);
}

function nameFaults(r: Resource): InputFault[] {
  const name = r.text("name", "");
  if (name === "" || computeName.test(name)) return [];
  const reason = `"name" ("${name}") doesn't match regexp "${computeName.source}"`;
  return [{ property: "name", reason }];
}

function refuseLabels(r: Resource): ServiceError | undefined {
  const labels = r.given("labels");
  if (!isObject(labels)) return undefined;
  const entries = Object.entries(labels);
  if (entries.length > labelsMax) {
    return invalid("labels", `The number of labels must not exceed ${labelsMax}`);
  }
  const bad = entries.find(
    ([key, value]) => !labelKey.test(key) || !labelValue.test(String(value)),
  );
  return bad === undefined
    ? undefined
    : invalid(
        "labels",
        `Label key '${bad[0]}' or its value violates format constraints. They can only contain lowercase letters, numeric characters, underscores and dashes; a key begins with a letter`,
      );
}

function invalid(field: string, says: string): ServiceError {
  return {
    code: "400",
    says: `Invalid value for field 'resource.${field}': ''. ${says}., invalid`,
  };
}
