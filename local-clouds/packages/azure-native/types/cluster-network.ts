/** Networks of Kubernetes clusters ("Networking concepts for applications in AKS"). */

import type { JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { Computed } from "../../../types/type.ts";
import { groupId, nested } from "./arm.ts";

/** The group that the service makes for the nodes; its name is cut at 80 characters. */
export function nodeGroup(r: Resource): string {
  return r.text(
    "nodeResourceGroup",
    `MC_${r.text("resourceGroupName")}_${r.text("resourceName")}_${r.region}`.slice(0, 80),
  );
}

/** Azure CNI in overlay is what a cluster gets that asks for nothing ("Networking in AKS"). */
function isOverlay(r: Resource): boolean {
  const plugin = r.given("networkProfile.networkPlugin");
  return plugin === undefined || r.given("networkProfile.networkPluginMode") === "overlay";
}

/** Pods have addresses of their own, outside of the network. */
function hasPodRange(r: Resource): boolean {
  return isOverlay(r) || r.given("networkProfile.networkPlugin") === "kubenet";
}

/** Pods of a node: as many as the network's kind allows. */
export function podsOf(r: Resource): number {
  if (isOverlay(r)) return 250;
  return r.given("networkProfile.networkPlugin") === "kubenet" ? 110 : 30;
}

/** The network of a cluster where the request is silent. */
export function networkDefaults(): Readonly<Record<string, Computed>> {
  const pods = (r: Resource) => r.text("networkProfile.podCidr", "10.244.0.0/16");
  const services = (r: Resource) => r.text("networkProfile.serviceCidr", "10.0.0.0/16");
  return nested("networkProfile", {
    dnsServiceIP: (r) => services(r).replace(/\d+\/\d+$/, "10"),
    ipFamilies: ["IPv4"],
    loadBalancerSku: "standard",
    loadBalancerProfile: outboundAddresses,
    networkPluginMode: (r) => (isOverlay(r) ? "overlay" : undefined),
    networkDataplane: "azure",
    networkPlugin: "azure",
    networkPolicy: "none",
    outboundType: "loadBalancer",
    podCidr: (r) => (hasPodRange(r) ? pods(r) : undefined),
    podCidrs: (r) => (hasPodRange(r) ? [pods(r)] : undefined),
    serviceCidr: services,
    serviceCidrs: (r) => [services(r)],
  });
}

function outboundAddresses(r: Resource): JsonObject | undefined {
  if (r.text("networkProfile.outboundType", "loadBalancer") !== "loadBalancer") return undefined;
  const addresses = `${groupId(r.account, nodeGroup(r))}/providers/Microsoft.Network/publicIPAddresses`;
  return {
    backendPoolType: "nodeIPConfiguration",
    effectiveOutboundIPs: [{ id: `${addresses}/${r.uuid("outbound")}` }],
    managedOutboundIPs: { count: 1 },
  };
}
