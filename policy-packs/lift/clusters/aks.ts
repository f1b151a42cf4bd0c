/**
 * Pods of AKS: in a range of the cluster's own behind their nodes' addresses (Azure CNI Overlay,
 * kubenet), in their nodes' subnet, or in a subnet for pods ("Azure CNI networking overview").
 */
import { cidrSet, parseCidr } from "../../../model/base/address.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { addressesOf } from "../address-set.ts";
import { azureTypes } from "../azure/types.ts";
import { entriesOf } from "../entries.ts";
import type { NetworkPlugin } from "../kubernetes/plugin.ts";
import { settle } from "../uncertain.ts";
import type { ClusterHost, PodAddresses } from "./host.ts";

/** Where nothing is said ("Configure Azure CNI Overlay networking", pod CIDR). */
const usualRange = cidrSet([parseCidr("10.244.0.0/16", "the usual pod CIDR")]);
const enforcers = ["azure", "calico", "cilium"];

/** Throws `Undecided` where its pods may have another place. */
export function aksHost(plan: Plan, resource: PlannedResource): ClusterHost {
  const profile = resource.inputs.at("networkProfile");
  const plugin = profile.at("networkPlugin").text();
  const isInner = plugin === "kubenet" || profile.at("networkPluginMode").text() === "overlay";
  if (!isInner && plugin !== "azure") {
    throw new Undecided(resource.urn, "networkProfile.networkPlugin", "unreadable");
  }
  const written = entriesOf(resource.inputs.at("agentPoolProfiles"));
  const added = plan.ofType(azureTypes.agentPool).filter(({ inputs }) => {
    const found = plan.follow(inputs.at("resourceName"), azureTypes.cluster);
    return found.state === "resource" && found.resource.urn === resource.urn;
  });
  const pools = [...written, ...added.map(({ inputs }) => inputs)];
  return {
    resource,
    carriers: pools.map((pool) => carrierOf(plan, pool)),
    addresses: isInner ? rangeOf(profile.at("podCidr")) : { kind: "carriers", families: [4] },
    shortcut: true,
    enforces: enforcement(profile),
  };
}

/** Pods with a subnet to themselves are guarded as whatever stands there. */
function carrierOf(plan: Plan, pool: View): string {
  const own = pool.at("podSubnetID");
  if (own.state === "absent") return [pool.urn, pool.path].filter((part) => part !== "").join(" ");
  const subnet = plan.follow(own, azureTypes.subnet);
  if (subnet.state !== "resource") throw new Undecided(own.urn, own.path, "unreadable");
  return subnet.resource.urn;
}

function rangeOf(range: View): PodAddresses {
  const known = range.state === "absent" ? usualRange : settle(() => addressesOf(range));
  return known instanceof Undecided
    ? { kind: "range", known: [], unknown: [4], inner: true }
    : { kind: "range", known, unknown: [], inner: true };
}

function enforcement(profile: View): NetworkPlugin["enforces"] {
  const policy = settle(() => profile.at("networkPolicy").text() ?? "none");
  return policy instanceof Undecided ? "unsettled" : enforcers.includes(policy);
}
