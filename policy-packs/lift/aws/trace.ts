/**
 * To what a planned property refers, without ever stopping at an unknown: ids are not known at a
 * preview, what the engine recorded as dependencies is.
 */
import type { UnknownInput } from "../../../model/network/topology.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { settle } from "../uncertain.ts";
import { awsTypes, vpcTypes } from "./types.ts";

/** Where a reference leads. */
export type Target =
  | { readonly kind: "resource"; readonly resource: PlannedResource }
  /** A known id that no planned resource has. */
  | { readonly kind: "outside"; readonly value: string }
  | { readonly kind: "absent" }
  /** One of the candidates or, where there are none, anything. */
  | {
      readonly kind: "unknown";
      readonly input: UnknownInput;
      readonly candidates: readonly PlannedResource[];
    };

/** Follows references in one plan. */
export interface Tracer {
  readonly plan: Plan;
  readonly byUrn: ReadonlyMap<string, PlannedResource>;
  /** Planned resources by the ids of what they bring along: a VPC's default group, table, ACL. */
  readonly companions: ReadonlyMap<string, PlannedResource>;
}

/** Outputs that are ids of something a resource brings along. */
const companionOutputs: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    vpcTypes.map((type) => [
      type,
      ["defaultSecurityGroupId", "defaultNetworkAclId", "defaultRouteTableId", "mainRouteTableId"],
    ]),
  ),
  [awsTypes.vpcEndpoint]: ["prefixListId"],
  [awsTypes.instance]: ["primaryNetworkInterfaceId"],
  [awsTypes.transitGateway]: ["associationDefaultRouteTableId", "propagationDefaultRouteTableId"],
  [awsTypes.eksCluster]: ["vpcConfig.clusterSecurityGroupId"],
};

/** A tracer of the plan. */
export function tracerOf(plan: Plan): Tracer {
  const companions = new Map<string, PlannedResource>();
  for (const [type, outputs] of Object.entries(companionOutputs)) {
    for (const resource of plan.ofType(type)) {
      for (const output of outputs) {
        const view = resource.outputs.at(...output.split("."));
        if (view.state !== "known") continue;
        const id = view.text();
        if (id !== undefined && id !== "") companions.set(id, resource);
      }
    }
  }
  const byUrn = new Map(plan.resources.map((resource) => [resource.urn, resource]));
  return { plan, byUrn, companions };
}

/** Where one property leads. */
export function trace(tracer: Tracer, view: View, ...types: readonly string[]): Target {
  return traceAll(tracer, [view], ...types)[0] ?? { kind: "absent" };
}

/**
 * Where several elements of one property lead. As many unknown elements as recorded resources
 * that no known element names are those resources, whichever is which.
 */
export function traceAll(
  tracer: Tracer,
  views: readonly View[],
  ...types: readonly string[]
): Target[] {
  const present = views.filter(({ state }) => state !== "absent");
  const known = present.filter(({ state }) => state === "known");
  const named = known.map((view) => traceKnown(tracer, view, types));
  const taken = named.flatMap((target) => (target.kind === "resource" ? [target.resource] : []));
  const open = present.filter(({ state }) => state === "unknown");
  const candidates = candidatesOf(tracer, open, types).filter(
    (resource) => !taken.includes(resource),
  );
  if (open.length === candidates.length) {
    return [...named, ...candidates.map((resource) => ({ kind: "resource" as const, resource }))];
  }
  return [
    ...named,
    ...open.map(({ urn, path }) => ({
      kind: "unknown" as const,
      input: { urn, path },
      candidates,
    })),
  ];
}

function traceKnown(tracer: Tracer, view: View, types: readonly string[]): Target {
  const found = settle(() => tracer.plan.follow(view, ...types));
  if (found instanceof Undecided) {
    return { kind: "unknown", input: { urn: found.urn, path: found.path }, candidates: [] };
  }
  if (found.state === "resource") return { kind: "resource", resource: found.resource };
  if (found.state === "absent") return { kind: "absent" };
  const companion = tracer.companions.get(found.value);
  return companion !== undefined && types.includes(companion.type)
    ? { kind: "resource", resource: companion }
    : { kind: "outside", value: found.value };
}

function candidatesOf(
  tracer: Tracer,
  open: readonly View[],
  types: readonly string[],
): PlannedResource[] {
  const urns = new Set(open.flatMap(({ urn, path }) => tracer.plan.waitsFor(urn, path)));
  return [...urns]
    .flatMap((urn) => tracer.byUrn.get(urn) ?? [])
    .filter(({ type }) => types.includes(type));
}

/** A property as asked for or, where that says nothing, as the provider knows it. */
export function settledView(resource: PlannedResource, key: string): View {
  const asked = resource.inputs.at(key);
  if (asked.state !== "absent") return asked;
  const given = resource.outputs.at(key);
  return given.state === "known" ? given : asked;
}
