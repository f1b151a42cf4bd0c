import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import type { Value, ValueObject } from "../../../../local-clouds/protocol/value.ts";
import type { Lab, Made } from "../../kit/lab.ts";
import {
  account,
  makeNetwork,
  makeRole,
  type Network,
  openAws,
  region,
  textAt,
} from "./fixtures.ts";

const token = {
  cluster: "aws:eks/cluster:Cluster",
  nodes: "aws:eks/nodeGroup:NodeGroup",
  addon: "aws:eks/addon:Addon",
  entry: "aws:eks/accessEntry:AccessEntry",
  policy: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
  pods: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
};

describe("EKS", () => {
  let lab: Lab;
  let network: Network;
  let role: Made;
  let inputs: ValueObject;
  beforeEach(() => {
    lab = openAws();
    network = makeNetwork(lab);
    role = makeRole(lab, "control", "eks.amazonaws.com");
    inputs = {
      name: "main",
      roleArn: textAt(role, "arn"),
      version: "1.34",
      accessConfig: { authenticationMode: "API" },
      vpcConfig: {
        subnetIds: network.subnets.map(({ id }) => id),
        endpointPrivateAccess: true,
        endpointPublicAccess: false,
      },
    };
  });
  afterEach(() => lab.close());

  const makeCluster = (changes: ValueObject = {}) =>
    lab.create(token.cluster, "main", { ...inputs, ...changes });

  it("gives endpoint, issuer and a certificate authority that verifies", async () => {
    const made = await lab.createLater(token.cluster, "main", inputs);
    const endpoint = /^https:\/\/([0-9A-F]{32})\.gr7\.eu-central-1\.eks\.amazonaws\.com$/.exec(
      textAt(made, "endpoint"),
    );
    const issuer = `https://oidc.eks.${region}.amazonaws.com/id/${endpoint?.[1]}`;
    assert.deepEqual(made.outputs["identities"], [{ oidcs: [{ issuer }] }]);
    assert.equal(made.outputs["arn"], `arn:aws:eks:${region}:${account}:cluster/main`);
    const { data } = made.outputs["certificateAuthority"] as { data: string };
    const certificate = new X509Certificate(Buffer.from(data, "base64"));
    assert.equal(certificate.ca, true);
    assert.equal(certificate.verify(certificate.publicKey), true);
  });

  it("makes a group of its own in the subnets' network, and takes it along", () => {
    const made = makeCluster();
    const { clusterSecurityGroupId, vpcId } = made.outputs["vpcConfig"] as {
      clusterSecurityGroupId: string;
      vpcId: string;
    };
    assert.equal(vpcId, network.vpc.id);
    const groupToken = "aws:ec2/securityGroup:SecurityGroup";
    assert.equal(lab.read(groupToken, clusterSecurityGroupId)?.outputs["vpcId"], network.vpc.id);
    lab.delete(made);
    assert.equal(lab.read(groupToken, clusterSecurityGroupId), undefined);
  });

  it("refuses a role that EKS may not take, one zone, no endpoint, an old version", () => {
    const stranger = makeRole(lab, "stranger", "ec2.amazonaws.com");
    const subnetIds = [network.subnets[0].id];
    const vpcConfig = inputs["vpcConfig"] as ValueObject;
    const cases: [ValueObject, RegExp][] = [
      [{ roleArn: textAt(stranger, "arn") }, /trusted entity is not correct/],
      [{ roleArn: `arn:aws:iam::${account}:role/none` }, /does not exist/],
      [{ vpcConfig: { ...vpcConfig, subnetIds } }, /at least two different AZs/],
      [
        { vpcConfig: { ...vpcConfig, endpointPrivateAccess: false } },
        /endpoint access cannot be false/,
      ],
      [{ version: "1.20" }, /unsupported Kubernetes version/],
    ];
    for (const [changes, message] of cases)
      assert.match(
        lab.refusal(() => makeCluster(changes)),
        message,
      );
  });

  it("goes up one minor version at a time and never down", () => {
    const made = makeCluster({ version: "1.33" });
    assert.match(
      lab.refusal(() => lab.update(made, { ...inputs, version: "1.35" })),
      /from 1\.33 to 1\.35/,
    );
    assert.match(
      lab.refusal(() => lab.update(made, { ...inputs, version: "1.32" })),
      /from 1\.33 to 1\.32/,
    );
    assert.equal(lab.update(made, { ...inputs, version: "1.34" }).outputs["version"], "1.34");
  });

  it("runs nodes within their limits and stays while it has some", () => {
    const cluster = makeCluster();
    const node = makeRole(lab, "node", "ec2.amazonaws.com");
    const nodes = (name: string, sizes: Record<string, Value>) =>
      lab.create(token.nodes, name, {
        clusterName: "main",
        nodeRoleArn: textAt(node, "arn"),
        subnetIds: network.subnets.map(({ id }) => id),
        scalingConfig: sizes,
      });
    assert.match(
      lab.refusal(() => nodes("a", { minSize: 3, desiredSize: 2, maxSize: 5 })),
      /InvalidParameterException/,
    );
    const made = nodes("b", { minSize: 1, desiredSize: 2, maxSize: 5 });
    assert.match(made.id, /^main:b-[0-9a-f]{7}$/);
    assert.equal(made.outputs["version"], "1.34");
    assert.match(
      lab.refusal(() => lab.delete(cluster)),
      /ResourceInUseException/,
    );
  });

  it("takes a launch template's versions as they are counted", () => {
    const template = lab.create("aws:ec2/launchTemplate:LaunchTemplate", "t", {
      updateDefaultVersion: true,
    });
    assert.equal(template.outputs["latestVersion"], 1);
    const next = lab.update(template, { updateDefaultVersion: true, description: "second" });
    assert.equal(next.outputs["latestVersion"], 2);
    assert.equal(next.outputs["defaultVersion"], 2);
  });

  it("offers the add-ons that Amazon offers", () => {
    makeCluster();
    const addon = (addonName: string, more: ValueObject = {}) =>
      lab.create(token.addon, addonName, { clusterName: "main", addonName, ...more });
    assert.match(textAt(addon("vpc-cni"), "addonVersion"), /^v1\./);
    assert.match(
      lab.refusal(() => addon("vpc-cni")),
      /ResourceInUseException/,
    );
    assert.match(
      lab.refusal(() => addon("calico")),
      /not supported/,
    );
    assert.match(
      lab.refusal(() => addon("coredns", { configurationValues: "{" })),
      /ConfigurationValue/,
    );
    assert.match(
      lab.refusal(() =>
        lab.create(token.addon, "lost", { clusterName: "none", addonName: "coredns" }),
      ),
      /ResourceNotFoundException/,
    );
  });

  it("ties a policy to an entry, and an entry to a role that is there", () => {
    makeCluster();
    const principalArn = textAt(makeRole(lab, "admin", "eks.amazonaws.com"), "arn");
    const policy = () =>
      lab.create(token.policy, "p", {
        clusterName: "main",
        principalArn,
        policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
        accessScope: { type: "cluster" },
      });
    assert.match(lab.refusal(policy), /ResourceNotFoundException/);
    const entry = lab.create(token.entry, "e", { clusterName: "main", principalArn });
    assert.equal(entry.id, `main:${principalArn}`);
    assert.equal(
      policy().id,
      `main#${principalArn}#arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
    );
    const lost = `arn:aws:iam::${account}:role/none`;
    assert.match(
      lab.refusal(() => lab.create(token.entry, "x", { clusterName: "main", principalArn: lost })),
      /invalid principal/,
    );
  });

  it("has no entries where the config map decides", () => {
    makeCluster({ accessConfig: { authenticationMode: "CONFIG_MAP" } });
    const principalArn = textAt(role, "arn");
    assert.match(
      lab.refusal(() => lab.create(token.entry, "e", { clusterName: "main", principalArn })),
      /authentication mode/,
    );
  });

  it("gives a service account one role", () => {
    makeCluster();
    const inputs = {
      clusterName: "main",
      namespace: "shop",
      serviceAccount: "cart",
      roleArn: textAt(role, "arn"),
    };
    const made = lab.create(token.pods, "a", inputs);
    assert.match(made.id, /^a-[a-z0-9]{17}$/);
    assert.match(
      lab.refusal(() => lab.create(token.pods, "b", inputs)),
      /Association already exists: a-/,
    );
  });
});
