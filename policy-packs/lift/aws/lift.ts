/** What the parts of the AWS lift share and collect. */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { emptySet, union } from "../../../model/base/interval-set.ts";
import type { Endpoint } from "../../../model/network/topology.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { every4, every6 } from "../address-set.ts";
import { anyNetwork } from "../network-groups.ts";
import type { Openings } from "../openings.ts";
import { beginOpenings } from "../openings.ts";
import type { Tracer } from "./trace.ts";
import { trace, tracerOf } from "./trace.ts";

/** Something that the lift noticed and that no packet shows. */
export interface LiftNote {
  readonly code:
    | "rules-mixed"
    | "reference-stale"
    | "networks-overlap"
    | "route-missing"
    | "peering-not-accepted"
    | "nat-without-internet";
  readonly urn: string;
  /** Property path in that resource. */
  readonly path: string;
  readonly says: string;
}

/** An end beyond the plan, with what became known of it. */
export interface Outsider {
  readonly id: string;
  addresses: IntervalSet;
  open: Endpoint["unknownAddresses"];
  readonly groups: Set<string>;
}

/** One lift under way. */
export interface AwsLift extends Openings {
  readonly tracer: Tracer;
  readonly plan: Plan;
  readonly notes: LiftNote[];
  readonly outsiders: Map<string, Outsider>;
}

/** A lift of the plan, still empty. */
export function beginLift(plan: Plan): AwsLift {
  return { ...beginOpenings(), tracer: tracerOf(plan), plan, notes: [], outsiders: new Map() };
}

/** The planned resource that a property names; elsewhere undefined, and noted where unknown. */
export function resourceAt(
  lift: AwsLift,
  view: View,
  ...types: readonly string[]
): PlannedResource | undefined {
  const target = trace(lift.tracer, view, ...types);
  if (target.kind === "unknown") lift.open(target.input);
  return target.kind === "resource" ? target.resource : undefined;
}

/** The outsider of that id, made at its first mention. */
export function outsider(lift: AwsLift, id: string, groups: readonly string[]): Outsider {
  const found = lift.outsiders.get(id) ?? {
    id,
    addresses: emptySet,
    open: [],
    groups: new Set([anyNetwork]),
  };
  for (const group of groups) found.groups.add(group);
  lift.outsiders.set(id, found);
  return found;
}

/** Adds addresses to an outsider; a whole family says nothing about where it ends. */
export function addAddresses(found: Outsider, addresses: IntervalSet): void {
  for (const [family, every] of [
    [4, every4],
    [6, every6],
  ] as const) {
    const same =
      addresses.length === 1 &&
      addresses[0]?.from === every[0]?.from &&
      addresses[0]?.to === every[0]?.to;
    if (!same) continue;
    if (!found.open.includes(family)) found.open = [...found.open, family];
    return;
  }
  found.addresses = union(found.addresses, addresses);
}

/** The outsiders as endpoints. */
export function outsideEndpoints(lift: AwsLift): Endpoint[] {
  return [...lift.outsiders.values()].map(({ id, addresses, open, groups }) => ({
    id,
    name: id,
    addresses,
    unknownAddresses: open,
    groups: [...groups],
    stages: [],
    outside: true,
  }));
}
