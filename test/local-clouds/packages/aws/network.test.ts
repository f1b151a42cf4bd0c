import assert from "node:assert/strict";
import { type Lab, unknown } from "../../kit/lab.ts";
import { account, makeNetwork, openAws, region, textAt } from "./fixtures.ts";

const vpcToken = "aws:ec2/vpc:Vpc";
const subnetToken = "aws:ec2/subnet:Subnet";

describe("AWS networks", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openAws();
  });
  afterEach(() => lab.close());

  it("gives ids, ARN and IPv6 block, and makes the default group, table and ACL", () => {
    const { vpc } = makeNetwork(lab);
    assert.match(vpc.id, /^vpc-0[0-9a-f]{16}$/);
    assert.equal(vpc.outputs["arn"], `arn:aws:ec2:${region}:${account}:vpc/${vpc.id}`);
    assert.match(
      textAt(vpc, "ipv6CidrBlock"),
      /^2600:1f18:[1-9a-f][0-9a-f]*(:[1-9a-f][0-9a-f]*00)?::\/56$/,
    );
    const group = lab.read(
      "aws:ec2/securityGroup:SecurityGroup",
      textAt(vpc, "defaultSecurityGroupId"),
    );
    assert.equal(group?.outputs["vpcId"], vpc.id);
    assert.equal(group?.outputs["name"], "default");
    assert.ok(lab.read("aws:ec2/routeTable:RouteTable", textAt(vpc, "mainRouteTableId")));
    assert.ok(lab.read("aws:ec2/networkAcl:NetworkAcl", textAt(vpc, "defaultNetworkAclId")));
  });

  it("shows region and tags at preview, and no id that only the service can give", () => {
    const tagged = lab.with("aws", { region, defaultTags: { tags: { owner: "platform" } } });
    const outputs = tagged.preview(vpcToken, "main", {
      cidrBlock: "10.0.0.0/16",
      tags: { name: "main" },
    });
    assert.deepEqual(outputs["tagsAll"], { owner: "platform", name: "main" });
    assert.equal(outputs["region"], region);
    assert.equal("arn" in outputs, false);
    assert.equal("defaultSecurityGroupId" in outputs, false);
  });

  it("refuses networks outside /16 to /28 and a network without a range", () => {
    const create = (cidrBlock: string) => () => lab.create(vpcToken, "main", { cidrBlock });
    assert.match(lab.refusal(create("10.0.0.0/8")), /InvalidVpc\.Range/);
    assert.match(lab.refusal(create("10.0.0.0/29")), /InvalidVpc\.Range/);
    assert.match(
      lab.refusal(() => lab.create(vpcToken, "main", {})),
      /MissingParameter/,
    );
  });

  it("replaces a network whose range changes and updates one whose tags change", () => {
    const { vpc } = makeNetwork(lab);
    const same = { cidrBlock: "10.0.0.0/16", assignGeneratedIpv6CidrBlock: true };
    assert.deepEqual(lab.diff(vpc, { ...same, cidrBlock: "10.1.0.0/16" }).replaces, ["cidrBlock"]);
    const retagged = lab.diff(vpc, { ...same, tags: { a: "b" } });
    assert.deepEqual([...retagged.changed], ["tags", "tagsAll"]);
    assert.deepEqual(retagged.replaces, []);
  });

  it("keeps subnets inside their network, apart from each other, in zones that exist", () => {
    const { vpc } = makeNetwork(lab);
    const create = (inputs: Record<string, string>) => () =>
      lab.create(subnetToken, "more", { vpcId: vpc.id, ...inputs });
    assert.match(lab.refusal(create({ cidrBlock: "10.0.1.128/25" })), /InvalidSubnet\.Conflict/);
    assert.match(lab.refusal(create({ cidrBlock: "10.1.0.0/24" })), /InvalidSubnet\.Range/);
    assert.match(lab.refusal(create({ cidrBlock: "10.0.9.0/29" })), /InvalidSubnet\.Range/);
    assert.match(
      lab.refusal(create({ cidrBlock: "10.0.9.0/24", ipv6CidrBlock: "2001:db8::/64" })),
      /InvalidSubnet\.Range/,
    );
    assert.match(
      lab.refusal(create({ cidrBlock: "10.0.9.0/24", availabilityZone: "eu-west-1a" })),
      /InvalidParameterValue/,
    );
    assert.match(
      lab.refusal(() =>
        lab.create(subnetToken, "lost", { vpcId: "vpc-1", cidrBlock: "10.0.9.0/24" }),
      ),
      /InvalidVpcID\.NotFound/,
    );
    const made = create({ cidrBlock: "10.0.9.0/24", availabilityZone: `${region}c` })();
    assert.equal(made.outputs["availabilityZoneId"], "euc1-az3");
  });

  it("takes a subnet's IPv6 range from the network's", () => {
    const { vpc } = makeNetwork(lab);
    const block = textAt(vpc, "ipv6CidrBlock").replace("::/56", "::/64");
    const made = lab.create(subnetToken, "six", {
      vpcId: vpc.id,
      cidrBlock: "10.0.9.0/24",
      ipv6CidrBlock: block,
    });
    assert.match(textAt(made, "ipv6CidrBlockAssociationId"), /^subnet-cidr-assoc-0/);
  });

  it("plans a subnet whose network is not there yet", () => {
    const outputs = lab.preview(subnetToken, "later", { vpcId: unknown, cidrBlock: "10.0.0.0/24" });
    assert.equal(outputs["mapPublicIpOnLaunch"], false);
  });

  it("deletes a network only after what is in it", () => {
    const { vpc, subnets } = makeNetwork(lab);
    assert.match(
      lab.refusal(() => lab.delete(vpc)),
      /DependencyViolation/,
    );
    for (const subnet of subnets) lab.delete(subnet);
    lab.delete(vpc);
    assert.equal(lab.size(), 0);
  });

  it("has one setting of Block Public Access per region", () => {
    const token = "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions";
    const made = lab.create(token, "bpa", { internetGatewayBlockMode: "block-ingress" });
    assert.equal(made.id, region);
    assert.equal(made.outputs["awsAccountId"], account);
    assert.equal(lab.checkFailures(token, "bpa", { internetGatewayBlockMode: "half" }).length, 1);
  });
});

