/** Two segments and two flows, as each cloud would plan them, right and wrong. */
import type { Cloud, NetworkIntent } from "../../../model/network/intent.ts";
import { markDescription, markTags } from "../../../model/network/marks.ts";
import type { Example, ExampleResource } from "../../../model/policy/rule.ts";
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
const ranges = {
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

function plan(
  cloud: Cloud,
  ...resources: ExampleResource[]
): readonly [ExampleResource, ...ExampleResource[]] {
  const intent = intentIn(cloud) as unknown as Json;
  return [{ type: segmentationType, name: "segmentation", props: { intent } }, ...resources];
}

function awsGroup(segment: Segment): ExampleResource {
  const tags = markTags({ place: "here", segment });
  return { type: awsRuleTypes.group, name: segment, props: { vpcId: unknownHere, tags } };
}

function awsRule(name: string, type: string, group: Segment, props: Props, peer?: Segment) {
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

/** Ids are unknown, as at a first preview; only what the engine recorded tells who is meant. */
function awsPlan(...extra: ExampleResource[]) {
  const { ingress, egress } = awsRuleTypes;
  const https = { fromPort: 443, toPort: 443 };
  const http = { fromPort: 8080, toPort: 8080 };
  return plan(
    "aws",
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

function azureRule(name: string, group: Segment, direction: string, props: Props): ExampleResource {
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

function azureSubnet(segment: Segment): ExampleResource {
  return {
    type: azureRuleTypes.subnet,
    name: `${segment}-subnet`,
    props: {
      addressPrefixes: [ranges[segment], ranges.azure6[segment]],
      networkSecurityGroup: { id: unknownHere },
    },
    dependsOn: { networkSecurityGroup: [segment] },
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

function azurePlan(...extra: ExampleResource[]) {
  const to = (destinationAddressPrefix: string) => ({
    destinationPortRange: "8080",
    destinationAddressPrefix,
  });
  const { web, app } = ranges.azure6;
  return plan(
    "azure",
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

function gcpRule(
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

function gcpPlan(...extra: ExampleResource[]) {
  const tag = (segment: Segment): ExampleResource => ({
    type: gcpRuleTypes.tagValue,
    name: segment,
    props: {
      shortName: segment,
      description: markDescription({ place: "here", segment }),
    },
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
      dependsOn: { firewallPolicy: ["policy"] },
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

const ssh = azureRule("ssh", "app", "Inbound", {
  priority: 200,
  destinationPortRange: "22",
});

/** Right and wrong plans of all clouds. */
export const networkExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "SSH from anywhere on Azure's app tier, written by hand",
    expect: "fail",
    resources: azurePlan(ssh),
    witness: "app (10.1.16.0) tcp/22 is let through",
  },
  {
    kind: "violating",
    says: "Azure's own rules let the whole network in where no deny stands before them",
    expect: "fail",
    resources: without(azurePlan(), "app-deny-Inbound"),
    witness: "AllowVnetInBound",
  },
  {
    kind: "violating",
    says: "a subnet whose group was taken away",
    expect: "fail",
    resources: without(azurePlan(), "app-subnet", {
      type: azureRuleTypes.subnet,
      name: "bare",
      props: { addressPrefixes: [ranges.app, ranges.azure6.app] },
    }),
    witness: "no planned firewall guards app",
  },
  {
    kind: "violating",
    says: "a declared flow that AWS stops",
    expect: "fail",
    resources: without(awsPlan(), "web-out"),
    path: "intent.flows",
    witness: "web (10.1.0.0) → app (10.1.16.0) tcp/8080 is declared but stopped",
  },
  {
    kind: "violating",
    says: "a group that may call out everywhere",
    expect: "fail",
    resources: awsPlan(
      awsRule("out", awsRuleTypes.egress, "app", { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" }),
    ),
    witness: "app (10.1.16.0) → internet",
  },
  {
    kind: "violating",
    says: "a VPC firewall beside the policy in GCP",
    expect: "fail",
    resources: gcpPlan({
      type: gcpRuleTypes.firewall,
      name: "shortcut",
      props: {
        network: "net",
        allows: [{ protocol: "tcp", ports: ["5432"] }],
        sourceRanges: ["198.51.100.0/24"],
      },
    }),
    witness: "tcp/5432 is let through",
  },
  {
    kind: "violating",
    says: "a policy in GCP that is attached to no network",
    expect: "fail",
    resources: without(gcpPlan(), "attached"),
    witness: "GCP's implied rule allows what goes out",
  },
  { kind: "clean", says: "AWS as declared", expect: "pass", resources: awsPlan() },
  { kind: "clean", says: "Azure as declared", expect: "pass", resources: azurePlan() },
  { kind: "clean", says: "GCP as declared", expect: "pass", resources: gcpPlan() },
  {
    kind: "unknown",
    says: "a rule whose ports are not known",
    expect: "unknown",
    resources: awsPlan(
      awsRule("later", awsRuleTypes.ingress, "app", {
        fromPort: unknownHere,
        cidrIpv4: "10.9.0.0/16",
      }),
    ),
    path: "fromPort",
  },
  {
    kind: "unknown",
    says: "a missing flow may still be let through by what is not known",
    expect: "unknown",
    resources: without(
      awsPlan(awsRule("later", awsRuleTypes.egress, "web", { cidrIpv4: unknownHere })),
      "web-out",
    ),
    path: "cidrIpv4",
  },
  {
    kind: "absent",
    says: "no firewall planned at all",
    expect: "fail",
    resources: plan("azure"),
    witness: "no planned firewall guards",
  },
];

function without(
  [first, ...rest]: readonly [ExampleResource, ...ExampleResource[]],
  name: string,
  ...instead: ExampleResource[]
): readonly [ExampleResource, ...ExampleResource[]] {
  return [first, ...rest.filter((resource) => resource.name !== name), ...instead];
}
