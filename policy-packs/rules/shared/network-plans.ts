/** Two segments and two flows, as each cloud would plan them: what network examples start from. */
import type { Cloud, NetworkIntent } from "../../../model/network/intent.ts";
import { markDescription, markTags } from "../../../model/network/marks.ts";
import type { ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { awsRuleTypes } from "../../lift/aws-rules.ts";
import { azureRuleTypes } from "../../lift/azure-rules.ts";
import { gcpRuleTypes } from "../../lift/gcp-rules.ts";

/** The component that carries the declared flows. */
export const segmentationType = "bulkhead:index:Segmentation";

type Segment = "web" | "app";
type Props = { readonly [key: string]: Json };

/** AWS assigns its IPv6 range itself; the others are given one. */
const family6: Record<Cloud, { cidr6?: string }> = {
  aws: {},
  azure: { cidr6: "fd00:db8:1::/48" },
  gcp: { cidr6: "fd20:db8:1::/48" },
};

/** The address plan of the intent: IPv4 and IPv6 of each segment. */
export const ranges = {
  web: "10.1.0.0/20",
  app: "10.1.16.0/20",
  azure6: { web: "fd00:db8:1::/64", app: "fd00:db8:1:1::/64" },
  gcp6: { web: "fd20:db8:1::/64", app: "fd20:db8:1:1::/64" },
} as const;

function intentIn(cloud: Cloud): NetworkIntent {
  return {
    places: [{ name: "here", cloud, region: "somewhere", cidr4: "10.1.0.0/16", ...family6[cloud] }],
    segments: [
      { name: "web", purpose: "pages", egress: "none" },
      { name: "app", purpose: "logic", egress: "none" },
    ],
    flows: [
      { from: "internet", to: "web", ports: "tcp/443", because: "people read pages" },
      { from: "web", to: "app", ports: "tcp/8080", because: "pages need logic" },
    ],
  };
}

/** A plan of the segmentation component in one cloud and these resources. */
export function plan(
  cloud: Cloud,
  ...resources: ExampleResource[]
): readonly [ExampleResource, ...ExampleResource[]] {
  const intent = intentIn(cloud) as unknown as Json;
  return [{ type: segmentationType, name: "segmentation", props: { intent } }, ...resources];
}

function awsGroup(segment: Segment): ExampleResource {
  const tags = markTags({ place: "here", segment });
  const props = { vpcId: unknownHere, tags };
  return { type: awsRuleTypes.group, name: segment, props, dependsOn: { vpcId: ["vpc"] } };
}

function awsSubnet(segment: Segment): ExampleResource {
  return {
    type: "aws:ec2/subnet:Subnet",
    name: `${segment}-subnet`,
    props: {
      vpcId: unknownHere,
      cidrBlock: ranges[segment],
      ipv6CidrBlock: unknownHere,
      tags: markTags({ place: "here", segment }),
    },
    dependsOn: { vpcId: ["vpc"], ipv6CidrBlock: ["vpc"] },
  };
}

/** A VPC with a subnet for each segment; AWS assigns its IPv6 range. */
const awsNetwork: readonly ExampleResource[] = [
  {
    type: "aws:ec2/vpc:Vpc",
    name: "vpc",
    props: { cidrBlock: "10.1.0.0/16", assignGeneratedIpv6CidrBlock: true },
  },
  {
    type: awsRuleTypes.defaultGroup,
    name: "default-group",
    props: { vpcId: unknownHere, ingress: [], egress: [] },
    dependsOn: { vpcId: ["vpc"] },
  },
  awsSubnet("web"),
  awsSubnet("app"),
];

/** A standalone rule of a group, its ids unknown. */
export function awsRule(name: string, type: string, group: Segment, props: Props, peer?: Segment) {
  const reference = peer === undefined ? undefined : { referencedSecurityGroupId: unknownHere };
  return {
    type,
    name,
    props: { securityGroupId: unknownHere, ipProtocol: "tcp", ...reference, ...props },
    dependsOn: {
      securityGroupId: [group],
      ...(peer === undefined ? {} : { referencedSecurityGroupId: [peer] }),
    },
  };
}

/**
 * AWS as declared, and more. Ids are unknown, as at a first preview; only what the engine recorded
 * tells who is meant.
 */
export function awsPlan(...extra: ExampleResource[]) {
  const { ingress, egress } = awsRuleTypes;
  const https = { fromPort: 443, toPort: 443 };
  const http = { fromPort: 8080, toPort: 8080 };
  return plan(
    "aws",
    ...awsNetwork,
    awsGroup("web"),
    awsGroup("app"),
    awsRule("web-in4", ingress, "web", { ...https, cidrIpv4: "0.0.0.0/0" }),
    awsRule("web-in6", ingress, "web", { ...https, cidrIpv6: "::/0" }),
    awsRule("web-out", egress, "web", http, "app"),
    awsRule("app-in", ingress, "app", http, "web"),
    ...extra,
  );
}

function azureGroup(segment: Segment): ExampleResource {
  const tags = markTags({ place: "here", segment });
  const props = { networkSecurityGroupName: `${segment}-nsg`, tags };
  return { type: azureRuleTypes.group, name: segment, props };
}

/** A standalone rule of a group, an allow from everywhere unless told otherwise. */
export function azureRule(
  name: string,
  group: Segment,
  direction: string,
  props: Props,
): ExampleResource {
  return {
    type: azureRuleTypes.rule,
    name,
    props: {
      networkSecurityGroupName: unknownHere,
      direction,
      access: "Allow",
      priority: 100,
      protocol: "Tcp",
      sourcePortRange: "*",
      sourceAddressPrefix: "*",
      destinationAddressPrefix: "*",
      ...props,
    },
    dependsOn: { networkSecurityGroupName: [group] },
  };
}

/** The virtual network of the subnets. */
const azureNetwork: ExampleResource = {
  type: "azure-native:network:VirtualNetwork",
  name: "vnet",
  props: { addressSpace: { addressPrefixes: ["10.1.0.0/16", "fd00:db8:1::/48"] } },
};

function azureSubnet(segment: Segment, guarded = true): ExampleResource {
  return {
    type: azureRuleTypes.subnet,
    name: `${segment}-subnet`,
    props: {
      virtualNetworkName: unknownHere,
      addressPrefixes: [ranges[segment], ranges.azure6[segment]],
      ...(guarded ? { networkSecurityGroup: { id: unknownHere } } : {}),
    },
    dependsOn: {
      virtualNetworkName: ["vnet"],
      ...(guarded ? { networkSecurityGroup: [segment] } : {}),
    },
  };
}

function azureDeny(segment: Segment, direction: string): ExampleResource {
  return azureRule(`${segment}-deny-${direction}`, segment, direction, {
    access: "Deny",
    priority: 4096,
    protocol: "*",
    destinationPortRange: "*",
  });
}

/** Azure as declared, and more. */
export function azurePlan(...extra: ExampleResource[]) {
  const to = (destinationAddressPrefix: string) => ({
    destinationPortRange: "8080",
    destinationAddressPrefix,
  });
  const { web, app } = ranges.azure6;
  return plan(
    "azure",
    azureNetwork,
    ...(["web", "app"] as const).flatMap((segment) => [
      azureGroup(segment),
      azureSubnet(segment),
      azureDeny(segment, "Inbound"),
      azureDeny(segment, "Outbound"),
    ]),
    azureRule("web-in", "web", "Inbound", { destinationPortRange: "443" }),
    azureRule("web-out4", "web", "Outbound", to(ranges.app)),
    azureRule("web-out6", "web", "Outbound", { ...to(app), priority: 101 }),
    azureRule("app-in4", "app", "Inbound", { ...to(ranges.app), sourceAddressPrefix: ranges.web }),
    azureRule("app-in6", "app", "Inbound", { ...to(app), sourceAddressPrefix: web, priority: 101 }),
    ...extra,
  );
}

/** A rule of the policy; `from` in the match names a segment by its tag. */
export function gcpRule(
  name: string,
  priority: number,
  direction: string,
  match: Props,
  target?: Segment,
  action = "allow",
): ExampleResource {
  const targets = target === undefined ? {} : { targetSecureTags: [{ name: unknownHere }] };
  const source = match["from"];
  const { from: _, ...rest } = match;
  const tags = source === undefined ? {} : { srcSecureTags: [{ name: unknownHere }] };
  return {
    type: gcpRuleTypes.policyRule,
    name,
    props: {
      firewallPolicy: unknownHere,
      priority,
      direction,
      action,
      match: { ...rest, ...tags },
      ...targets,
    },
    dependsOn: {
      firewallPolicy: ["policy"],
      ...(target === undefined ? {} : { targetSecureTags: [target] }),
      ...(source === undefined ? {} : { match: [String(source)] }),
    },
  };
}

/** A VPC firewall of the network for somebody outside. */
export function gcpFirewall(name: string, props: Props): ExampleResource {
  const type = gcpRuleTypes.firewall;
  return {
    type,
    name,
    props: { network: unknownHere, sourceRanges: ["198.51.100.0/24"], ...props },
    dependsOn: { network: ["network"] },
  };
}

/** Every protocol from one range. */
export function gcpAll(range: string): Props {
  return { layer4Configs: [{ ipProtocol: "all" }], srcIpRanges: [range] };
}

/** A network, and whether the policy is read before or after VPC firewalls. */
function gcpNetwork(order: Props): ExampleResource {
  return {
    type: gcpRuleTypes.network,
    name: "network",
    props: {
      autoCreateSubnetworks: false,
      description: markDescription({ place: "here" }),
      ...order,
    },
  };
}

/** The order that every network has unless told otherwise. */
export const gcpPolicyLast: Props = {};
export const gcpPolicyFirst: Props = {
  networkFirewallPolicyEnforcementOrder: "BEFORE_CLASSIC_FIREWALL",
};

function gcpSubnet(segment: Segment): ExampleResource {
  return {
    type: "gcp:compute/subnetwork:Subnetwork",
    name: `${segment}-subnet`,
    props: {
      network: unknownHere,
      ipCidrRange: ranges[segment],
      internalIpv6Prefix: ranges.gcp6[segment],
      stackType: "IPV4_IPV6",
      ipv6AccessType: "INTERNAL",
      region: "somewhere",
      description: markDescription({ place: "here", segment }),
    },
    dependsOn: { network: ["network"] },
  };
}

/** GCP as declared, and more. */
export function gcpPlan(order: Props, ...extra: ExampleResource[]) {
  const tag = (segment: Segment): ExampleResource => ({
    type: gcpRuleTypes.tagValue,
    name: segment,
    props: {
      parent: unknownHere,
      shortName: segment,
      description: markDescription({ place: "here", segment }),
    },
    dependsOn: { parent: ["key"] },
  });
  const tcp = (port: string) => ({ layer4Configs: [{ ipProtocol: "tcp", ports: [port] }] });
  const all = { layer4Configs: [{ ipProtocol: "all" }] };
  const { app } = ranges.gcp6;
  return plan(
    "gcp",
    {
      type: gcpRuleTypes.policy,
      name: "policy",
      props: { description: markDescription({ place: "here" }) },
    },
    {
      type: gcpRuleTypes.association,
      name: "attached",
      props: { firewallPolicy: unknownHere, attachmentTarget: unknownHere },
      dependsOn: { firewallPolicy: ["policy"], attachmentTarget: ["network"] },
    },
    gcpNetwork(order),
    gcpSubnet("web"),
    gcpSubnet("app"),
    {
      type: "gcp:tags/tagKey:TagKey",
      name: "key",
      props: { purpose: "GCE_FIREWALL", purposeData: { network: unknownHere } },
      dependsOn: { purposeData: ["network"] },
    },
    tag("web"),
    tag("app"),
    gcpRule("web-in4", 100, "INGRESS", { ...tcp("443"), srcIpRanges: ["0.0.0.0/0"] }, "web"),
    gcpRule("web-in6", 101, "INGRESS", { ...tcp("443"), srcIpRanges: ["::/0"] }, "web"),
    gcpRule("web-out4", 102, "EGRESS", { ...tcp("8080"), destIpRanges: [ranges.app] }, "web"),
    gcpRule("web-out6", 105, "EGRESS", { ...tcp("8080"), destIpRanges: [app] }, "web"),
    gcpRule("app-in", 103, "INGRESS", { ...tcp("8080"), from: "web" }, "app"),
    gcpRule("deny4", 9000, "EGRESS", { ...all, destIpRanges: ["0.0.0.0/0"] }, undefined, "deny"),
    gcpRule("deny6", 9001, "EGRESS", { ...all, destIpRanges: ["::/0"] }, undefined, "deny"),
    ...extra,
  );
}

/** The subnet of Azure's app tier without its group. */
export const azureBareSubnet = azureSubnet("app", false);

/** The plan without the resource of a name, and others instead. */
export function without(
  [first, ...rest]: readonly [ExampleResource, ...ExampleResource[]],
  name: string,
  ...instead: ExampleResource[]
): readonly [ExampleResource, ...ExampleResource[]] {
  return [first, ...rest.filter((resource) => resource.name !== name), ...instead];
}
