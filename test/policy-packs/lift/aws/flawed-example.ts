/**
 * The three tiers of the flawed example in AWS, as plain resources: the port between web and app is
 * wrong, IPv6 is forgotten, and nothing leads to the other clouds. Tags say which tier is which.
 */

import type { NetworkIntent } from "../../../../model/network/intent.ts";
import { allow, internet } from "../../../../model/network/intent.ts";
import { markTags } from "../../../../model/network/marks.ts";
import type { Written } from "./program.ts";
import { later, ref } from "./program.ts";
import { aclEntry, gateway, inline, resource, subnet, table, vpc } from "./resources.ts";

/** What was meant. */
export const tiersIntent: NetworkIntent = {
  places: [{ name: "aws", cloud: "aws", region: "us-east-1", cidr4: "10.0.0.0/16" }],
  segments: ["web", "app", "data"].map((name) => ({ name, purpose: name, egress: "none" })),
  flows: [
    allow(internet, "web", "tcp/443", "people use the shop"),
    allow("web", "app", "tcp/8080", "pages ask the business logic"),
    allow("app", "data", "tcp/5432", "business logic keeps its records"),
  ],
};

/** Groups and where they stand; `web` to `app` by the database's port. */
export const flawedProgram: readonly Written[] = [
  vpc("vpc", "10.0.0.0/16", { assignGeneratedIpv6CidrBlock: true }),
  resource("ec2/defaultSecurityGroup:DefaultSecurityGroup", "default", { vpcId: ref("vpc") }),
  gateway("igw", "vpc"),
  ...["web", "app", "data"].map((name, index) =>
    subnet(`${name}-subnet`, "vpc", `10.0.${index + 1}.0/24`, {
      ipv6CidrBlock: later,
      tags: markTags({ place: "aws", segment: name }),
    }),
  ),
  ...table(
    "public",
    "vpc",
    [
      { cidrBlock: "0.0.0.0/0", gatewayId: ref("igw") },
      { ipv6CidrBlock: "::/0", gatewayId: ref("igw") },
    ],
    ["web-subnet"],
  ),
  tier("web", {
    ingress: [inline("tcp/443", { cidrBlocks: ["0.0.0.0/0"] })],
    egress: [inline("tcp/3306", { securityGroups: [ref("app")] })],
  }),
  // Two groups that name each other inline would be a circle, so one side stands apart.
  tier("app", {}),
  rule("app-in", "Ingress", "app", 3306, "web"),
  rule("app-out", "Egress", "app", 5432, "data"),
  tier("data", {}),
  rule("data-in", "Ingress", "data", 5432, "app"),
];

function tier(name: string, rules: Readonly<Record<string, unknown>>): Written {
  return resource("ec2/securityGroup:SecurityGroup", name, {
    vpcId: ref("vpc"),
    tags: markTags({ place: "aws", segment: name }),
    ...rules,
  });
}

function rule(
  name: string,
  kind: "Ingress" | "Egress",
  group: string,
  port: number,
  peer: string,
): Written {
  return resource(`vpc/securityGroup${kind}Rule:SecurityGroup${kind}Rule`, name, {
    securityGroupId: ref(group),
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    referencedSecurityGroupId: ref(peer),
  });
}

/** A rule that would let the web tier call everywhere: the routes still decide where that is. */
export const webCallsEverywhere: Written = resource(
  "vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "web-everywhere",
  { securityGroupId: ref("web"), ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" },
);

/** The same with what was wrong made right. */
export const correctedProgram: readonly Written[] = [
  ...flawedProgram.filter(({ name }) => name !== "web" && name !== "app-in"),
  tier("web", {
    ingress: [inline("tcp/443", { cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] })],
    egress: [inline("tcp/8080", { securityGroups: [ref("app")] })],
  }),
  rule("app-in", "Ingress", "app", 8080, "web"),
];

/** A network ACL around the app tier: `replies` are let out to clients' ports, or forgotten. */
export function withAcl(replies: boolean): Written[] {
  const all = { cidrBlock: "10.0.0.0/16" };
  return [
    ...correctedProgram,
    resource("ec2/networkAcl:NetworkAcl", "app-acl", {
      vpcId: ref("vpc"),
      subnetIds: [ref("app-subnet")],
      ingress: [
        aclEntry(100, "allow", "tcp/8080", all),
        aclEntry(110, "allow", "tcp/1024-65535", all),
      ],
      egress: [
        aclEntry(100, "allow", "tcp/5432", all),
        ...(replies ? [aclEntry(110, "allow", "tcp/1024-65535", all)] : []),
      ],
    }),
  ];
}
