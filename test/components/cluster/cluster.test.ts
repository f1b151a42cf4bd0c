import assert from "node:assert/strict";
import * as aws from "@pulumi/aws/index.js";
import * as azure from "@pulumi/azure-native/index.js";
import * as gcp from "@pulumi/gcp/index.js";
import type { ClusterArgs } from "../../../components/cluster/args.ts";
import { Cluster } from "../../../components/cluster/index.ts";
import { Network } from "../../../components/network/index.ts";
import { Segmentation } from "../../../components/segmentation/index.ts";
import { ProblemError } from "../../../model/base/problem.ts";
import { usualOutputs } from "../../harness/cloud-outputs.ts";
import type { Deployment, DeployOptions, Registered } from "../../harness/deploy.ts";
import { deployFully, identities, named, unknownInput } from "../../harness/deploy.ts";
import { matchesGolden } from "../../harness/golden.ts";
import { threeClouds } from "../../harness/intents.ts";
import { accounts, clusterIntent } from "./context.ts";

const issued = "https://oidc.example/id/1";

function cloudOutputs(resource: Parameters<typeof usualOutputs>[0] & { type: string }) {
  const { type, inputs } = resource;
  const outputs: Record<string, Record<string, unknown>> = {
    "aws:ec2/vpc:Vpc": { ipv6CidrBlock: "2600:1f18:aaaa:bb00::/56" },
    "aws:eks/cluster:Cluster": {
      endpoint: "https://eks.example",
      certificateAuthority: { data: "QVdT" },
      identities: [{ oidcs: [{ issuer: issued }] }],
    },
    "aws:ec2/launchTemplate:LaunchTemplate": { latestVersion: 3 },
    "azure-native:containerservice:ManagedCluster": {
      name: "aks",
      privateFQDN: "aks.example",
      oidcIssuerProfile: { enabled: true, issuerURL: issued },
    },
    "gcp:compute/network:Network": { project: "shop", name: "net" },
    "gcp:serviceaccount/account:Account": { email: "nodes@shop.example" },
    "gcp:container/cluster:Cluster": {
      name: "gke",
      privateClusterConfig: {
        ...(inputs.privateClusterConfig as Record<string, unknown> | undefined),
        privateEndpoint: "10.18.48.2",
      },
      masterAuth: { clusterCaCertificate: "R0NQ" },
    },
  };
  return { ...usualOutputs(resource), ...outputs[type] };
}

const answers: Record<string, Record<string, unknown>> = {
  "azure-native:containerservice:listManagedClusterUserCredentials": {
    kubeconfigs: [
      {
        name: "clusterUser",
        value: Buffer.from(
          "clusters:\n- cluster:\n    certificate-authority-data: QVpV\n",
        ).toString("base64"),
      },
    ],
  },
};

const administrators = {
  aws: ["arn:aws:iam::111122223333:role/administrators"],
  azure: ["00000000-0000-0000-0000-00000000000c"],
  gcp: ["group:administrators@shop.example"],
};

async function run(
  more: Partial<ClusterArgs> = {},
  options: DeployOptions = {},
): Promise<Deployment & { readonly own: readonly Registered[]; readonly cluster: Cluster }> {
  let cluster: Cluster | undefined;
  const deployment = await deployFully(
    () => {
      const providers = [
        new aws.Provider("aws", {}),
        new azure.Provider("azure", {}),
        new gcp.Provider("gcp", {}),
      ];
      const intent = threeClouds;
      const { places } = new Network("network", { intent }, { providers });
      const { memberships } = new Segmentation("segmentation", { intent, places }, { providers });
      const args = { intent: clusterIntent, network: intent, places, memberships };
      cluster = new Cluster(
        "cluster",
        { ...args, accounts, administrators, ...more },
        { providers },
      );
    },
    { outputs: cloudOutputs, call: ({ token }) => answers[token] ?? {}, ...options },
  );
  assert.ok(cluster !== undefined);
  const own = deployment.resources.filter(({ name }) => name.startsWith("cluster"));
  return { ...deployment, own, cluster };
}

