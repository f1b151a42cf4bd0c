/** A state export is a plan on which everything is known. */
import assert from "node:assert/strict";
import { readExport } from "../../../../automation/engine/exported-state.ts";
import { makePlan } from "../../../../policy-packs/kit/plan.ts";
import { liftAws } from "../../../../policy-packs/lift/aws/topology.ts";
import { fateOf } from "./packet.ts";

const urn = (type: string, name: string) => `urn:pulumi:prod::shop::${type}::${name}`;
const vpcType = "aws:ec2/vpc:Vpc";
const groupType = "aws:ec2/securityGroup:SecurityGroup";

function entry(type: string, name: string, id: string, inputs: object, outputs: object = {}) {
  const known = { ...inputs, ...outputs };
  return { urn: urn(type, name), custom: true, id, type, inputs, outputs: known };
}

/** As `pulumi stack export` writes it: ids beside the outputs, dependencies only where recorded. */
const exported = JSON.stringify({
  version: 3,
  deployment: {
    manifest: { time: "2026-01-01T00:00:00Z", magic: "", version: "v3.0.0" },
    resources: [
      { urn: urn("pulumi:pulumi:Stack", "shop-prod"), custom: false, type: "pulumi:pulumi:Stack" },
      entry(
        vpcType,
        "vpc",
        "vpc-0a",
        { cidrBlock: "10.5.0.0/16", assignGeneratedIpv6CidrBlock: true },
        {
          ipv6CidrBlock: "2600:1f18:aaaa:bb00::/56",
          defaultSecurityGroupId: "sg-0default",
          mainRouteTableId: "rtb-0main",
        },
      ),
      entry("aws:ec2/subnet:Subnet", "subnet", "subnet-0a", {
        vpcId: "vpc-0a",
        cidrBlock: "10.5.1.0/24",
        ipv6CidrBlock: "2600:1f18:aaaa:bb01::/64",
      }),
      entry(groupType, "web", "sg-0web", {
        vpcId: "vpc-0a",
        egress: [{ protocol: "tcp", fromPort: 1, toPort: 65535, securityGroups: ["sg-0default"] }],
      }),
      entry("aws:ec2/securityGroupRule:SecurityGroupRule", "into-default", "sgrule-1", {
        type: "ingress",
        securityGroupId: "sg-0default",
        sourceSecurityGroupId: "sg-0web",
        protocol: "tcp",
        fromPort: 22,
        toPort: 22,
      }),
      entry("aws:ec2/route:Route", "to-internet", "r-1", {
        routeTableId: "rtb-0main",
        destinationIpv6CidrBlock: "::/0",
        gatewayId: "igw-0123",
      }),
      entry(
        "aws:ec2/instance:Instance",
        "caller",
        "i-0caller",
        { subnetId: "subnet-0a", vpcSecurityGroupIds: ["sg-0web"] },
        { privateIp: "10.5.1.7" },
      ),
      entry(
        "aws:ec2/instance:Instance",
        "plain",
        "i-0plain",
        { subnetId: "subnet-0a" },
        { privateIp: "10.5.1.8", vpcSecurityGroupIds: ["sg-0default"] },
      ),
    ],
  },
});

describe("AWS lift of a state export", () => {
  const { topology } = liftAws(makePlan(readExport(exported, "state.json")));
  const endpoint = (name: string) => topology.endpoints.find((one) => one.name === name);

  it("knows every address", () => {
    assert.deepEqual(topology.unknowns, []);
    assert.ok(topology.endpoints.every(({ unknownAddresses }) => unknownAddresses.length === 0));
    assert.deepEqual(endpoint("caller")?.addresses[0], { from: 0x0a050107n, to: 0x0a050107n });
  });

  it("finds what ids of a VPC's own group and table name", () => {
    assert.equal(fateOf(topology, "caller -> plain tcp/22"), "passes");
    assert.equal(fateOf(topology, "caller -> plain tcp/23"), "stopped");
    assert.equal(fateOf(topology, "plain@2600:1f18:aaaa:bb01::8 -> 2001:db8::1 tcp/443"), "passes");
    assert.equal(fateOf(topology, "plain -> 203.0.113.7 tcp/443"), "stopped");
  });
});
