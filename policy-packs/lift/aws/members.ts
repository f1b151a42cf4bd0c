/** Whatever may be put into a group. */
import { emptySet } from "../../../model/base/interval-set.ts";
import type { AwsEnd } from "./ends.ts";
import type { AwsGroup, AwsGroups } from "./groups.ts";
import { placed } from "./placed.ts";
import type { AwsSubnet } from "./subnets.ts";
import type { AwsWorld } from "./world.ts";

/** For every group, whatever may be put into it: in the subnets of its segment, else in any. */
export function memberEnds(world: AwsWorld, groups: AwsGroups): AwsEnd[] {
  const standing = new Map<string, readonly AwsSubnet[]>();
  return [...groups.byId.values()]
    .filter(({ open }) => open)
    .map((group) => {
      const { id, name, marks, network } = group;
      const where = `${network.id} ${marks?.segment ?? ""}`;
      const subnets = standing.get(where) ?? subnetsFor(world, group);
      standing.set(where, subnets);
      return {
        id,
        name,
        marks,
        network,
        subnets,
        groups: [group],
        lostGroups: [],
        unfiltered: false,
        public: true,
        addresses: emptySet,
      };
    });
}

function subnetsFor(world: AwsWorld, { network, marks }: AwsGroup): readonly AwsSubnet[] {
  const all = [...world.subnets.values()].filter((one) => one.network.id === network.id);
  const own = all.filter(
    (one) => marks?.segment !== undefined && one.marks?.segment === marks.segment,
  );
  return placed(world, own.length > 0 ? own : all, network);
}
