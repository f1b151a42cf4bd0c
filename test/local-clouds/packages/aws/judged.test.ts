/** Every demand of a type that needs no story of its own: one line each. */

import assert from "node:assert/strict";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { type Lab, type Made, openLab } from "../../kit/lab.ts";
import {
  account,
  documentOf,
  makeGroup,
  makeNetwork,
  makeRole,
  openAws,
  textAt,
  trustOf,
} from "./fixtures.ts";

const instanceArn = "arn:aws:sso:::instance/ssoins-0";
const permissionSetArn = "arn:aws:sso:::permissionSet/ssoins-0/ps-0";
const setting = { bucket: "b" };
const rule = { securityGroupId: "sg-1", protocol: "tcp", fromPort: 1, toPort: 1 };

/** Token, inputs of which one is wrong, and that one. */
const faults: readonly (readonly [string, JsonObject, string])[] = [
  ["aws:eks/accessEntry:AccessEntry", { clusterName: "c", principalArn: "p", type: "ANY" }, "type"],
  [
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    { clusterName: "c", principalArn: "p", policyArn: "a", accessScope: { type: "all" } },
    "accessScope.type",
  ],
  [
    "aws:eks/nodeGroup:NodeGroup",
    {
      clusterName: "c",
      nodeRoleArn: "r",
      subnetIds: ["s"],
      scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 1 },
      capacityType: "FREE",
    },
    "capacityType",
  ],
  [
    "aws:eks/cluster:Cluster",
    { roleArn: "r", vpcConfig: { subnetIds: ["s"] }, enabledClusterLogTypes: ["all"] },
    "enabledClusterLogTypes",
  ],
  ["aws:ec2/vpcEndpoint:VpcEndpoint", { vpcId: "v", vpcEndpointType: "Door" }, "vpcEndpointType"],
  ["aws:ec2/eip:Eip", { domain: "classic" }, "domain"],
  ["aws:ec2/natGateway:NatGateway", { connectivityType: "open" }, "connectivityType"],
  [
    "aws:ec2/networkAclRule:NetworkAclRule",
    { networkAclId: "a", protocol: "tcp", ruleNumber: 1, ruleAction: "drop" },
    "ruleAction",
  ],
  ["aws:ec2/routeTableAssociation:RouteTableAssociation", { routeTableId: "r" }, "gatewayId"],
  ["aws:ec2/securityGroup:SecurityGroup", { vpcId: "v", name: "sg-web" }, "name"],
  [
    "aws:ec2/securityGroup:SecurityGroup",
    { vpcId: "v", ingress: [{ protocol: "tcp", fromPort: 1, toPort: 1, cidrBlocks: ["::/0"] }] },
    "ingress.cidrBlocks",
  ],
  [
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    {
      vpcId: "v",
      egress: [{ protocol: "tcp", fromPort: 1, toPort: 1, ipv6CidrBlocks: ["10.0.0.0/8"] }],
    },
    "egress.ipv6CidrBlocks",
  ],
  [
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    { ...rule, type: "inward", cidrBlocks: ["10.0.0.0/8"] },
    "type",
  ],
  ["aws:ec2/flowLog:FlowLog", { trafficType: "ALL" }, "vpcId"],
  ["aws:iam/policy:Policy", { policy: "{" }, "policy"],
  ["aws:iam/rolePolicy:RolePolicy", { role: "r", policy: "{" }, "policy"],
  ["aws:iam/user:User", { name: "two words" }, "name"],
  ["aws:kms/key:Key", { keyUsage: "OPEN_DOORS" }, "keyUsage"],
  ["aws:kms/key:Key", { rotationPeriodInDays: 30 }, "rotationPeriodInDays"],
  ["aws:s3/bucketPolicy:BucketPolicy", { ...setting, policy: "{" }, "policy"],
  [
    "aws:s3/bucketVersioning:BucketVersioning",
    { ...setting, versioningConfiguration: { status: "On" } },
    "versioningConfiguration.status",
  ],
  [
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    { ...setting, rule: { defaultRetention: { mode: "SOFT", days: 1 } } },
    "rule.defaultRetention.mode",
  ],
  [
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    { ...setting, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "ROT13" } }] },
    "rules.applyServerSideEncryptionByDefault.sseAlgorithm",
  ],
  [
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    { ...setting, rule: { objectOwnership: "Nobody" } },
    "rule.objectOwnership",
  ],
  [
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    { ...setting, rules: [{ id: "a", status: "On" }] },
    "rules.status",
  ],
  [
    "aws:cloudtrail/trail:Trail",
    { s3BucketName: "b", eventSelectors: [], advancedEventSelectors: [] },
    "advancedEventSelectors",
  ],
  [
    "aws:cloudtrail/trail:Trail",
    { s3BucketName: "b", cloudWatchLogsGroupArn: "a" },
    "cloudWatchLogsGroupArn",
  ],
  ["aws:cloudwatch/logGroup:LogGroup", { logGroupClass: "GOLD" }, "logGroupClass"],
  [
    "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
    { instanceArn, permissionSetArn, managedPolicyArn: `arn:aws:iam::${account}:policy/p` },
    "managedPolicyArn",
  ],
  [
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
    { instanceArn, permissionSetArn, inlinePolicy: "{" },
    "inlinePolicy",
  ],
  [
    "aws:ssoadmin/accountAssignment:AccountAssignment",
    {
      instanceArn,
      permissionSetArn,
      principalId: "p",
      principalType: "ROBOT",
      targetId: account,
      targetType: "AWS_ACCOUNT",
    },
    "principalType",
  ],
  [
    "aws:ssoadmin/accountAssignment:AccountAssignment",
    {
      instanceArn,
      permissionSetArn,
      principalId: "p",
      principalType: "USER",
      targetId: "12",
      targetType: "AWS_ACCOUNT",
    },
    "targetId",
  ],
];

