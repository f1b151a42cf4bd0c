/**
 * What the components' pure lowering plans in Azure and GCP, as an engine hands it over at a first
 * preview: ids unknown, references recorded as dependencies. Many intents need no program then;
 * `components.test.ts` sees to it that this is what components register.
 */
import * as proxy from "@pulumi/policy/proxy.js";
import { type denyAll, lowerAzureNetwork } from "../../../components/network/azure/lower.ts";
import { lowerGcpNetwork } from "../../../components/network/gcp/lower.ts";
import type { AzureGuardrailsRecord } from "../../../components/segmentation/azure/guardrails/lower.ts";
import type { AzurePeers, AzureRuleRecord } from "../../../components/segmentation/azure/lower.ts";
import { lowerAzureSegmentation } from "../../../components/segmentation/azure/lower.ts";
import type { GcpRuleRecord } from "../../../components/segmentation/gcp/lower.ts";
import { lowerGcpSegmentation } from "../../../components/segmentation/gcp/lower.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import type { RawResource } from "../../../policy-packs/kit/plan.ts";

const { unknownStringValue: unknown } = proxy as unknown as { unknownStringValue: string };

type Props = Readonly<Record<string, unknown>>;
type References = Readonly<Record<string, readonly string[]>>;

function urnOf(type: string, name: string): string {
  return `urn:pulumi:test::bulkhead::${type}::${name}`;
}

function planned(type: string, name: string, inputs: Props, waits: References = {}): RawResource {
  return { urn: urnOf(type, name), type, name, inputs, propertyDependencies: waits };
}

const azureType = (name: string) => `azure-native:network:${name}`;
const computeType = (name: string) =>
  `gcp:compute/${name[0]?.toLowerCase()}${name.slice(1)}:${name}`;
const tagType = (name: string) => `gcp:tags/${name[0]?.toLowerCase()}${name.slice(1)}:${name}`;

/** The place in Azure. */
export function loweredAzure(intent: NetworkIntent, place: PlaceIntent): RawResource[] {
  const network = lowerAzureNetwork("network", "test", intent, place, []);
  const plan = lowerAzureSegmentation("segmentation", intent, place);
  const { rules, groups: carried, guardrails } = plan;
  const vnet = urnOf(azureType("VirtualNetwork"), network.vnet.name);
  const nat = network.nat?.name;
  const groups = new Map(
    network.segments.map(({ segment, group }) => [
      segment,
      urnOf(azureType("NetworkSecurityGroup"), group.name),
    ]),
  );
  const carriers = new Map(
    carried.map(({ segment, name }) => [
      segment,
      urnOf(azureType("ApplicationSecurityGroup"), name),
    ]),
  );
  const inGroup = (segment: string) => ({ networkSecurityGroupName: [groups.get(segment) ?? ""] });
  return [
    planned(azureType("VirtualNetwork"), network.vnet.name, {
      location: network.location,
      addressSpace: { addressPrefixes: network.vnet.addressPrefixes },
      tags: network.tags,
    }),
    ...(nat === undefined ? [] : [planned(azureType("NatGateway"), nat, {})]),
    ...network.segments.flatMap(({ segment, group, denies, subnet }) => [
      planned(azureType("NetworkSecurityGroup"), group.name, { tags: group.tags }),
      ...denies.map((deny) =>
        planned(azureType("SecurityRule"), deny.name, azureDeny(deny), inGroup(segment)),
      ),
      planned(
        azureType("Subnet"),
        subnet.name,
        {
          virtualNetworkName: unknown,
          addressPrefixes: subnet.addressPrefixes,
          networkSecurityGroup: { id: unknown },
          ...(subnet.translated && nat !== undefined ? { natGateway: { id: unknown } } : {}),
          defaultOutboundAccess: false,
          privateEndpointNetworkPolicies: "Enabled",
        },
        { virtualNetworkName: [vnet], networkSecurityGroup: [groups.get(segment) ?? ""] },
      ),
    ]),
    ...carried.map(({ name, tags }) =>
      planned(azureType("ApplicationSecurityGroup"), name, { tags }),
    ),
    ...rules.map((record) => azureAllow(record, inGroup(record.segment), carriers)),
    ...(guardrails === undefined ? [] : azureGuardrails(guardrails, vnet, place.region)),
  ];
}

