/** Kinds of objects: the built-in ones as a real API server lists them, others by their definition. */

import { type Served, servedKinds } from "./schema/built-in.ts";

/** A kind of object. */
export interface Kind {
  /** As objects say it: `v1`, `apps/v1`. */
  readonly apiVersion: string;
  /** `""` for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** What the API server says of a built-in kind; others leave it to their definition. */
  readonly served: Served | undefined;
}

/** The kind of a token `kubernetes:GROUP/VERSION:KIND`; `undefined` for a built-in group's unknown kind. */
export function kindOf(token: string): Kind | undefined {
  const [, qualified = "", kind = ""] = token.split(":");
  const slash = qualified.lastIndexOf("/");
  const group = slash < 0 ? "core" : qualified.slice(0, slash);
  const version = qualified.slice(slash + 1);
  if (kind === "" || version === "") return undefined;
  const apiVersion = group === "core" ? version : `${group}/${version}`;
  const named = { apiVersion, group: group === "core" ? "" : group, version, kind };
  const served = servedKinds()[`${apiVersion}/${kind}`];
  if (served !== undefined) return { ...named, served };
  // Groups of one word ("apps", "yaml") are Kubernetes' own or the SDK's: no definition adds to them.
  if (isBuiltIn(group) || !group.includes(".") || group === "helm.sh") return undefined;
  return { ...named, served: undefined };
}

/** Whether a group is the API server's own: a kind in it that is not listed does not exist. */
function isBuiltIn(group: string): boolean {
  return Object.keys(servedKinds()).some((key) => key.startsWith(`${group}/`));
}

/** The lower-case plural that most definitions give a kind: `networkpolicies`. */
export function pluralOf(kind: string): string {
  const lower = kind.toLowerCase();
  if (/(?:s|x|ch|sh)$/.test(lower)) return `${lower}es`;
  return /[^aeiou]y$/.test(lower) ? `${lower.slice(0, -1)}ies` : `${lower}s`;
}

/** The plural with the group, as error messages name it: `deployments.apps`. */
export function qualifiedPlural(kind: Kind): string {
  const plural = kind.served?.plural ?? pluralOf(kind.kind);
  return kind.group === "" ? plural : `${plural}.${kind.group}`;
}
