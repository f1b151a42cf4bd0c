import assert from "node:assert/strict";
import type { ValueObject } from "../../../../local-clouds/protocol/value.ts";
import type { Lab } from "../../kit/lab.ts";
import { account, makeGroup, makeNetwork, openAws, region } from "./fixtures.ts";

describe("launching machines", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openAws();
  });
  afterEach(() => lab.close());

  const template = "aws:ec2/launchTemplate:LaunchTemplate";

  it("a template's free maps hold no notes, wherever they are", () => {
    const checked = lab.check(template, "t", {
      tagSpecifications: [{ resourceType: "instance", tags: { owner: "me" } }],
    });
    assert.deepEqual(checked["tagSpecifications"], [
      { __defaults: [], resourceType: "instance", tags: { owner: "me" } },
    ]);
  });

  it("a group names its template by id and name", () => {
    const made = lab.create(template, "t", { imageId: "ami-1", instanceType: "t3.micro" });
    const name = String(made.outputs["name"]);
    for (const [label, launchTemplate] of Object.entries({
      byId: { id: made.id },
      byName: { name },
    })) {
      const group = lab.create("aws:autoscaling/group:Group", label, {
        minSize: 0,
        maxSize: 1,
        launchTemplate: { ...launchTemplate, version: "1" },
      });
      assert.deepEqual(group.outputs["launchTemplate"], { id: made.id, name, version: "1" });
    }
  });

  it("the state of a launch configuration holds its script's digest", () => {
    const script = "#!/bin/sh\necho hello\n";
    const token = "aws:ec2/launchConfiguration:LaunchConfiguration";
    const digests = [script, Buffer.from(script).toString("base64")].map((userData, i) => {
      const inputs = { imageId: "ami-1", instanceType: "t3.micro", userData };
      return lab.create(token, `c${i}`, inputs).outputs["userData"];
    });
    assert.deepEqual(digests, Array(2).fill("9db6f074fca0a903137b91c7c866b21d4e7205a7"));
  });
});

