/** What Azure Resource Manager does alike for every type: ids, names, locations, parents. */

import type { JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { Computed, Reference, ServiceError, TypeEntry } from "../../../types/type.ts";
import { autonameOf, type NameRule, nameFaults, refuseName } from "./names.ts";
import { isRegion, regionName } from "./regions.ts";
import { identityOutputs, identityReference, shownIdentity } from "./resource-identity.ts";

/** What a resource lies in: a resource group, or whatever the input `scope` names. */
export type Place = "group" | "subscription" | "tenant" | { readonly scope: string };

/** A parent that an input names, or one that the service makes itself and that is always called the same. */
export type Parent =
  | { readonly input: string; readonly token: string }
  | { readonly fixed: string };

/** One type: its place in the tree, then what is special about it, as in any entry. */
export interface ArmShape extends Omit<Partial<TypeEntry>, "token" | "id" | "autoname"> {
  /** How it is named, or the one name that no input gives. */
  readonly name: NameRule | { readonly fixed: string };
  readonly place?: Place;
  /** Parents inside the place, outermost first. */
  readonly parents?: readonly Parent[];
  /**
   * Where it lies. `own`: in a region, and a change replaces it; `fixed`: likewise, but the provider
   * tries to change it in place and the service refuses; `global`: nowhere.
   */
  readonly location?: "own" | "fixed" | "global";
  /** It can act as somebody: `identity` is completed. */
  readonly acts?: boolean;
  /** The package shows no `type` for it. */
  readonly untyped?: boolean;
  /** Inputs of the path that come back in the outputs. */
  readonly shows?: readonly string[];
}

/** What the types of one resource provider share. */
export interface ArmArea {
  /** Module of the package, e.g. `network`. */
  readonly module: string;
  /** The module in version 2 of the package, where it had another name: programs and states still say it. */
  readonly former?: string;
  /** Resource provider, e.g. `Microsoft.Network`. */
  readonly provider: string;
  /** API version that the installed package speaks; goes into the outputs. */
  readonly apiVersion?: string;
  /** Outputs of all types. */
  readonly outputs?: Readonly<Record<string, Computed>>;
}

/** An entry that also tells ids from names alone, as the provider's functions get them. */
export interface ArmEntry extends TypeEntry {
  /** Provider and kinds, e.g. `Microsoft.Network/virtualNetworks/subnets`. */
  readonly armType: string;
  readonly idFrom: IdFrom;
}

/** Whether an entry is one of this area's making. */
export function isArm(entry: TypeEntry): entry is ArmEntry {
  return "idFrom" in entry;
}

/** The id in an account of what the inputs of the path name. */
export type IdFrom = (account: string, text: (input: string) => string) => string;

interface Path {
  /** Provider and kinds, e.g. `Microsoft.Network/virtualNetworks/subnets`. */
  readonly type: string;
  readonly place: Place;
  readonly parents: readonly Parent[];
  readonly last: { readonly input: string } | { readonly fixed: string };
}

/** The resource group's token. */
export const groupToken = "azure-native:resources:ResourceGroup";

/** Tokens by ARM type in lower case; filled as the entries are made. */
const tokensByType = new Map<string, string[]>();

/** The tokens of an ARM type, e.g. `Microsoft.Network/virtualNetworks/subnets`. */
export function tokensOf(armType: string): readonly string[] {
  return tokensByType.get(armType.toLowerCase()) ?? [];
}

/** Makes entries of one resource provider. `kinds` is the type path after it: `virtualNetworks/subnets`. */
export function armArea(area: ArmArea) {
  return (name: string, kinds: string, shape: ArmShape): ArmEntry => {
    const path: Path = {
      type: `${area.provider}/${kinds}`,
      place: shape.place ?? "group",
      parents: shape.parents ?? [],
      last: shape.name,
    };
    const token = `azure-native:${area.module}:${name}`;
    tokensByType.set(path.type.toLowerCase(), [...tokensOf(path.type), token]);
    return entryOf(token, path, area, shape);
  };
}

function entryOf(token: string, path: Path, area: ArmArea, shape: ArmShape): ArmEntry {
  const {
    name,
    place: _place,
    parents: _parents,
    location,
    acts,
    shows,
    untyped,
    ...entry
  } = shape;
  const inputs = pathInputs(path);
  const rule = "input" in name ? name : undefined;
  const named = rule === undefined ? [] : [rule.input];
  const autoname =
    rule === undefined ? undefined : autonameOf(rule, path.type.split("/").length - 1);
  const former = area.former === undefined ? [] : [token.replace(area.module, area.former)];
  return {
    token,
    ...entry,
    ...(former.length === 0 ? {} : { aliases: former }),
    armType: path.type,
    idFrom: (account, text) => idOf(path, account, text),
    ...(autoname === undefined ? {} : { autoname }),
    defaults: {
      ...(location === undefined
        ? {}
        : { location: location === "global" ? "global" : locationOf }),
      ...(rule?.only === undefined ? {} : { [rule.input]: rule.only }),
      ...entry.defaults,
    },
    forceNew: [
      ...inputs,
      ...named,
      ...(location === "own" || location === "global" ? ["location"] : []),
      ...(entry.forceNew ?? []),
    ],
    hidden: [
      ...[...inputs, ...named].filter((input) => shows?.includes(input) !== true),
      ...(entry.hidden ?? []),
    ],
    check: (r) => [...nameFaults(rule, r), ...(entry.check?.(r) ?? [])],
    id: (r) => idOf(path, r.account, (input) => r.text(input)),
    planned: {
      name: (r) => lastOf(path, (input) => r.text(input)),
      ...(untyped === true ? {} : { type: path.type }),
      ...entry.planned,
    },
    outputs: {
      ...(area.apiVersion === undefined ? {} : { azureApiVersion: area.apiVersion }),
      ...area.outputs,
      ...(acts === true ? identityOutputs : {}),
      ...entry.outputs,
    },
    normalised: {
      ...(location === undefined ? {} : { location: (_r, given) => regionName(String(given)) }),
      ...(acts === true ? { identity: shownIdentity } : {}),
      ...entry.normalised,
    },
    references: [
      ...(path.place === "group" ? [toGroup] : []),
      ...path.parents.flatMap((one, i) => ("input" in one ? [toParent(path, one, i)] : [])),
      ...(acts === true ? [identityReference] : []),
      ...(entry.references ?? []),
    ],
    admit: (r) =>
      refuseName(rule, r) ??
      (location === undefined ? undefined : refuseLocation(path, location, r)) ??
      entry.admit?.(r),
  };
}

/** The inputs that say where a resource lies, outermost first. */
function pathInputs(path: Path): string[] {
  const { place } = path;
  return [
    ...(place === "group" ? ["resourceGroupName"] : []),
    ...(typeof place === "object" ? [place.scope] : []),
    ...path.parents.flatMap((one) => ("input" in one ? [one.input] : [])),
  ];
}

function idOf(path: Path, account: string, text: (input: string) => string): string {
  return `${placeOf(path.place, account, text)}/providers/${kindsOf(path, text)}`;
}

function placeOf(place: Place, account: string, text: (input: string) => string): string {
  if (place === "tenant") return "";
  if (place === "subscription") return `/subscriptions/${account}`;
  if (place === "group") return groupId(account, text("resourceGroupName"));
  return `/${text(place.scope).replaceAll(/^\/|\/$/g, "")}`.replace(/^\/$/, "");
}

/** The id of a resource group. */
export function groupId(account: string, group: string): string {
  return `/subscriptions/${account}/resourceGroups/${group}`;
}

/** `Microsoft.Network/virtualNetworks/NAME/subnets/NAME`, down to the `depth`-th kind. */
function kindsOf(path: Path, text: (input: string) => string, depth?: number): string {
  const [provider, ...kinds] = path.type.split("/");
  const names = path.parents.map((one) => ("input" in one ? text(one.input) : one.fixed));
  const shown = kinds.slice(0, depth);
  return [provider, ...shown.flatMap((kind, i) => [kind, names[i] ?? lastOf(path, text)])].join(
    "/",
  );
}

function lastOf({ last }: Path, text: (input: string) => string): string {
  return "input" in last ? text(last.input) : last.fixed;
}

/**
 * The provider fills in a location: the one there was, else its own, else the group's (provider
 * source: `getDefaultLocation`).
 */
function locationOf(r: Resource): string | undefined {
  const before = r.before?.["location"];
  if (typeof before === "string") return before;
  if (r.scope.region !== "") return r.scope.region;
  const group = r.given("resourceGroupName");
  if (typeof group !== "string") return undefined;
  const location = r.find(groupToken, groupId(r.account, group))?.properties["location"];
  return typeof location === "string" ? location : undefined;
}

function refuseLocation(path: Path, kind: string, r: Resource): ServiceError | undefined {
  const location = r.given("location");
  if (typeof location !== "string") {
    return {
      code: "LocationRequired",
      says: "The location property is required for this definition.",
    };
  }
  if (!isRegion(location)) return unknownLocation(path.type, location);
  const before = r.before?.["location"];
  if (
    kind !== "fixed" ||
    typeof before !== "string" ||
    regionName(before) === regionName(location)
  ) {
    return undefined;
  }
  const name = lastOf(path, (input) => r.text(input));
  return {
    code: "InvalidResourceLocation",
    says: `The resource '${name}' already exists in location '${before}' in resource group '${r.text("resourceGroupName")}'. A resource with the same name cannot be created in location '${location}'. Please select a new resource name.`,
  };
}

/** Azure's answer to a location that is none. */
export function unknownLocation(type: string, location: string): ServiceError {
  return {
    code: "LocationNotAvailableForResourceType",
    says: `The provided location '${location}' is not available for resource type '${type}'.`,
  };
}

const toGroup: Reference = {
  at: "resourceGroupName",
  to: groupToken,
  key: (r, value) => groupId(r.account, value),
  cascades: true,
  missing: {
    code: "ResourceGroupNotFound",
    says: "Resource group '{value}' could not be found.",
  },
};

function toParent(path: Path, parent: { input: string; token: string }, index: number): Reference {
  return {
    at: parent.input,
    to: parent.token,
    key: (r) => {
      const text = (input: string) => r.text(input);
      return `${placeOf(path.place, r.account, text)}/providers/${kindsOf(path, text, index + 1)}`;
    },
    cascades: true,
    missing: {
      code: "ParentResourceNotFound",
      says: `Failed to perform 'write' on resource(s) of type '${kindsAfterProvider(path)}', because the parent resource '{value}' could not be found.`,
    },
  };
}

function kindsAfterProvider(path: Path): string {
  return path.type.slice(path.type.indexOf("/") + 1);
}

/** The outputs of a nested object: it is made where it is missing, then each key is filled in. */
export function nested(
  at: string,
  values: Readonly<Record<string, Computed>>,
): Readonly<Record<string, Computed>> {
  const filled = Object.entries(values).map(([key, value]) => [`${at}.${key}`, value] as const);
  return { [at]: (): JsonObject => ({}), ...Object.fromEntries(filled) };
}