function azureGuardrails(plan: AzureGuardrailsRecord, vnet: string, region: string): RawResource[] {
  const urn = (kind: string, name: string) => [urnOf(azureType(kind), name)];
  const group = urn("NetworkGroup", plan.group);
  const configuration = urn("SecurityAdminConfiguration", plan.configuration);
  const collection = urn("AdminRuleCollection", plan.collection);
  const properties = {
    commitType: "SecurityAdmin",
    configurationIds: [unknown],
    targetLocations: [region],
    forceUpdateTag: plan.deployed,
  };
  return [
    planned(azureType("NetworkManager"), plan.manager, {
      networkManagerScopes: { subscriptions: [unknown] },
      networkManagerScopeAccesses: ["SecurityAdmin"],
    }),
    planned(azureType("NetworkGroup"), plan.group, {}),
    planned(
      azureType("StaticMember"),
      plan.member,
      { networkGroupName: unknown, resourceId: unknown },
      { networkGroupName: group, resourceId: [vnet] },
    ),
    planned(azureType("SecurityAdminConfiguration"), plan.configuration, {}),
    planned(
      azureType("AdminRuleCollection"),
      plan.collection,
      { configurationName: unknown, appliesToGroups: [{ networkGroupId: unknown }] },
      { configurationName: configuration, appliesToGroups: group },
    ),
    ...plan.rules.map(({ name, ruleName: _, ...rule }) =>
      planned(
        azureType("AdminRule"),
        name,
        { configurationName: unknown, ruleCollectionName: unknown, direction: "Inbound", ...rule },
        { configurationName: configuration, ruleCollectionName: collection },
      ),
    ),
    planned(azureType("Commit"), plan.commit, { properties }, { properties: configuration }),
  ];
}

function azureDeny({ direction, priority }: ReturnType<typeof denyAll>[number]): Props {
  const everything = { sourceAddressPrefix: "*", destinationAddressPrefix: "*", protocol: "*" };
  const ports = { sourcePortRange: "*", destinationPortRange: "*" };
  const common = { networkSecurityGroupName: unknown, direction, priority, access: "Deny" };
  return { ...common, ...everything, ...ports };
}

function azureAllow(
  record: AzureRuleRecord,
  waits: References,
  carriers: ReadonlyMap<string, string>,
): RawResource {
  const { direction, priority, protocol, destinationPortRange, peers } = record;
  const [other, own] =
    direction === "Inbound"
      ? (["source", "destination"] as const)
      : (["destination", "source"] as const);
  const sides = [
    azureSide(other, peers, carriers),
    azureSide(own, record.membersOnly ? { segment: record.segment } : "*", carriers),
  ];
  return planned(
    azureType("SecurityRule"),
    record.name,
    {
      networkSecurityGroupName: unknown,
      direction,
      access: "Allow",
      priority,
      protocol,
      sourcePortRange: "*",
      destinationPortRange,
      ...Object.assign({}, ...sides.map(({ inputs }) => inputs)),
    },
    Object.assign({ ...waits }, ...sides.map(({ references }) => references)),
  );
}

function azureSide(
  side: "source" | "destination",
  peers: AzurePeers,
  carriers: ReadonlyMap<string, string>,
): { readonly inputs: Props; readonly references: References } {
  if (peers === "*") return { inputs: { [`${side}AddressPrefix`]: "*" }, references: {} };
  if ("prefixes" in peers) {
    return { inputs: { [`${side}AddressPrefixes`]: peers.prefixes }, references: {} };
  }
  const property = `${side}ApplicationSecurityGroups`;
  return {
    inputs: { [property]: [{ id: unknown }] },
    references: { [property]: [carriers.get(peers.segment) ?? ""] },
  };
}

