/** All planned resources of a stack, with the indexes that rules over several of them need. */
import type { Plan, PlannedResource, Reference, View } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";
import { canonicalType } from "./canonical-type.ts";
import { viewOf } from "./reader.ts";

/** A resource as an engine, a state export or a manifest gives it. */
export interface RawResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: unknown;
  /** What the provider gave back or foresees, as far as known. */
  readonly outputs?: unknown;
  readonly protect?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly additionalSecretOutputs?: readonly string[];
  readonly parent?: string;
  readonly provider?: string;
  /** URNs on whose outputs each top-level property depends. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

/** The resource with a view of its inputs and its canonical type. */
export function plannedResource(raw: RawResource): PlannedResource {
  return {
    urn: raw.urn,
    type: canonicalType(raw.type),
    name: raw.name,
    inputs: viewOf(raw.urn, raw.inputs),
    outputs: viewOf(raw.urn, raw.outputs),
    options: {
      protect: raw.protect ?? false,
      ignoreChanges: raw.ignoreChanges ?? [],
      additionalSecretOutputs: raw.additionalSecretOutputs ?? [],
      parent: raw.parent ?? "",
    },
    provider: raw.provider ?? "",
  };
}

/** A plan of all given resources. */
export function makePlan(raws: readonly RawResource[]): Plan {
  const resources = raws.map(plannedResource);
  const dependencies = new Map(raws.map((raw) => [raw.urn, raw.propertyDependencies ?? {}]));
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const byType = groupBy(resources, (resource) => [resource.type]);
  const names = new Map(raws.map((raw) => [raw.urn, identities(raw)]));
  const byName = groupBy(resources, (resource) => names.get(resource.urn) ?? []);

  const waitsFor = (urn: string, path: string) => dependencies.get(urn)?.[topOf(path)] ?? [];
  const named = (value: string, ...types: readonly string[]) =>
    (byName.get(nameKey(value)) ?? []).filter(({ type }) => types.includes(type));
  const follow = (property: View, ...types: readonly string[]): Reference => {
    if (property.state === "absent") return { state: "absent" };
    const fits = (resource: PlannedResource) => types.includes(resource.type);
    const recorded = waitsFor(property.urn, property.path)
      .flatMap((urn) => byUrn.get(urn) ?? [])
      .filter(fits);
    if (property.state === "unknown") return only(recorded, property);
    const value = property.text() ?? "";
    const known = named(value, ...types);
    const both = known.filter((resource) => recorded.includes(resource));
    if (both.length > 0) return only(both, property);
    if (known.length > 0) return only(known, property);
    return recorded.length === 1 ? only(recorded, property) : { state: "outside", value };
  };
  const ofType = (...types: readonly string[]) =>
    types.length === 1
      ? (byType.get(types[0] ?? "") ?? [])
      : resources.filter((resource) => types.includes(resource.type));
  return { resources, ofType, follow, named, waitsFor };
}

function only(candidates: readonly PlannedResource[], property: View): Reference {
  const [first, second] = candidates;
  if (first !== undefined && second === undefined) return { state: "resource", resource: first };
  throw new Undecided(property.urn, property.path, "unknown");
}

/** The top-level property of a path. */
function topOf(path: string): string {
  return /^[^.[]+/.exec(path)?.[0] ?? "";
}

/** Properties by whose values other resources refer to one. */
const identityProperties = [
  "id",
  "arn",
  "name",
  "selfLink",
  "email",
  "networkSecurityGroupName",
  "virtualNetworkName",
  "routeTableName",
  "loadBalancerName",
  "networkGroupName",
  "configurationName",
  "ruleCollectionName",
  "resourceName",
  "instanceId",
  "resourceGroupName",
  "accountName",
  "serverName",
  "clusterIdentifier",
  "workspaceName",
  "sqlPoolName",
  "applicationId",
  "workloadIdentityPoolId",
];

function identities(raw: RawResource): string[] {
  const found = new Set<string>();
  for (const view of [viewOf(raw.urn, raw.inputs), viewOf(raw.urn, raw.outputs)]) {
    for (const property of identityProperties) {
      const value = view.at(property);
      if (value.state !== "known") continue;
      try {
        const text = value.text();
        if (text !== undefined && text !== "") found.add(nameKey(text));
      } catch (error) {
        if (!(error instanceof Undecided)) throw error;
      }
    }
  }
  return [...found];
}

/** Prefixes by which services write a name that is known without them. */
const namePrefixes =
  /^(https:\/\/[a-z.]*googleapis\.com\/[^/]+\/[^/]+\/|storage\.googleapis\.com\/|arn:aws[a-z-]*:s3:::)/;

/** The parts of an Azure storage account that have settings of their own belong to the account. */
const nameSuffixes = /\/(blob|file|queue|table)Services\/default$/i;

/** Azure ids ignore case; links and ARNs of buckets come with and without their prefix. */
function nameKey(value: string): string {
  return value.replace(namePrefixes, "").replace(nameSuffixes, "").toLowerCase();
}

function groupBy<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}
