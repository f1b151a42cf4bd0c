/** Nodes and pods of AKS clusters. */
import type { Family } from "../../../model/base/address.ts";
import { intersect } from "../../../model/base/interval-set.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { addressesOf, every4 } from "../address-set.ts";
import { entriesOf } from "../entries.ts";
import { marksOf } from "../marks.ts";
import { settle, unknownCondition } from "../uncertain.ts";
import type { Balanced } from "./balancers.ts";
import type { AzureInterface } from "./interface.ts";
import { mustSubnet, plain } from "./interface.ts";
import type { AzureNetworks } from "./networks.ts";
import { azureTypes } from "./types.ts";

/** The nodes of a cluster's pools, and its pods where they have a range of their own. */
export function clusterNodes(found: AzureNetworks, resource: PlannedResource): AzureInterface[] {
  const { urn, name, inputs } = resource;
  const profile = inputs.at("networkProfile");
  const pools = entriesOf(inputs.at("agentPoolProfiles")).flatMap((at) =>
    pool(found, resource, at, profile),
  );
  const [first] = pools;
  const range = profile.at("podCidr");
  if (first === undefined || range.state === "absent") return pools;
  const addresses = settle(() => addressesOf(range));
  const isOpen = addresses instanceof Undecided;
  const pods: AzureInterface = {
    ...first,
    id: `${urn} pods`,
    name: `pods of ${name}`,
    kind: "pods",
    addresses: isOpen ? [] : addresses,
    unknownAddresses: isOpen ? [4] : [],
  };
  return [...pools, pods];
}

/** A pool of its own is in a cluster, which says how its nodes are connected. */
export function agentPool(
  plan: Plan,
  found: AzureNetworks,
  resource: PlannedResource,
): AzureInterface[] {
  const reference = resource.inputs.at("resourceName");
  const cluster = plan.follow(reference, azureTypes.cluster);
  if (cluster.state !== "resource") {
    throw new Undecided(reference.urn, reference.path, "unreadable");
  }
  const profile = cluster.resource.inputs.at("networkProfile");
  return pool(found, resource, resource.inputs, profile);
}

/** A pool without a subnet stands in a network of the service's own. */
function pool(
  found: AzureNetworks,
  resource: PlannedResource,
  at: View,
  profile: View,
): AzureInterface[] {
  const reference = at.at("vnetSubnetID");
  if (reference.state === "absent") return [];
  const subnet = mustSubnet(found, reference);
  const label = at.path === "" ? "" : ` ${at.path}`;
  const listed = settle(() =>
    profile
      .at("ipFamilies")
      .items()
      .map((one) => one.text()),
  );
  // Nodes have IPv4 only, unless the cluster asks for both ("Dual-stack networking").
  const isDual = listed instanceof Undecided || listed.includes("IPv6");
  const addresses = isDual ? subnet.addresses : intersect(subnet.addresses, every4);
  const open: readonly Family[] = subnet.open.length > 0 ? (isDual ? [4, 6] : [4]) : [];
  const publicFamilies: Family[] = at.at("enableNodePublicIP").flag() === true ? [4] : [];
  const place = { subnet, addresses, unknownAddresses: open, publicFamilies };
  const id = `${resource.urn}${label}`;
  const name = `nodes of ${resource.name}${label}`;
  const marks = marksOf(resource);
  return [{ ...plain, ...place, id, name, kind: "machine", balanced: waysOf(profile), marks }];
}

/** The load balancer or NAT gateway that the service makes for calls of nodes ("Outbound types"). */
function waysOf(profile: View): Balanced[] {
  const type = settle(() => profile.at("outboundType").text() ?? "loadBalancer");
  const conditions = type instanceof Undecided ? [unknownCondition(type)] : [];
  const outbound = typeof type !== "string" || ["loadBalancer", "managedNATGateway"].includes(type);
  return [{ selectors: [], outbound, conditions }];
}
