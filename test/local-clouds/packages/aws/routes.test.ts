import assert from "node:assert/strict";
import type { Lab, Made } from "../../kit/lab.ts";
import { makeNetwork, type Network, openAws, textAt } from "./fixtures.ts";

const token = {
  table: "aws:ec2/routeTable:RouteTable",
  route: "aws:ec2/route:Route",
  association: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  gateway: "aws:ec2/internetGateway:InternetGateway",
  address: "aws:ec2/eip:Eip",
  nat: "aws:ec2/natGateway:NatGateway",
};
const anywhere = "0.0.0.0/0";

describe("AWS routes and gateways", () => {
  let lab: Lab;
  let network: Network;
  let table: Made;
  beforeEach(() => {
    lab = openAws();
    network = makeNetwork(lab);
    table = lab.create(token.table, "table", { vpcId: network.vpc.id });
  });
  afterEach(() => lab.close());

  const gatewayOf = (vpc: Made) =>
    lab.create(token.gateway, `gateway-${vpc.id}`, { vpcId: vpc.id });

  it("numbers a route by table and destination, and has each destination once", () => {
    const gatewayId = gatewayOf(network.vpc).id;
    const inputs = { routeTableId: table.id, destinationCidrBlock: anywhere, gatewayId };
    const made = lab.create(token.route, "out", inputs);
    // crc32("0.0.0.0/0"), as the provider's documentation shows it in its ids.
    assert.equal(made.id, `r-${table.id}1080289494`);
    assert.equal(made.outputs["state"], "active");
    assert.match(
      lab.refusal(() => lab.create(token.route, "again", inputs)),
      /RouteAlreadyExists/,
    );
  });

  it("judges destination and target before anything is planned", () => {
    const faults = (inputs: Record<string, string>) =>
      lab
        .checkFailures(token.route, "r", { routeTableId: table.id, ...inputs })
        .map(({ reason }) => reason);
    assert.match(faults({ destinationCidrBlock: anywhere })[0] ?? "", /gatewayId/);
    assert.match(faults({ gatewayId: "igw-1" })[0] ?? "", /destinationCidrBlock/);
    assert.match(
      faults({ destinationCidrBlock: anywhere, gatewayId: "igw-1", natGatewayId: "nat-1" })[0] ??
        "",
      /only one/,
    );
  });

  it("leads only to gateways that are there, of the same network", () => {
    const route = (inputs: Record<string, string>) => () =>
      lab.create(token.route, "r", {
        routeTableId: table.id,
        destinationCidrBlock: anywhere,
        ...inputs,
      });
    assert.match(lab.refusal(route({ gatewayId: "igw-0none" })), /InvalidGatewayID\.NotFound/);
    assert.match(
      lab.refusal(route({ natGatewayId: "nat-0none" })),
      /InvalidNatGatewayID\.NotFound/,
    );
    const stranger = gatewayOf(makeNetwork(lab, "other", "10.7.0.0/16").vpc);
    assert.match(lab.refusal(route({ gatewayId: stranger.id })), /belong to different networks/);
  });

  it("ties a subnet to one table of its network", () => {
    const subnetId = network.subnets[0].id;
    lab.create(token.association, "a", { routeTableId: table.id, subnetId });
    const second = lab.create(token.table, "second", { vpcId: network.vpc.id });
    const again = () => lab.create(token.association, "b", { routeTableId: second.id, subnetId });
    assert.match(lab.refusal(again), /Resource\.AlreadyAssociated/);
    const other = makeNetwork(lab, "other", "10.7.0.0/16").subnets[0].id;
    assert.match(
      lab.refusal(() =>
        lab.create(token.association, "c", { routeTableId: table.id, subnetId: other }),
      ),
      /different networks/,
    );
    assert.match(
      lab.refusal(() => lab.delete(table)),
      /DependencyViolation/,
    );
  });

  it("knows the main table that an association takes the place of", () => {
    const made = lab.create("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", "main", {
      vpcId: network.vpc.id,
      routeTableId: table.id,
    });
    assert.equal(made.outputs["originalRouteTableId"], textAt(network.vpc, "mainRouteTableId"));
  });

  it("gives a NAT gateway its address, once, where the network has a way out", () => {
    const address = lab.create(token.address, "address", { domain: "vpc" });
    const inputs = { subnetId: network.subnets[0].id, allocationId: address.id };
    const create = () => lab.create(token.nat, "nat", inputs);
    assert.match(lab.refusal(create), /Gateway\.NotAttached/);
    gatewayOf(network.vpc);
    const made = create();
    assert.equal(made.outputs["publicIp"], address.outputs["publicIp"]);
    assert.match(
      lab.refusal(() => lab.create(token.nat, "more", inputs)),
      /Resource\.AlreadyAssociated/,
    );
    assert.match(
      lab.refusal(() => lab.create(token.nat, "none", { subnetId: inputs.subnetId })),
      /MissingParameter/,
    );
    assert.match(
      lab.refusal(() => lab.delete(address)),
      /InvalidIPAddress\.InUse/,
    );
  });

  it("attaches one internet gateway per network", () => {
    gatewayOf(network.vpc);
    assert.match(
      lab.refusal(() => lab.create(token.gateway, "two", { vpcId: network.vpc.id })),
      /AlreadyAssociated/,
    );
  });

  it("keeps ACL rule numbers apart", () => {
    const acl = lab.create("aws:ec2/networkAcl:NetworkAcl", "acl", { vpcId: network.vpc.id });
    const rule = (name: string, ruleNumber: number) =>
      lab.create("aws:ec2/networkAclRule:NetworkAclRule", name, {
        networkAclId: acl.id,
        ruleNumber,
        protocol: "tcp",
        ruleAction: "deny",
        cidrBlock: anywhere,
      });
    rule("a", 100);
    assert.match(
      lab.refusal(() => rule("b", 100)),
      /NetworkAclEntryAlreadyExists/,
    );
    assert.match(
      lab.refusal(() => rule("c", 40_000)),
      /InvalidParameterValue/,
    );
  });

  it("opens an endpoint to a service by gateway or by interface", () => {
    const endpoint = (name: string, inputs: Record<string, string>) =>
      lab.create("aws:ec2/vpcEndpoint:VpcEndpoint", name, { vpcId: network.vpc.id, ...inputs });
    const s3 = endpoint("s3", { serviceName: "com.amazonaws.eu-central-1.s3" });
    assert.match(textAt(s3, "prefixListId"), /^pl-/);
    assert.match(
      lab.refusal(() => endpoint("ecr", { serviceName: "com.amazonaws.eu-central-1.ecr.api" })),
      /InvalidParameter/,
    );
    const sts = endpoint("sts", {
      serviceName: "com.amazonaws.eu-central-1.sts",
      vpcEndpointType: "Interface",
    });
    assert.deepEqual(sts.outputs["securityGroupIds"], [
      network.vpc.outputs["defaultSecurityGroupId"],
    ]);
  });
});