/** The settled value of an output, and whether it is secret. */
async function look(output: unknown): Promise<{ value: string; secret: boolean }> {
  const { promise, isSecret } = output as {
    promise(): Promise<string>;
    isSecret: Promise<boolean>;
  };
  return { value: await promise.call(output), secret: await isSecret };
}

function isKnown(output: unknown): Promise<boolean> {
  return (output as { isKnown: Promise<boolean> }).isKnown;
}

describe("cluster component", () => {
  it("registers the same resources whether ids are known or not", async () => {
    const known = identities((await run()).own);
    const unknown = identities((await run({}, { preview: true })).own);
    assert.ok(known.length > 30, `only ${known.length} resources`);
    assert.deepEqual(unknown, known);
    matchesGolden("cluster/identities", known);
  });

  it("sets every property as its golden file says", async () => {
    const children = (await run()).own.filter(({ custom }) => custom);
    matchesGolden(
      "cluster/inputs",
      Object.fromEntries(children.map(({ name, inputs }) => [name, inputs])),
    );
  });

  it("gives every child and every call an explicit provider", async () => {
    const { own, calls } = await run();
    const children = own.filter(({ custom }) => custom);
    assert.ok(children.length > 30);
    assert.deepEqual(
      children.filter(({ provider }) => provider === ""),
      [],
    );
    assert.equal(calls.length, 1);
    assert.match(calls[0]?.provider ?? "", /::azure::/);
  });

  it("has no public endpoint, no shared account and secrets under a key of its own", async () => {
    const { own } = await run();
    const eks = named(own, "cluster-aws").inputs;
    assert.deepEqual(eks.vpcConfig, {
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
      subnetIds: ["network-aws-cluster-0-id", "network-aws-cluster-1-id"],
      securityGroupIds: ["segmentation-aws-cluster-id"],
    });
    assert.deepEqual(eks.accessConfig, {
      authenticationMode: "API",
      bootstrapClusterCreatorAdminPermissions: false,
    });
    const aks = named(own, "cluster-azure").inputs;
    assert.equal(aks.disableLocalAccounts, true);
    assert.equal(
      (aks.apiServerAccessProfile as Record<string, unknown>).enablePrivateCluster,
      true,
    );
    const gke = named(own, "cluster-gcp").inputs;
    const { enablePrivateEndpoint, enablePrivateNodes } = gke.privateClusterConfig as Record<
      string,
      unknown
    >;
    assert.deepEqual([enablePrivateEndpoint, enablePrivateNodes], [true, true]);
    assert.deepEqual(gke.databaseEncryption, {
      state: "ENCRYPTED",
      keyName: "cluster-gcp-secrets-id",
    });
  });

  it("makes nodes members of their segment and of no other group", async () => {
    const { own } = await run();
    assert.deepEqual(named(own, "cluster-aws-nodes-template").inputs.vpcSecurityGroupIds, [
      "segmentation-aws-cluster-id",
    ]);
    const tag = { "segmentation-gcp-segment-id": "segmentation-gcp-cluster-id" };
    for (const name of ["cluster-gcp", "cluster-gcp-nodes"]) {
      const config = named(own, name).inputs.nodeConfig as Record<string, unknown>;
      assert.deepEqual(config.resourceManagerTags, tag);
      assert.equal(config.serviceAccount, "nodes@shop.example");
    }
  });

  it("hands out secret kubeconfigs that ask the cloud for a token", async () => {
    const { cluster } = await run();
    const seen: unknown[] = [];
    for (const place of ["aws", "azure", "gcp"]) {
      const { value, secret } = await look(cluster.clusters[place]?.kubeconfig);
      assert.equal(secret, true, place);
      const config = JSON.parse(value);
      const { server, ...rest } = config.clusters[0].cluster;
      seen.push([server, rest["certificate-authority-data"], config.users[0].user.exec.command]);
    }
    assert.deepEqual(seen, [
      ["https://eks.example", "QVdT", "aws"],
      ["https://aks.example:443", "QVpV", "kubelogin"],
      ["https://10.18.48.2", "R0NQ", "gke-gcloud-auth-plugin"],
    ]);
  });

  it("tells who issues the tokens of service accounts", async () => {
    const { cluster } = await run();
    assert.equal((await look(cluster.clusters.aws?.issuer)).value, issued);
    assert.equal((await look(cluster.clusters.azure?.issuer)).value, issued);
    assert.equal(
      (await look(cluster.clusters.gcp?.issuer)).value,
      "https://container.googleapis.com/v1/projects/shop/locations/europe-west4/clusters/gke",
    );
  });

  it("sends AKS's audit log on only where somebody takes it", async () => {
    const without = await run();
    assert.ok(!without.own.some(({ name }) => name === "cluster-azure-audit"));
    const { own } = await run({ auditWorkspaceIds: { azure: "workspace" } });
    const { workspaceId, logs } = named(own, "cluster-azure-audit").inputs;
    assert.equal(workspaceId, "workspace");
    assert.deepEqual(
      (logs as { category: string }[]).map(({ category }) => category),
      ["kube-audit-admin", "guard", "kube-apiserver"],
    );
    const kept = await run({ auditAccountIds: { azure: "account" } });
    const { inputs } = named(kept.own, "cluster-azure-audit");
    assert.deepEqual([inputs["storageAccountId"], inputs["workspaceId"]], ["account", undefined]);
  });

  it("takes an existing cluster as it is", async () => {
    const intent = { ...clusterIntent, clusters: clusterIntent.clusters.slice(1) };
    const { own, cluster } = await run({ intent, existing: { aws: { kubeconfig: "given" } } });
    assert.deepEqual(
      own.filter(({ type }) => type.startsWith("aws:")),
      [],
    );
    assert.deepEqual(await look(cluster.clusters.aws?.kubeconfig), {
      value: "given",
      secret: true,
    });
  });

  it("knows nothing of an endpoint at preview", async () => {
    const { own, cluster } = await run({}, { preview: true });
    for (const place of ["aws", "azure", "gcp"]) {
      assert.equal(await isKnown(cluster.clusters[place]?.kubeconfig), false, place);
    }
    assert.equal(await isKnown(cluster.clusters.azure?.issuer), false);
    assert.equal(named(own, "cluster-aws").inputs.roleArn, unknownInput);
    assert.equal(named(own, "cluster-aws").inputs.version, "1.34");
  });

  it("says everything that is wrong with its arguments at once", async () => {
    const problems = async (more: Partial<ClusterArgs>) => {
      const error = await run(more).then(
        () => assert.fail("accepted"),
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof ProblemError, String(error));
      return error.problems.map(({ code, place }) => `${place} ${code}`);
    };
    const wrong = clusterIntent.clusters.map((cluster) => ({
      ...cluster,
      place: "asure",
      kubernetesVersion: "1.34.2",
      nodes: { size: "small" as const, min: 3, max: 2 },
    }));
    assert.deepEqual(await problems({ intent: { segment: "web", clusters: wrong.slice(0, 2) } }), [
      "segment input-unknown",
      "clusters[0].place input-unknown",
      "clusters[0].kubernetesVersion input-type",
      "clusters[0].nodes input-type",
      "clusters[1].place input-duplicate",
      "clusters[1].kubernetesVersion input-type",
      "clusters[1].nodes input-type",
    ]);
    assert.deepEqual(
      await problems({
        administrators: { aws: administrators.aws, gcp: [] },
        memberships: {},
        existing: { mars: { kubeconfig: "x" }, gcp: { kubeconfig: "x" } },
      }),
      [
        "existing.mars input-unknown",
        "existing.gcp input-duplicate",
        "administrators.azure input-missing",
        "administrators.gcp input-missing",
        "memberships.aws input-missing",
        "memberships.azure input-missing",
        "memberships.gcp input-missing",
      ],
    );
  });
});