/** The place in GCP. */
export function loweredGcp(intent: NetworkIntent, place: PlaceIntent): RawResource[] {
  const plan = lowerGcpNetwork("network", intent, place, []);
  const { tagKey, tagValues, policy, association, rules } = lowerGcpSegmentation(
    "segmentation",
    intent,
    place,
  );
  const { name, ...range6 } = plan.network;
  const network = urnOf(computeType("Network"), name);
  const inNetwork = { network: [network] };
  const key = urnOf(tagType("TagKey"), tagKey.name);
  const owner = urnOf(computeType("NetworkFirewallPolicy"), policy.name);
  const values = new Map(
    tagValues.map((value) => [value.segment, urnOf(tagType("TagValue"), value.name)]),
  );
  return [
    planned(computeType("Network"), name, {
      ...range6,
      autoCreateSubnetworks: false,
      deleteDefaultRoutesOnCreate: true,
      networkFirewallPolicyEnforcementOrder: "BEFORE_CLASSIC_FIREWALL",
    }),
    ...plan.subnets.map(({ name: subnet, segment: _, ...record }) =>
      planned(
        computeType("Subnetwork"),
        subnet,
        {
          ...record,
          network: unknown,
          region: plan.region,
          stackType: "IPV4_IPV6",
          ipv6AccessType: "INTERNAL",
          privateIpGoogleAccess: true,
        },
        inNetwork,
      ),
    ),
    ...gcpEgress(plan, inNetwork),
    planned(
      tagType("TagKey"),
      tagKey.name,
      { purpose: "GCE_FIREWALL", purposeData: { network: unknown } },
      { purposeData: [network] },
    ),
    ...tagValues.map(({ name: value, segment, description }) =>
      planned(
        tagType("TagValue"),
        value,
        { parent: unknown, shortName: segment, description },
        { parent: [key] },
      ),
    ),
    planned(computeType("NetworkFirewallPolicy"), policy.name, { description: policy.description }),
    ...rules.map((record) => gcpRule(record, owner, values)),
    planned(
      computeType("NetworkFirewallPolicyAssociation"),
      association,
      { firewallPolicy: unknown, attachmentTarget: unknown },
      { firewallPolicy: [owner], attachmentTarget: [network] },
    ),
  ];
}

function gcpEgress(
  { defaultRoute, nat, region }: ReturnType<typeof lowerGcpNetwork>,
  inNetwork: References,
): RawResource[] {
  const route =
    defaultRoute === undefined
      ? []
      : [
          planned(
            computeType("Route"),
            defaultRoute.name,
            {
              network: unknown,
              destRange: defaultRoute.destRange,
              nextHopGateway: "default-internet-gateway",
              priority: 1000,
            },
            inNetwork,
          ),
        ];
  if (nat === undefined) return route;
  const subnets = nat.subnets.map((name) => urnOf(computeType("Subnetwork"), name));
  return [
    ...route,
    planned(computeType("Router"), nat.router, { network: unknown, region }, inNetwork),
    planned(
      computeType("RouterNat"),
      nat.name,
      {
        router: unknown,
        region,
        sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
        subnetworks: subnets.map(() => ({
          name: unknown,
          sourceIpRangesToNats: ["ALL_IP_RANGES"],
        })),
      },
      { router: [urnOf(computeType("Router"), nat.router)], subnetworks: subnets },
    ),
  ];
}

function gcpRule(
  record: GcpRuleRecord,
  policy: string,
  values: ReadonlyMap<string, string>,
): RawResource {
  const { name, priority, direction, action, segment, peerSegment, ranges, ipProtocol, ports } =
    record;
  const side = direction === "INGRESS" ? "srcIpRanges" : "destIpRanges";
  const peers =
    peerSegment === undefined ? { [side]: ranges } : { srcSecureTags: [{ name: unknown }] };
  const target = segment === undefined ? {} : { targetSecureTags: [{ name: unknown }] };
  const config = ports.length === 0 ? { ipProtocol } : { ipProtocol, ports };
  const match = { ...peers, layer4Configs: [config] };
  return planned(
    computeType("NetworkFirewallPolicyRule"),
    name,
    { firewallPolicy: unknown, priority, direction, action, ...target, match },
    {
      firewallPolicy: [policy],
      ...(segment === undefined ? {} : { targetSecureTags: [values.get(segment) ?? ""] }),
      ...(peerSegment === undefined ? {} : { match: [values.get(peerSegment) ?? ""] }),
    },
  );
}