describe("volumes, interfaces and transit gateways", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openAws();
  });
  afterEach(() => lab.close());

  const refused = (code: RegExp, token: string, inputs: ValueObject) =>
    assert.match(
      lab.refusal(() => lab.create(token, "refused", inputs)),
      code,
    );

  it("volumes lie in a zone, and stay while they are attached", () => {
    const token = "aws:ebs/volume:Volume";
    const { subnets } = makeNetwork(lab);
    const volume = (name: string, availabilityZone: string, more: ValueObject = {}) =>
      lab.create(token, name, { availabilityZone, size: 8, ...more });
    const made = volume("a", `${region}a`, { type: "gp3" });
    assert.match(made.id, /^vol-0[0-9a-f]{16}$/);
    assert.equal(made.outputs["iops"], 3000);
    refused(/InvalidZone.NotFound/, token, { availabilityZone: "us-east-1a", size: 8 });
    refused(/InvalidParameterDependency/, token, {
      availabilityZone: `${region}a`,
      size: 8,
      kmsKeyId: "alias/aws/ebs",
    });
    const instance = lab.create("aws:ec2/instance:Instance", "i", {
      ami: "ami-1",
      subnetId: subnets[0].id,
    });
    const attachment = (volumeId: string) => ({
      volumeId,
      instanceId: instance.id,
      deviceName: "/dev/sdh",
    });
    refused(
      /InvalidVolume.ZoneMismatch/,
      "aws:ec2/volumeAttachment:VolumeAttachment",
      attachment(volume("b", `${region}b`).id),
    );
    lab.create("aws:ec2/volumeAttachment:VolumeAttachment", "at", attachment(made.id));
    refused(/VolumeInUse/, "aws:ec2/volumeAttachment:VolumeAttachment", {
      ...attachment(made.id),
      deviceName: "/dev/sdi",
    });
    assert.match(
      lab.refusal(() => lab.delete(made)),
      /VolumeInUse/,
    );
    assert.deepEqual(
      lab.diff(made, { availabilityZone: `${region}a`, size: 9, type: "gp3" }).replaces,
      [],
    );
  });

  it("interfaces have five groups at most and addresses of their subnet", () => {
    const token = "aws:ec2/networkInterface:NetworkInterface";
    const { vpc, subnets } = makeNetwork(lab);
    const subnetId = subnets[0].id;
    const made = lab.create(token, "a", { subnetId });
    assert.match(String(made.outputs["privateIp"]), /^10\.0\.1\.\d+$/);
    assert.deepEqual(made.outputs["securityGroups"], [vpc.outputs["defaultSecurityGroupId"]]);
    const securityGroups = Array.from({ length: 6 }, (_, i) => makeGroup(lab, vpc, `g${i}`).id);
    refused(/SecurityGroupsPerInterfaceLimitExceeded/, token, { subnetId, securityGroups });
    refused(/InvalidParameterValue/, token, { subnetId, privateIps: ["10.0.2.9"] });
    refused(/InvalidIPAddress.InUse/, token, {
      subnetId,
      privateIp: String(made.outputs["privateIp"]),
    });
    refused(/InvalidKey.Format/, "aws:ec2/keyPair:KeyPair", { publicKey: "x" });
  });

  it("a gateway of networks takes each once, and one subnet of a zone", () => {
    const gateway = lab.create("aws:ec2transitgateway/transitGateway:TransitGateway", "t", {});
    assert.equal(
      gateway.outputs["arn"],
      `arn:aws:ec2:${region}:${account}:transit-gateway/${gateway.id}`,
    );
    assert.equal(gateway.outputs["amazonSideAsn"], 64_512);
    const { vpc, subnets } = makeNetwork(lab);
    const token = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";
    const inputs = { transitGatewayId: gateway.id, vpcId: vpc.id, subnetIds: [subnets[0].id] };
    const more = lab.create("aws:ec2/subnet:Subnet", "more", {
      vpcId: vpc.id,
      cidrBlock: "10.0.3.0/24",
      availabilityZone: `${region}a`,
    });
    refused(/DuplicateSubnetsInSameZone/, token, {
      ...inputs,
      subnetIds: [subnets[0].id, more.id],
    });
    refused(/InvalidTransitGatewayID.NotFound/, token, { ...inputs, transitGatewayId: "tgw-1" });
    const attachment = lab.create(token, "a", inputs);
    refused(/DuplicateTransitGatewayAttachment/, token, inputs);
    const transitGatewayRouteTableId = String(gateway.outputs["associationDefaultRouteTableId"]);
    refused(
      /Resource.AlreadyAssociated/,
      "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation",
      {
        transitGatewayAttachmentId: attachment.id,
        transitGatewayRouteTableId,
      },
    );
    const route = {
      destinationCidrBlock: "10.0.0.0/8",
      transitGatewayAttachmentId: attachment.id,
      transitGatewayRouteTableId,
    };
    const made = lab.create("aws:ec2transitgateway/route:Route", "r", route);
    assert.equal(made.id, `${transitGatewayRouteTableId}_10.0.0.0/8`);
    refused(/RouteAlreadyExists/, "aws:ec2transitgateway/route:Route", route);
    assert.match(
      lab.refusal(() => lab.delete(gateway)),
      /IncorrectState/,
    );
  });

  it("a scaling group keeps its sizes in order and its subnets", () => {
    const token = "aws:autoscaling/group:Group";
    const { subnets } = makeNetwork(lab);
    const template = lab.create("aws:ec2/launchTemplate:LaunchTemplate", "t", {});
    const inputs = {
      minSize: 1,
      maxSize: 2,
      launchTemplate: { id: template.id },
      vpcZoneIdentifiers: subnets.map(({ id }) => id),
    };
    const made = lab.create(token, "g", { ...inputs, name: "g" });
    assert.equal(made.id, "g");
    assert.deepEqual(made.outputs["availabilityZones"], [`${region}a`, `${region}b`]);
    assert.equal(lab.checkFailures(token, "h", { ...inputs, desiredCapacity: 3 }).length, 1);
    assert.match(
      lab.refusal(() => lab.delete(subnets[0])),
      /DependencyViolation/,
    );
    refused(/AlreadyExists/, token, { ...inputs, name: "g" });
  });
});
