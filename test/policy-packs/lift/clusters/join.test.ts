/** Pods of planned clusters behind their policies, their mesh and the rules of their cloud. */
import assert from "node:assert/strict";
import { cidrSet, parseCidr } from "../../../../model/base/address.ts";
import { aks, deployment, eks, gke, inside, lifted, onlyFrom, resource, unknown } from "./world.ts";

const web = { podSelector: { matchLabels: { app: "web" } } };
const range = (text: string) => cidrSet([parseCidr(text, text)]);

/** The resource of a name with other inputs. */
function with_(
  resources: readonly ReturnType<typeof resource>[],
  name: string,
  inputs: object,
): ReturnType<typeof resource>[] {
  return resources.map((one) =>
    one.name === name ? { ...one, inputs: { ...(one.inputs as object), ...inputs } } : one,
  );
}

describe("pods of a planned cluster", () => {
  for (const [cluster, resources] of Object.entries({ eks, aks, gke })) {
    it(`of ${cluster} call each other as policies say, and what is beside them as their nodes do`, () => {
      const { arrives, topology } = lifted(
        ...resources,
        deployment(cluster, "web"),
        deployment(cluster, "app"),
        deployment(cluster, "job"),
        onlyFrom(cluster, "app", web),
      );
      const pod = (name: string) => `${cluster}/shop/${name}`;
      assert.equal(arrives(pod("job"), pod("app"), "tcp/80"), "no");
      assert.notEqual(arrives(pod("web"), pod("app"), "tcp/80"), "no");
      assert.equal(arrives(pod("web"), "database", "tcp/5432"), "yes");
      assert.equal(arrives("database", pod("app"), "tcp/80"), "no");
      const pods = topology.endpoints.filter(({ name }) => name.startsWith(`${cluster}/`));
      assert.equal(pods.length, 3);
    });
  }

  it("stand in their nodes' subnets in EKS, in a range of their own in AKS and GKE", () => {
    const addresses = (cluster: string, resources: readonly ReturnType<typeof resource>[]) =>
      lifted(...resources, deployment(cluster, "web")).topology.endpoints.find(
        ({ name }) => name === `${cluster}/shop/web[Deployment]`,
      )?.addresses;
    assert.deepEqual(addresses("eks", eks), range("10.0.1.0/24"));
    assert.deepEqual(addresses("gke", gke), range("10.24.0.0/16"));
    assert.deepEqual(addresses("aks", aks), [...range("10.10.1.0/24"), ...range("10.244.0.0/16")]);
  });

  it("leave an overlay with their node's address alone", () => {
    // Only the pods' own range may call the database: nobody has it there.
    const rules = { securityRules: [] };
    const overlay = (sourceAddressPrefix: string) => {
      const one = { ...allowed, sourceAddressPrefix };
      const changed = with_(aks, "data-rules", { ...rules, securityRules: [one, denied] });
      return lifted(...changed, deployment("aks", "web"));
    };
    assert.equal(overlay("10.10.1.0/24").arrives("aks/shop/web", "database", "tcp/5432"), "yes");
    assert.equal(overlay("10.244.0.0/16").arrives("aks/shop/web", "database", "tcp/5432"), "no");
  });

  it("of one node never meet the cloud's rules, those of different nodes do", () => {
    const pods = [deployment("eks", "web"), deployment("eks", "app")];
    const open = lifted(...eks, ...pods);
    assert.equal(open.arrives("eks/shop/web", "eks/shop/app", "tcp/80"), "yes");
    const closed = lifted(...with_(eks, "node-group", { ingress: [] }), ...pods);
    assert.equal(closed.arrives("eks/shop/web", "eks/shop/app", "tcp/80"), "perhaps");
    // "Intranode visibility" sends them through the network's firewall.
    const google = (more: object) =>
      lifted(
        ...with_(gke, "gke", more),
        deployment("gke", "web"),
        deployment("gke", "app"),
      ).arrives("gke/shop/web", "gke/shop/app", "tcp/80");
    assert.equal(google({}), "perhaps");
    assert.equal(google({ enableIntranodeVisibility: true }), "no");
  });

  it("are called from beyond their cluster at their own address, or by what publishes them", () => {
    const open = with_(eks, "node-group", {
      ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
    });
    const { arrives } = lifted(...open, deployment("eks", "web"));
    assert.equal(arrives("database", "eks/shop/web", "tcp/80"), "yes");
    const inner = with_(aks, "nodes-rules", {
      securityRules: [{ ...allowed, sourceAddressPrefix: "*" }],
    });
    const azure = lifted(...inner, deployment("aks", "web"));
    assert.equal(azure.arrives("database", "aks/shop/web", "tcp/80"), "perhaps");
    assert.equal(
      lifted(...aks, deployment("aks", "web")).arrives("database", "aks/shop/web", "tcp/80"),
      "no",
    );
  });

  it("on their node's network are what their nodes are", () => {
    const host = deployment("aks", "agent", { hostNetwork: true });
    const { topology, arrives } = lifted(...aks, host);
    const found = topology.endpoints.find(({ name }) => name.startsWith("aks/shop/agent"));
    assert.deepEqual(found?.addresses, range("10.10.1.0/24"));
    assert.equal(arrives("aks/shop/agent", "database", "tcp/5432"), "yes");
  });

  it("stay open beyond a cluster that nobody planned", () => {
    const stray = [
      deployment("else", "web"),
      deployment("else", "app"),
      onlyFrom("else", "app", web),
    ];
    const { arrives, notes, topology } = lifted(...eks, ...stray);
    assert.equal(arrives("else/shop/web", "database", "tcp/5432"), "perhaps");
    assert.equal(arrives("database", "else/shop/app", "tcp/5432"), "no");
    assert.equal(arrives("database", "else/shop/web", "tcp/5432"), "perhaps");
    assert.equal(arrives("else/shop/web", "192.0.2.1", "tcp/443"), "perhaps");
    assert.deepEqual(
      notes
        .filter(({ code }) => code === "cluster-unplanned")
        .map(({ urn }) => urn.split("::").at(-1)),
      ["else"],
    );
    assert.deepEqual(topology.unknowns, []);
  });

  it("stay open where their cluster says that they stand elsewhere, or nothing enforces policies for sure", () => {
    const settings = (text: string) => with_(eks, "cni", { configurationValues: text });
    const verdict = (resources: readonly ReturnType<typeof resource>[], to: string) =>
      lifted(
        ...resources,
        deployment("eks", "web"),
        deployment("eks", "app"),
        onlyFrom("eks", "app", { podSelector: { matchLabels: { app: "job" } } }),
      ).arrives("eks/shop/web", to, "tcp/5432");
    assert.equal(verdict(eks, "eks/shop/app"), "no");
    assert.equal(verdict(settings("{}"), "eks/shop/app"), "yes");
    assert.equal(verdict(settings(unknown), "database"), "perhaps");
    const custom =
      '{"enableNetworkPolicy":true,"env":{"AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG":"true"}}';
    assert.equal(verdict(settings(custom), "192.0.2.1"), "perhaps");
    const fargate = resource("aws:eks/fargateProfile:FargateProfile", "fargate", {
      clusterName: "eks",
      subnetIds: ["nodes-id"],
    });
    const both = lifted(...eks, fargate, deployment("eks", "web"), deployment("eks", "app"));
    assert.equal(
      both.topology.endpoints.filter(({ name }) => name.startsWith("eks/shop/web")).length,
      2,
    );
  });

  it("of several clusters are different ends, of which a mesh cannot tell who calls", () => {
    const policy = { action: "ALLOW", rules: [{}] };
    const strict = inside("eks", "security.istio.io/v1:PeerAuthentication", "strict", {
      spec: { mtls: { mode: "STRICT" } },
    });
    const namespace = inside("eks", "core/v1:Namespace", "shop", {
      metadata: { name: "shop", labels: { "istio-injection": "enabled" } },
    });
    const { topology } = lifted(
      ...eks,
      ...gke,
      namespace,
      strict,
      inside("eks", "security.istio.io/v1:AuthorizationPolicy", "any", { spec: policy }),
      deployment("eks", "web"),
      deployment("gke", "web"),
    );
    const stage = topology.stages.find(({ id }) => id.endsWith("from outside"));
    const conditions = stage?.tiers[0]?.rules.flatMap((rule) => rule.conditions ?? []) ?? [];
    assert.equal(conditions.length, 2);
    assert.equal(new Set(topology.endpoints.map(({ id }) => id)).size, topology.endpoints.length);
  });

  it("of which there are none change nothing", () => {
    const policies = [onlyFrom("eks", "app", web)];
    assert.deepEqual(lifted(...eks, ...policies).topology, lifted(...eks).topology);
  });
});

const allowed = {
  name: "allow",
  priority: 100,
  direction: "Inbound",
  access: "Allow",
  protocol: "*",
  sourcePortRange: "*",
  destinationPortRange: "*",
  destinationAddressPrefix: "*",
};
const denied = {
  ...allowed,
  name: "deny",
  priority: 200,
  access: "Deny",
  sourceAddressPrefix: "*",
};
