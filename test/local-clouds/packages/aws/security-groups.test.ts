import assert from "node:assert/strict";
import { rulesPerGroupMax } from "../../../../local-clouds/packages/aws/types/group-rules.ts";
import type { Lab, Made } from "../../kit/lab.ts";
import { makeGroup, makeNetwork, openAws, textAt } from "./fixtures.ts";

const token = {
  group: "aws:ec2/securityGroup:SecurityGroup",
  defaultGroup: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  classic: "aws:ec2/securityGroupRule:SecurityGroupRule",
};

describe("AWS security groups", () => {
  let lab: Lab;
  let vpc: Made;
  let web: Made;
  beforeEach(() => {
    lab = openAws();
    vpc = makeNetwork(lab).vpc;
    web = makeGroup(lab, vpc, "web");
  });
  afterEach(() => lab.close());

  const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
  const ingress = (name: string, inputs: Record<string, string | number>, group = web) =>
    lab.create(token.ingress, name, { securityGroupId: group.id, ...https, ...inputs });

  it("starts without rules and with the provider's description", () => {
    assert.deepEqual(web.outputs["ingress"], []);
    assert.deepEqual(web.outputs["egress"], []);
    assert.equal(web.outputs["description"], "Managed by Pulumi");
    assert.match(textAt(web, "name"), /^web-[0-9a-f]{7}$/);
  });

  it("has a name once per network", () => {
    const create = (name: string) => lab.create(token.group, name, { name: "same", vpcId: vpc.id });
    create("one");
    assert.match(
      lab.refusal(() => create("two")),
      /InvalidGroup\.Duplicate/,
    );
  });

  it("gives rules ids and ARNs, and refuses a second one alike", () => {
    const rule = ingress("a", { cidrIpv4: "10.0.0.0/8" });
    assert.match(rule.id, /^sgr-0[0-9a-f]{16}$/);
    assert.equal(rule.outputs["securityGroupRuleId"], rule.id);
    assert.match(textAt(rule, "arn"), /:security-group-rule\/sgr-0/);
    assert.match(
      lab.refusal(() => ingress("b", { cidrIpv4: "10.0.0.0/8" })),
      /InvalidPermission\.Duplicate/,
    );
    assert.match(
      lab.refusal(() => ingress("c", { cidrIpv4: "10.0.0.0/8", ipProtocol: "6" })),
      /InvalidPermission\.Duplicate/,
    );
    lab.create(token.egress, "out", { securityGroupId: web.id, ...https, cidrIpv4: "10.0.0.0/8" });
  });

  it("sees rules that are written in the group or the older way", () => {
    const block = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"] };
    const group = lab.create(token.group, "inline", { vpcId: vpc.id, ingress: [block] });
    assert.match(
      lab.refusal(() => ingress("a", { cidrIpv4: "10.0.0.0/8" }, group)),
      /InvalidPermission\.Duplicate/,
    );
    lab.create(token.classic, "old", { securityGroupId: web.id, type: "ingress", ...block });
    assert.match(
      lab.refusal(() => ingress("b", { cidrIpv4: "10.0.0.0/8" })),
      /InvalidPermission\.Duplicate/,
    );
  });

  it("wants exactly one peer, a range of its family and ports in order", () => {
    const faults = (inputs: Record<string, string>) =>
      lab.checkFailures(token.ingress, "r", { securityGroupId: web.id, ...https, ...inputs })
        .length;
    assert.equal(faults({}), 1);
    assert.equal(faults({ cidrIpv4: "10.0.0.0/8", cidrIpv6: "::/0" }), 1);
    assert.equal(faults({ cidrIpv4: "::/0" }), 1);
    assert.equal(faults({ cidrIpv4: "10.0.0.0/8" }), 0);
    assert.match(
      lab.refusal(() => ingress("r", { cidrIpv4: "10.0.0.0/8", fromPort: 90, toPort: 80 })),
      /InvalidParameterValue/,
    );
  });

  it("refuses groups that are not there or of a network that is not peered", () => {
    assert.match(
      lab.refusal(() => ingress("a", { referencedSecurityGroupId: "sg-0none" })),
      /InvalidGroup\.NotFound/,
    );
    const other = makeNetwork(lab, "other", "10.7.0.0/16").vpc;
    const stranger = makeGroup(lab, other, "stranger");
    const toStranger = () => ingress("b", { referencedSecurityGroupId: stranger.id });
    assert.match(lab.refusal(toStranger), /different networks/);
    lab.create("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "p", {
      vpcId: vpc.id,
      peerVpcId: other.id,
      autoAccept: true,
    });
    toStranger();
  });

  it("holds a group that a rule of another names, and takes its own rules along", () => {
    const app = makeGroup(lab, vpc, "app");
    const rule = ingress("from-web", { referencedSecurityGroupId: web.id }, app);
    assert.match(
      lab.refusal(() => lab.delete(web)),
      /DependencyViolation/,
    );
    lab.delete(app);
    assert.equal(lab.read(token.ingress, rule.id), undefined);
    lab.delete(web);
  });

  it("counts IPv4 and IPv6 apart, and groups in both", () => {
    for (let i = 0; i < rulesPerGroupMax; i++) ingress(`four-${i}`, { cidrIpv4: `10.0.${i}.0/24` });
    const tooMany = /RulesPerSecurityGroupLimitExceeded/;
    assert.match(
      lab.refusal(() => ingress("more", { cidrIpv4: "10.1.0.0/24" })),
      tooMany,
    );
    ingress("six", { cidrIpv6: "2001:db8::/64" });
    assert.match(
      lab.refusal(() => ingress("group", { referencedSecurityGroupId: web.id })),
      tooMany,
    );
  });

  it("lets a rule change in place, but not into one that is there", () => {
    const rule = ingress("a", { cidrIpv4: "10.0.0.0/8" });
    ingress("b", { cidrIpv4: "10.0.0.0/8", fromPort: 80, toPort: 80 });
    const changed = { securityGroupId: web.id, ...https, cidrIpv4: "10.1.0.0/16" };
    assert.deepEqual(lab.diff(rule, changed).replaces, []);
    const moved = lab.update(rule, changed);
    assert.equal(moved.outputs["cidrIpv4"], "10.1.0.0/16");
    const clash = { ...changed, cidrIpv4: "10.0.0.0/8", fromPort: 80, toPort: 80 };
    assert.match(
      lab.refusal(() => lab.update(moved, clash)),
      /InvalidPermission\.Duplicate/,
    );
  });

  it("adopts the default group and empties it", () => {
    const adopted = lab.create(token.defaultGroup, "default", {
      vpcId: vpc.id,
      ingress: [],
      egress: [],
    });
    assert.equal(adopted.id, vpc.outputs["defaultSecurityGroupId"]);
    assert.equal(adopted.outputs["name"], "default");
    assert.deepEqual(adopted.outputs["egress"], []);
    const open = { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0", securityGroupId: adopted.id };
    lab.create(token.egress, "open", open);
  });
});
