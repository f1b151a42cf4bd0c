import assert from "node:assert/strict";
import type { Lab } from "../../kit/lab.ts";
import { makeGroup, makeNetwork, openAws, region, textAt } from "./fixtures.ts";

const token = "aws:ec2/instance:Instance";

describe("EC2 instances", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openAws();
  });
  afterEach(() => lab.close());

  it("takes address and zone from its subnet and holds subnet and group", () => {
    const { vpc, subnets } = makeNetwork(lab);
    const group = makeGroup(lab, vpc, "web");
    const inputs = {
      ami: "ami-1",
      instanceType: "t3.micro",
      subnetId: subnets[1].id,
      vpcSecurityGroupIds: [group.id],
    };
    const made = lab.create(token, "i", inputs);
    assert.match(textAt(made, "privateIp"), /^10\.0\.2\.\d+$/);
    assert.equal(made.outputs["availabilityZone"], `${region}b`);
    assert.equal(made.outputs["publicIp"], "");
    assert.match(
      lab.refusal(() => lab.delete(group)),
      /DependencyViolation/,
    );
    assert.match(
      lab.refusal(() => lab.delete(subnets[1])),
      /DependencyViolation/,
    );
  });

  it("has a public address where it or its subnet says so", () => {
    const { subnets } = makeNetwork(lab);
    const made = lab.create(token, "i", {
      ami: "ami-1",
      subnetId: subnets[0].id,
      associatePublicIpAddress: true,
    });
    assert.match(textAt(made, "publicIp"), /^3\.\d+\.\d+\.\d+$/);
  });

  it("refuses a group of another network", () => {
    const { subnets } = makeNetwork(lab);
    const stranger = makeGroup(lab, makeNetwork(lab, "other", "10.7.0.0/16").vpc, "stranger");
    const inputs = { ami: "ami-1", subnetId: subnets[0].id, vpcSecurityGroupIds: [stranger.id] };
    assert.match(
      lab.refusal(() => lab.create(token, "i", inputs)),
      /different networks/,
    );
    assert.equal(lab.checkFailures(token, "i", { subnetId: subnets[0].id }).length, 1);
  });
});
