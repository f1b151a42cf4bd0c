/** Creates the resources of a GCP place from its plan. */
import * as compute from "@pulumi/gcp/compute/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { mustGet } from "../../shared/must-get.ts";
import { childOf } from "../../shared/providers.ts";
import type { GcpPlaceNetwork } from "../places.ts";
import type { GcpNetworkPlan } from "./lower.ts";

/** The VPC network of a place with everything in it. */
export function createGcpNetwork(
  parent: pulumi.ComponentResource,
  plan: GcpNetworkPlan,
): GcpPlaceNetwork {
  const { name, ...range6 } = plan.network;
  const network = new compute.Network(
    name,
    {
      ...range6,
      autoCreateSubnetworks: false,
      enableUlaInternalIpv6: true,
      deleteDefaultRoutesOnCreate: true,
      routingMode: "REGIONAL",
      // Classic rules, which GKE and people may add, are read after Bulkhead's deny and so open
      // nothing (VPC documentation, "Policy and rule evaluation order").
      networkFirewallPolicyEnforcementOrder: "BEFORE_CLASSIC_FIREWALL",
    },
    childOf(parent),
  );
  const subnets = createSubnets(parent, plan, network);
  createEgress(parent, plan, network, subnets);
  for (const { name: peering, ...record } of plan.peerings) {
    new compute.NetworkPeering(
      peering,
      {
        network: network.selfLink,
        ...record,
        exportCustomRoutes: false,
        importCustomRoutes: false,
        exportSubnetRoutesWithPublicIp: false,
        importSubnetRoutesWithPublicIp: false,
      },
      childOf(parent),
    );
  }
  return {
    cloud: "gcp",
    place: plan.place,
    region: plan.region,
    owned: true,
    project: network.project,
    networkId: network.id,
    networkName: network.name,
    subnetSelfLinks: Object.fromEntries(
      plan.subnets.map((record) => [record.segment, mustGet(subnets, record.name).selfLink]),
    ),
  };
}

function createSubnets(
  parent: pulumi.ComponentResource,
  plan: GcpNetworkPlan,
  network: compute.Network,
): ReadonlyMap<string, compute.Subnetwork> {
  return new Map(
    plan.subnets.map(({ name, segment: _, secondaryIpRanges, ...record }) => [
      name,
      new compute.Subnetwork(
        name,
        {
          network: network.id,
          region: plan.region,
          ...record,
          secondaryIpRanges: [...secondaryIpRanges],
          stackType: "IPV4_IPV6",
          ipv6AccessType: "INTERNAL",
          privateIpGoogleAccess: true,
          logConfig: {
            aggregationInterval: "INTERVAL_5_SEC",
            flowSampling: 1,
            metadata: "INCLUDE_ALL_METADATA",
          },
        },
        childOf(parent),
      ),
    ]),
  );
}

function createEgress(
  parent: pulumi.ComponentResource,
  plan: GcpNetworkPlan,
  network: compute.Network,
  subnets: ReadonlyMap<string, compute.Subnetwork>,
): void {
  if (plan.defaultRoute !== undefined) {
    new compute.Route(
      plan.defaultRoute.name,
      {
        network: network.id,
        destRange: plan.defaultRoute.destRange,
        nextHopGateway: "default-internet-gateway",
        priority: 1000,
      },
      childOf(parent),
    );
  }
  if (plan.nat === undefined) return;
  const { region } = plan;
  const router = new compute.Router(
    plan.nat.router,
    { network: network.id, region },
    childOf(parent),
  );
  new compute.RouterNat(
    plan.nat.name,
    {
      router: router.name,
      region,
      natIpAllocateOption: "AUTO_ONLY",
      sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
      subnetworks: plan.nat.subnets.map((name) => ({
        name: mustGet(subnets, name).selfLink,
        sourceIpRangesToNats: ["ALL_IP_RANGES"],
      })),
      logConfig: { enable: true, filter: "ALL" },
    },
    childOf(parent),
  );
}
