/** What Azure Resource Manager does alike for every type. */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type {
  Autoname,
  Computed,
  Reference,
  ServiceError,
  TypeEntry,
} from "../../../types/type.ts";

/** How a type hangs in the tree of Azure Resource Manager. */
export interface ArmShape {
  /** Resource provider and type path, e.g. `Microsoft.Network/virtualNetworks/subnets`. */
  readonly armType: string;
  /** API version that the installed package speaks for this type; goes into the outputs. */
  readonly apiVersion: string;
  /** The input that names the resource, e.g. `virtualNetworkName`. */
  readonly nameInput: string;
  /** Longest name the service takes, in characters (ARM resource name rules). */
  readonly charactersMax?: number;
  /** The parents inside the resource group, outermost first. */
  readonly parents?: readonly Parent[];
  /** The one name that the service takes, where it takes only one. */
  readonly onlyName?: string;
  /** Whether the resource has a location of its own. */
  readonly located?: boolean;
  /** Whether the service takes only lower-case letters and digits. */
  readonly plainName?: boolean;
  readonly entry: Omit<Partial<TypeEntry>, "token" | "id">;
}

/** A parent that an input names, or one that the service makes itself and that is always called the same. */
export type Parent =
  | { readonly input: string; readonly token: string }
  | { readonly fixed: string };

/** A type that lies in a resource group. */
export function inGroup(token: string, shape: ArmShape): TypeEntry {
  const { entry } = shape;
  const parents = shape.parents ?? [];
  const inputs = [
    "resourceGroupName",
    ...parents.flatMap((one) => ("input" in one ? [one.input] : [])),
  ];
  return {
    token,
    ...entry,
    ...(shape.onlyName === undefined ? { autoname: autonameOf(shape) } : {}),
    defaults: {
      ...(shape.located === true ? { location: (r) => r.region } : {}),
      ...(shape.onlyName === undefined ? {} : { [shape.nameInput]: shape.onlyName }),
      ...entry.defaults,
    },
    forceNew: [
      ...inputs,
      shape.nameInput,
      ...(shape.located === true ? ["location"] : []),
      ...(entry.forceNew ?? []),
    ],
    hidden: [...inputs, shape.nameInput, ...(entry.hidden ?? [])],
    id: (r) => `${groupId(r, r.text("resourceGroupName"))}/providers/${armPath(r, shape)}`,
    planned: { name: (r) => r.text(shape.nameInput), type: shape.armType, ...entry.planned },
    outputs: { azureApiVersion: shape.apiVersion, ...entry.outputs },
    references: [
      toGroup,
      ...parents.flatMap((one, index) => ("input" in one ? [toParent(shape, one, index)] : [])),
      ...(entry.references ?? []),
    ],
  };
}

/** Top-level resources get a random suffix, children take the logical name as it is. */
function autonameOf(shape: ArmShape): Autoname {
  return {
    property: shape.nameInput,
    suffix: (shape.parents ?? []).length === 0,
    ...(shape.charactersMax === undefined ? {} : { charactersMax: shape.charactersMax }),
    ...(shape.plainName === true ? { lowerCase: true, alphanumeric: true } : {}),
  };
}

/** The id of a resource group of the resource's subscription. */
export function groupId(r: Resource, group: string): string {
  return `/subscriptions/${r.account}/resourceGroups/${group}`;
}

/** `Microsoft.Network/virtualNetworks/NAME/subnets/NAME`, down to the `depth`-th kind. */
function armPath(r: Resource, shape: ArmShape, depth?: number): string {
  const [provider, ...kinds] = shape.armType.split("/");
  const parents = (shape.parents ?? []).map((one) =>
    "input" in one ? r.text(one.input) : one.fixed,
  );
  const shown = kinds.slice(0, depth);
  return [
    provider,
    ...shown.flatMap((kind, i) => [kind, parents[i] ?? r.text(shape.nameInput)]),
  ].join("/");
}

const toGroup: Reference = {
  at: "resourceGroupName",
  to: "azure-native:resources:ResourceGroup",
  key: (r, value) => groupId(r, value),
  cascades: true,
  missing: {
    code: "ResourceGroupNotFound",
    says: "Resource group '{value}' could not be found.",
  },
};

function toParent(
  shape: ArmShape,
  parent: { input: string; token: string },
  index: number,
): Reference {
  return {
    at: parent.input,
    to: parent.token,
    key: (r) =>
      `${groupId(r, r.text("resourceGroupName"))}/providers/${armPath(r, shape, index + 1)}`,
    cascades: true,
    missing: {
      code: "ParentResourceNotFound",
      says: `Failed to perform 'write' on resource of type '${shape.armType}', because the parent resource '{value}' could not be found.`,
    },
  };
}

/** A property that holds the id of another resource; it holds its target. */
export function toResource(at: string, to: string | readonly string[]): Reference {
  return {
    at,
    to,
    holds: true,
    missing: {
      code: "InvalidResourceReference",
      says: "Resource {value} referenced by resource {name} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.",
    },
  };
}

/** Outputs that most types have: the state of a finished operation. */
export const succeeded: Readonly<Record<string, Computed>> = { provisioningState: "Succeeded" };

/** An etag as the network provider writes it: a weak validator around a GUID. */
export const etag: Readonly<Record<string, Computed>> = {
  etag: (r) => `W/"${r.uuid("etag")}"`,
};

/** Who made a resource, and when, for types that tell. */
export function systemData(r: Resource): JsonObject {
  return { createdAt: r.createdAt, createdByType: "Application", lastModifiedAt: r.createdAt };
}

/** A refusal of a request that is well formed and still wrong. */
export function invalid(code: string, says: string): ServiceError {
  return { code, says };
}

/** The texts in a list. */
export function textsIn(values: readonly (Json | undefined)[]): string[] {
  return values.filter((value): value is string => typeof value === "string");
}
