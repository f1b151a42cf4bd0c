import assert from "node:assert/strict";
import { nativesBeside } from "../../../../local-clouds/lifecycle/natives.ts";
import { probe } from "../../../../local-clouds/probe/packet/probe.ts";
import type { Lab } from "../../kit/lab.ts";
import { account, makeNetwork, openAws, region, textAt } from "./fixtures.ts";

const token = {
  vpc: "aws:ec2/vpc:Vpc",
  subnet: "aws:ec2/subnet:Subnet",
  group: "aws:ec2/securityGroup:SecurityGroup",
  instance: "aws:ec2/instance:Instance",
  route: "aws:ec2/route:Route",
  getVpc: "aws:ec2/getVpc:getVpc",
  getSubnets: "aws:ec2/getSubnets:getSubnets",
};

describe("the default network of an AWS account", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openAws();
  });
  afterEach(() => lab.close());

  const found = (from: Lab = lab) => String(from.invoke(token.getVpc, { default: true })["id"]);

  it("is there from the beginning, the same every time, and no part of the world's state", () => {
    const id = found();
    assert.match(id, /^vpc-0[0-9a-f]{16}$/);
    const another = openAws();
    assert.equal(found(another), id);
    another.close();
    assert.equal(lab.size(), 0);
    const told = lab.invoke(token.getVpc, { id });
    assert.equal(told["cidrBlock"], "172.31.0.0/16");
    assert.deepEqual(
      ["tagsAll", "defaultSecurityGroupId", "ipv6NetmaskLength"].filter((key) => key in told),
      [],
    );
    const filters = [{ name: "vpc-id", values: [id] }];
    assert.equal((lab.invoke(token.getSubnets, { filters })["ids"] as string[]).length, 3);
  });

  it("is another one in every region and account", () => {
    const elsewhere = lab.with("aws", { region: "us-east-1" });
    const stranger = lab.with("aws", { region, allowedAccountIds: ["210987654321"] });
    assert.equal(new Set([found(), found(elsewhere), found(stranger)]).size, 3);
    assert.equal((elsewhere.invoke(token.getSubnets, {})["ids"] as string[]).length, 6);
    assert.match(
      lab.refusal(() =>
        lab.create(token.subnet, "far", { vpcId: found(elsewhere), cidrBlock: "172.31.128.0/20" }),
      ),
      /InvalidVpcID\.NotFound/,
    );
  });

  it("does not answer for networks that programs made", () => {
    const { vpc } = makeNetwork(lab);
    assert.notEqual(found(), vpc.id);
    assert.equal(lab.invoke(token.getVpc, { id: vpc.id, default: false })["id"], vpc.id);
    assert.equal((lab.invoke("aws:ec2/getVpcs:getVpcs")["ids"] as string[]).length, 2);
  });

  it("takes groups and machines that name no network", () => {
    const group = lab.create(token.group, "web", {});
    assert.equal(group.outputs["vpcId"], found());
    const machine = lab.create(token.instance, "web", {
      ami: "ami-0123456789abcdef0",
      instanceType: "t3.micro",
      availabilityZone: `${region}b`,
    });
    const subnet = lab.read(token.subnet, textAt(machine, "subnetId"));
    assert.equal(subnet?.outputs["availabilityZone"], `${region}b`);
    assert.match(textAt(machine, "privateIp"), /^172\.31\.(1[6-9]|2\d|3[01])\./);
    assert.match(textAt(machine, "publicIp"), /^3\./);
    assert.deepEqual(machine.outputs["vpcSecurityGroupIds"], [
      lab.invoke("aws:ec2/getSecurityGroup:getSecurityGroup", { name: "default" })["id"],
    ]);
  });

  it("keeps the names of its groups apart, and machines out of foreign ones", () => {
    lab.create(token.group, "one", { name: "web" });
    assert.match(
      lab.refusal(() => lab.create(token.group, "two", { name: "web", vpcId: found() })),
      /InvalidGroup\.Duplicate/,
    );
    const { vpc } = makeNetwork(lab);
    const group = lab.create(token.group, "far", { vpcId: vpc.id });
    assert.match(
      lab.refusal(() =>
        lab.create(token.instance, "web", {
          ami: "ami-0123456789abcdef0",
          instanceType: "t3.micro",
          vpcSecurityGroupIds: [group.id],
        }),
      ),
      /belong to different networks/,
    );
  });

  it("has its main route and its ranges taken", () => {
    const routeTableId = textAt(
      lab.create("aws:ec2/defaultVpc:DefaultVpc", "d", {}),
      "mainRouteTableId",
    );
    const { vpc } = makeNetwork(lab);
    const gateway = lab.create("aws:ec2/internetGateway:InternetGateway", "g", { vpcId: vpc.id });
    const open = { routeTableId, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id };
    assert.match(
      lab.refusal(() => lab.create(token.route, "r", open)),
      /RouteAlreadyExists/,
    );
    assert.match(
      lab.refusal(() =>
        lab.create(token.subnet, "s", { vpcId: found(), cidrBlock: "172.31.16.0/24" }),
      ),
      /InvalidSubnet\.Conflict/,
    );
  });

  it("lets packets from the internet to a machine in it, where its group does", () => {
    const ingress = [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }];
    const group = lab.create(token.group, "web", { ingress });
    const machine = lab.create(token.instance, "web", {
      ami: "ami-0123456789abcdef0",
      instanceType: "t3.micro",
      vpcSecurityGroupIds: [group.id],
    });
    const verdict = (port: number) => {
      const question = { from: "internet", to: machine.id, protocol: "tcp", port };
      return probe(lab.clouds.world, question, nativesBeside(lab.clouds)).verdict;
    };
    assert.deepEqual([verdict(80), verdict(22)], ["arrives", "dropped"]);
  });

  it("is adopted and let go, and stays", () => {
    const vpc = lab.create("aws:ec2/defaultVpc:DefaultVpc", "d", { tags: { Name: "d" } });
    assert.equal(vpc.id, found());
    assert.equal(vpc.outputs["arn"], `arn:aws:ec2:${region}:${account}:vpc/${vpc.id}`);
    assert.equal(vpc.outputs["existingDefaultVpc"], true);
    const subnet = lab.create("aws:ec2/defaultSubnet:DefaultSubnet", "s", {
      availabilityZone: `${region}a`,
    });
    assert.equal(subnet.outputs["vpcId"], vpc.id);
    assert.match(
      lab.refusal(() =>
        lab.create("aws:ec2/defaultSubnet:DefaultSubnet", "x", { availabilityZone: "us-east-1a" }),
      ),
      /InvalidParameterValue/,
    );
    const group = lab.create("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "g", {});
    assert.equal(group.id, vpc.outputs["defaultSecurityGroupId"]);
    for (const one of [group, subnet, vpc]) lab.delete(one);
    assert.equal(lab.size(), 0);
    assert.equal(found(), vpc.id);
  });
});
