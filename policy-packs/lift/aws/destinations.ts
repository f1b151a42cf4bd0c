/** Where routes lead to: prefixes, prefix lists, and what is not known. */
import type { Cidr, Family } from "../../../model/base/address.ts";
import { cidrSet } from "../../../model/base/address.ts";
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import type { Condition } from "../../../model/network/topology.ts";
import type { View } from "../../../model/policy/view.ts";
import { every4, every6 } from "../address-set.ts";
import { readOr, unknownCondition } from "../uncertain.ts";
import { cidrAt } from "./networks.ts";
import type { ListContents } from "./prefix-lists.ts";
import type { Tracer } from "./trace.ts";
import { trace } from "./trace.ts";
import { awsTypes } from "./types.ts";

/** Addresses of one family for which a route is. */
export interface Destination {
  readonly family: Family;
  /** Of the prefix, in bits; undefined where the prefix is not known. */
  readonly length: number | undefined;
  readonly addresses: IntervalSet;
  readonly conditions: readonly Condition[];
}

/** The destination of a known prefix. */
export function destinationOf(cidr: Cidr): Destination {
  return {
    family: cidr.family,
    length: cidr.length,
    addresses: cidrSet([cidr]),
    conditions: [],
  };
}

/** A destination of which only the family is known. */
export function openDestination(family: Family, condition: Condition): Destination {
  return {
    family,
    length: undefined,
    addresses: family === 4 ? every4 : every6,
    conditions: [condition],
  };
}

/** The destination of a property that holds a prefix; none where it is absent or empty. */
export function prefixDestinations(view: View, family: Family): Destination[] {
  const blank = readOr(() => view.state === "absent" || view.text() === "", false).value;
  if (blank) return [];
  const { value, conditions } = readOr<Cidr | undefined>(() => cidrAt(view), undefined);
  if (value !== undefined) return [destinationOf(value)];
  return conditions.map((condition) => openDestination(family, condition));
}

/** The destinations of a property that names a prefix list. */
export function listDestinations(
  tracer: Tracer,
  lists: ReadonlyMap<string, ListContents>,
  view: View,
): Destination[] {
  const target = trace(tracer, view, awsTypes.prefixList);
  if (target.kind === "absent") return [];
  const found = target.kind === "resource" ? lists.get(target.resource.urn) : undefined;
  const unknown = unknownCondition({ urn: view.urn, path: view.path });
  const { cidrs, open } = found ?? { cidrs: [], open: [unknown] };
  return [
    ...cidrs.map(destinationOf),
    ...open.flatMap((condition) => [openDestination(4, condition), openDestination(6, condition)]),
  ];
}