describe("AWS inputs judged before anything is planned", () => {
  let lab: Lab;
  before(() => {
    lab = openAws();
  });
  after(() => lab.close());

  for (const [token, inputs, property] of faults) {
    it(`${token} wants another ${property}`, () => {
      const found = lab.checkFailures(token, "x", inputs).map((fault) => fault.property);
      assert.deepEqual(found, [property]);
    });
  }

  it("judges applications of Entra by who may sign in", () => {
    const entra = openLab("azuread");
    for (const kind of ["Application", "ApplicationRegistration"]) {
      const token = `azuread:index/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;
      assert.equal(
        entra.checkFailures(token, "x", { displayName: "x", signInAudience: "All" }).length,
        1,
      );
    }
    entra.close();
  });
});

describe("what AWS refuses besides", () => {
  let lab: Lab;
  let vpc: Made;
  beforeEach(() => {
    lab = openAws();
    vpc = makeNetwork(lab).vpc;
  });
  afterEach(() => lab.close());

  const refused = (code: RegExp, token: string, name: string, inputs: JsonObject) =>
    assert.match(
      lab.refusal(() => lab.create(token, name, inputs)),
      code,
    );

  it("rules in ACLs and tables that name a number or a destination twice", () => {
    const entry = {
      action: "allow",
      protocol: "tcp",
      fromPort: 1,
      toPort: 1,
      ruleNo: 1,
      cidrBlock: "0.0.0.0/0",
    };
    const acl = { vpcId: vpc.id, ingress: [entry, entry] };
    refused(/NetworkAclEntryAlreadyExists/, "aws:ec2/networkAcl:NetworkAcl", "a", acl);
    const defaultAcl = {
      defaultNetworkAclId: textAt(vpc, "defaultNetworkAclId"),
      egress: [entry, entry],
    };
    refused(
      /NetworkAclEntryAlreadyExists/,
      "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
      "b",
      defaultAcl,
    );
    const local = { cidrBlock: "10.0.0.0/16", gatewayId: "local" };
    refused(/RouteAlreadyExists/, "aws:ec2/routeTable:RouteTable", "c", {
      vpcId: vpc.id,
      routes: [local, local],
    });
    const table = { defaultRouteTableId: textAt(vpc, "mainRouteTableId"), routes: [local, local] };
    refused(/RouteAlreadyExists/, "aws:ec2/defaultRouteTable:DefaultRouteTable", "d", table);
  });

  it("an older rule twice, a launch template's name twice", () => {
    const group = makeGroup(lab, vpc, "g");
    const token = "aws:ec2/securityGroupRule:SecurityGroupRule";
    const older = {
      ...rule,
      securityGroupId: group.id,
      type: "ingress",
      cidrBlocks: ["10.0.0.0/8"],
    };
    lab.create(token, "b", older);
    refused(/InvalidPermission\.Duplicate/, token, "c", {
      ...older,
      description: "again",
      cidrBlocks: ["10.0.0.0/8", "10.0.0.0/9"],
    });
    lab.create("aws:ec2/launchTemplate:LaunchTemplate", "d", { name: "t" });
    refused(/AlreadyExists/, "aws:ec2/launchTemplate:LaunchTemplate", "e", { name: "t" });
  });

  it("a second range of a network that overlaps", () => {
    const token = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
    refused(/InvalidVpc\.Range/, token, "a", { vpcId: vpc.id, cidrBlock: "10.0.128.0/17" });
    lab.create(token, "b", { vpcId: vpc.id, cidrBlock: "100.64.0.0/16" });
    lab.create("aws:ec2/subnet:Subnet", "c", { vpcId: vpc.id, cidrBlock: "100.64.1.0/24" });
  });

  it("an access policy that Amazon does not offer", () => {
    const subnetIds = makeNetwork(lab, "k", "10.8.0.0/16").subnets.map(({ id }) => id);
    const principalArn = textAt(makeRole(lab, "r", "eks.amazonaws.com"), "arn");
    lab.create("aws:eks/cluster:Cluster", "c", {
      name: "c",
      roleArn: principalArn,
      accessConfig: { authenticationMode: "API" },
      vpcConfig: { subnetIds },
    });
    lab.create("aws:eks/accessEntry:AccessEntry", "e", { clusterName: "c", principalArn });
    const inputs = {
      clusterName: "c",
      principalArn,
      policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
      accessScope: { type: "cluster" },
    };
    refused(
      /policyArn could not be found/,
      "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
      "a",
      inputs,
    );
  });

  it("an inline policy with a principal, an eleventh policy, users' names that differ by case", () => {
    makeRole(lab, "r", "ec2.amazonaws.com");
    refused(/MalformedPolicyDocument/, "aws:iam/rolePolicy:RolePolicy", "a", {
      role: "r",
      name: "n",
      policy: trustOf("x"),
    });
    const attach = (i: number) =>
      [
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        `p${i}`,
        { role: "r", policyArn: `arn:aws:iam::aws:policy/P${i}` },
      ] as const;
    for (let i = 0; i < 10; i++) lab.create(...attach(i));
    refused(/PoliciesPerRole/, ...attach(10));
    lab.create("aws:iam/user:User", "u", { name: "ann" });
    refused(/EntityAlreadyExists/, "aws:iam/user:User", "v", { name: "ANN" });
    const clientIdLists = Array.from({ length: 101 }, (_, i) => `client-${i}`);
    refused(/ClientIds/, "aws:iam/openIdConnectProvider:OpenIdConnectProvider", "o", {
      url: "https://example.com",
      clientIdLists,
    });
  });

  it("life-cycle rules of one name, and an inline policy of a set with a principal", () => {
    lab.create("aws:s3/bucket:Bucket", "bucket-1", { bucket: "bucket-1" });
    const one = { id: "same", status: "Enabled" };
    const token = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    refused(/must be unique/, token, "a", { bucket: "bucket-1", rules: [one, one] });
    const arns = lab.invoke("aws:ssoadmin/getInstances:getInstances")["arns"] as string[];
    const set = lab.create("aws:ssoadmin/permissionSet:PermissionSet", "s", {
      instanceArn: arns[0] ?? "",
      name: "s",
    });
    const inputs = {
      instanceArn: arns[0] ?? "",
      permissionSetArn: textAt(set, "arn"),
      inlinePolicy: trustOf("x"),
    };
    refused(
      /should not specify a principal/,
      "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
      "b",
      inputs,
    );
    const { identityStoreIds } = lab.invoke("aws:ssoadmin/getInstances:getInstances") as {
      identityStoreIds: string[];
    };
    const user = {
      identityStoreId: identityStoreIds[0] ?? "",
      displayName: "ann",
      userName: "ann",
    };
    lab.create("aws:identitystore/user:User", "u", user);
    refused(/Duplicate UserName/, "aws:identitystore/user:User", "v", user);
  });

  it("keeps documents that are given as objects as text", () => {
    const document = JSON.parse(
      documentOf({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }),
    ) as JsonObject;
    const trust = JSON.parse(trustOf("ec2.amazonaws.com")) as JsonObject;
    const own = JSON.parse(
      documentOf({ Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" }),
    ) as JsonObject;
    assert.equal(
      lab.create("aws:iam/role:Role", "r", { name: "r", assumeRolePolicy: trust }).outputs[
        "assumeRolePolicy"
      ],
      JSON.stringify(trust),
    );
    assert.equal(
      lab.create("aws:iam/policy:Policy", "p", { policy: document }).outputs["policy"],
      JSON.stringify(document),
    );
    assert.equal(
      lab.create("aws:iam/rolePolicy:RolePolicy", "q", { role: "r", policy: document }).outputs[
        "policy"
      ],
      JSON.stringify(document),
    );
    assert.equal(
      lab.create("aws:kms/key:Key", "k", { policy: JSON.stringify(own) }).outputs["policy"],
      JSON.stringify(own),
    );
    // The SDK turns documents into text for some types only; a key's policy is not among them.
    assert.equal(
      lab.checkFailures("aws:kms/key:Key", "k", { policy: own })[0]?.reason,
      "Attribute must be a single value, not a map. Examine values at 'k.policy'.",
    );
  });
});
