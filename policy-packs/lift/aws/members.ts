/** Whatever may be put into a group. */
import { emptySet } from "../../../model/base/interval-set.ts";
import type { AwsEnd } from "./ends.ts";
import type { AwsGroups } from "./groups.ts";
import { placed } from "./placed.ts";
import type { AwsWorld } from "./world.ts";

/** For every group, whatever may be put into it: in the subnets of its segment, else in any. */
export function memberEnds(world: AwsWorld, groups: AwsGroups): AwsEnd[] {
  return [...groups.byId.values()]
    .filter(({ open }) => open)
    .map((group) => {
      const { network, marks } = group;
      const all = [...world.subnets.values()].filter((one) => one.network.id === network.id);
      const own = all.filter(
        (one) => marks?.segment !== undefined && one.marks?.segment === marks.segment,
      );
      return {
        id: group.id,
        name: group.name,
        marks,
        network,
        subnets: placed(world, own.length > 0 ? own : all, network),
        groups: [group],
        lostGroups: [],
        unfiltered: false,
        public: true,
        addresses: emptySet,
      };
    });
}
