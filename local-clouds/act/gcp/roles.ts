/**
 * Which permissions roles contain (IAM, "IAM basic and predefined roles reference"): the commonest roles, and
 * the permissions of the commonest services. Of others nobody can tell.
 */

import { readFileSync } from "node:fs";
import { type LiveWorld, textAt, textsAt } from "../../probe/token/live.ts";

/** Patterns with `*` at one end. */
interface Contents {
  readonly has?: readonly string[];
  /** Certainly not contained, though a pattern would have it so. */
  readonly not?: readonly string[];
  /** Services of which the role contains permissions that are not told; `*` for many. */
  readonly open?: readonly string[];
}

interface Table {
  /** Services of which all permissions of each role are told, by the first word of their permissions. */
  readonly families: readonly string[];
  readonly roles: Readonly<Record<string, Contents>>;
}

let known: Table | undefined;

/** The table, read once. */
function table(): Table {
  known ??= JSON.parse(
    readFileSync(new URL("predefined-roles.json", import.meta.url), "utf8"),
  ) as Table;
  return known;
}

/** Objects, and the settings of a bucket, are granted to basic roles by the bucket's own policy ("Cloud Storage, IAM roles, Basic roles"). */
const byBucket = /^storage\.(buckets|managedFolders|multipartUploads|objects)\./;
const basicRoles = /^roles\/(owner|editor|viewer)$/;

/** Permissions about tags are not told of any role. */
const aboutTags = /\.(create|delete)TagBinding$|\.list(EffectiveTags|TagBindings)$/;

const customTokens = [
  "gcp:projects/iAMCustomRole:IAMCustomRole",
  "gcp:organizations/iAMCustomRole:IAMCustomRole",
];

/** Whether a role contains a permission; `undefined` where nobody tells. */
export function contains(live: LiveWorld, role: string, permission: string): boolean | undefined {
  const predefined = table().roles[role];
  return predefined === undefined
    ? ofCustomRole(live, role, permission)
    : ofPredefinedRole(role, predefined, permission);
}

function ofCustomRole(live: LiveWorld, role: string, permission: string): boolean | undefined {
  const custom = live
    .of(...customTokens)
    .find(({ id, properties }) => id === role || textAt(properties, "name") === role);
  return custom === undefined
    ? undefined
    : textsAt(custom.properties, "permissions").includes(permission);
}

function ofPredefinedRole(
  role: string,
  { has = [], not = [], open = [] }: Contents,
  permission: string,
): boolean | undefined {
  const [family = ""] = permission.split(".");
  if (aboutTags.test(permission)) return undefined;
  if (!table().families.includes(family))
    return open.includes(family) || open.includes("*") ? undefined : false;
  const fits = (patterns: readonly string[]) => patterns.some((one) => matches(one, permission));
  if (fits(has) && !fits(not)) return true;
  return basicRoles.test(role) && byBucket.test(permission) ? undefined : false;
}

function matches(pattern: string, permission: string): boolean {
  if (pattern.endsWith(".*")) return permission.startsWith(pattern.slice(0, -1));
  return pattern.startsWith("*.") ? permission.endsWith(pattern.slice(1)) : pattern === permission;
}