describe("AWS peerings", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openAws();
  });
  afterEach(() => lab.close());
  const token = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";

  it("is active at once only if it may accept itself", () => {
    const near = makeNetwork(lab, "near").vpc;
    const there = lab.create(vpcToken, "there", { cidrBlock: "10.9.0.0/16" });
    const waiting = lab.create(token, "waiting", { vpcId: near.id, peerVpcId: there.id });
    assert.equal(waiting.outputs["acceptStatus"], "pending-acceptance");
    lab.delete(waiting);
    const active = lab.create(token, "active", {
      vpcId: near.id,
      peerVpcId: there.id,
      autoAccept: true,
    });
    assert.equal(active.outputs["acceptStatus"], "active");
    const far = { vpcId: near.id, peerVpcId: there.id, peerRegion: "us-east-1", autoAccept: true };
    assert.match(
      lab.refusal(() => lab.create(token, "far", far)),
      /OperationNotPermitted/,
    );
  });

  it("refuses networks that overlap", () => {
    const near = makeNetwork(lab, "near").vpc;
    const there = lab.create(vpcToken, "there", { cidrBlock: "10.0.0.0/20" });
    assert.match(
      lab.refusal(() => lab.create(token, "p", { vpcId: near.id, peerVpcId: there.id })),
      /overlapping CIDR range/,
    );
  });

  it("is accepted from another account", () => {
    const other = lab.with("aws", { region, allowedAccountIds: ["210987654321"] });
    const near = makeNetwork(lab, "near").vpc;
    const there = other.create(vpcToken, "there", { cidrBlock: "10.9.0.0/16" });
    const asked = lab.create(token, "p", {
      vpcId: near.id,
      peerVpcId: there.id,
      peerOwnerId: "210987654321",
    });
    const accepted = other.create(
      "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
      "p",
      {
        vpcPeeringConnectionId: asked.id,
        autoAccept: true,
      },
    );
    assert.equal(accepted.outputs["vpcId"], there.id);
    assert.equal(accepted.outputs["peerOwnerId"], account);
  });
});
