/**
 * Pods of GKE have alias addresses of their nodes, in a secondary range of the subnetwork; the nodes'
 * firewall rules bind them ("VPC-native clusters"). Private destinations see the pod's own address
 * ("IP masquerade agent", default non-masquerade destinations).
 */
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { addressesOf } from "../address-set.ts";
import { entriesOf } from "../entries.ts";
import { gcpTypes } from "../gcp/types.ts";
import type { NetworkPlugin } from "../kubernetes/plugin.ts";
import { settle } from "../uncertain.ts";
import type { ClusterHost, PodAddresses } from "./host.ts";

/** Throws `Undecided` where its pods may have another place. */
export function gkeHost(plan: Plan, resource: PlannedResource): ClusterHost {
  const { urn, inputs } = resource;
  const pools = plan.ofType(gcpTypes.nodePool).filter((pool) => {
    const found = plan.follow(pool.inputs.at("cluster"), gcpTypes.cluster);
    return found.state === "resource" && found.resource.urn === urn;
  });
  for (const pool of pools) {
    const range = pool.inputs.at("networkConfig", "podRange");
    if (range.state !== "absent") throw new Undecided(range.urn, range.path, "unreadable");
  }
  const own = inputs.at("removeDefaultNodePool").flag() === true ? [] : [urn];
  return {
    resource,
    carriers: [...own, ...pools.map((pool) => pool.urn)],
    addresses: rangeOf(plan, inputs),
    // "Intranode visibility": also packets between pods of one node then meet the firewall.
    shortcut: settle(() => inputs.at("enableIntranodeVisibility").flag()) !== true,
    enforces: enforcement(inputs),
  };
}

function rangeOf(plan: Plan, cluster: View): PodAddresses {
  const known = settle(() => {
    const policy = cluster.at("ipAllocationPolicy");
    const direct = [policy.at("clusterIpv4CidrBlock"), cluster.at("clusterIpv4Cidr")];
    const written = direct.find(({ state }) => state !== "absent");
    return addressesOf(written ?? secondary(plan, cluster, policy));
  });
  const isOpen = known instanceof Undecided;
  return { kind: "range", known: isOpen ? [] : known, unknown: isOpen ? [4] : [], inner: false };
}

function secondary(plan: Plan, cluster: View, policy: View): View {
  const name = policy.at("clusterSecondaryRangeName");
  const subnet = plan.follow(cluster.at("subnetwork"), gcpTypes.subnet);
  const ranges =
    subnet.state === "resource" ? entriesOf(subnet.resource.inputs.at("secondaryIpRanges")) : [];
  const found = ranges.find((range) => range.at("rangeName").text() === name.text());
  if (found === undefined) throw new Undecided(name.urn, name.path, "unknown");
  return found.at("ipCidrRange");
}

/** Dataplane V2 enforces policies, and Calico does where it is asked for; Autopilot has the former. */
function enforcement(inputs: View): NetworkPlugin["enforces"] {
  const set = settle(
    () =>
      inputs.at("datapathProvider").text() === "ADVANCED_DATAPATH" ||
      inputs.at("networkPolicy", "enabled").flag() === true ||
      inputs.at("enableAutopilot").flag() === true,
  );
  return set instanceof Undecided ? "unsettled" : set;
}
