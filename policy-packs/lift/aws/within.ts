/** Rules that differ from subnet to subnet, for ends that may stand in several. */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { intersect, intervalSet } from "../../../model/base/interval-set.ts";
import type { Condition, Rule } from "../../../model/network/topology.ts";
import { every4, every6 } from "../address-set.ts";
import { unknownCondition } from "../uncertain.ts";
import type { AwsSubnet } from "./subnets.ts";

/** The rules of one subnet; equal keys mean equal rules. */
export interface Part {
  readonly key: string;
  /** Made only where a stage needs them. */
  readonly rules: () => readonly Rule[];
}

/** Parts made so far: many ends stand in the very same list of subnets. */
export type PartMemory = WeakMap<readonly AwsSubnet[], Map<string, Part>>;

/** Like {@link withinSubnets}, once for each list of subnets and kind of part. */
export function rememberedPart(
  memory: PartMemory,
  subnets: readonly AwsSubnet[],
  kind: string,
  partOf: (subnet: AwsSubnet) => Part,
): Part {
  const found = memory.get(subnets) ?? new Map<string, Part>();
  memory.set(subnets, found);
  const part = found.get(kind) ?? withinSubnets(subnets, partOf);
  found.set(kind, part);
  return part;
}

/** One list of rules for all the subnets, and a key by which equal lists are the same. */
export function withinSubnets(
  subnets: readonly AwsSubnet[],
  partOf: (subnet: AwsSubnet) => Part,
): Part {
  const parts = new Map<string, { readonly part: Part; readonly subnets: AwsSubnet[] }>();
  for (const subnet of subnets) {
    const part = partOf(subnet);
    const found = parts.get(part.key);
    if (found === undefined) parts.set(part.key, { part, subnets: [subnet] });
    else found.subnets.push(subnet);
  }
  const all = [...parts.values()];
  if (all.length === 1 && all[0] !== undefined) return all[0].part;
  return {
    key: all
      .map(({ part, subnets: where }) => `${part.key} in ${where.map(({ id }) => id).join(", ")}`)
      .join("; "),
    rules: () => all.flatMap(({ part, subnets: where }) => limited(part.rules(), where)),
  };
}

/** The same rules for ends with addresses in the subnets; perhaps, where these are not known. */
function limited(rules: readonly Rule[], subnets: readonly AwsSubnet[]): Rule[] {
  const known = intervalSet(subnets.flatMap(({ addresses }) => [...addresses]));
  const open = subnets.flatMap(({ open: families, input }) =>
    families.map((family) => ({
      own: family === 4 ? every4 : every6,
      condition: unknownCondition(input),
    })),
  );
  return rules.flatMap((rule) => [
    ...(known.length === 0 ? [] : [{ ...rule, own: ownWithin(rule, known) }]),
    ...open.map(({ own, condition }) => perhaps(rule, ownWithin(rule, own), condition)),
  ]);
}

function ownWithin({ own }: Rule, addresses: IntervalSet): IntervalSet {
  return own === undefined ? addresses : intersect(own, addresses);
}

function perhaps(rule: Rule, own: IntervalSet, condition: Condition): Rule {
  return { ...rule, own, conditions: [...(rule.conditions ?? []), condition] };
}
