import assert from "node:assert/strict";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import type { Lab, Made } from "../../kit/lab.ts";
import { openLab } from "../../kit/lab.ts";

const base = "https://www.googleapis.com/compute/v1/projects/shop-dev";

describe("gcp tables", () => {
  let lab: Lab;

  beforeEach(() => {
    lab = openLab("gcp", { project: "shop-dev", region: "europe-west4" });
  });

  afterEach(() => lab.close());

  const network = (more: JsonObject = {}): Made =>
    lab.create("gcp:compute/network:Network", "net", {
      name: "net",
      autoCreateSubnetworks: false,
      enableUlaInternalIpv6: true,
      internalIpv6Range: "fd20:30::/48",
      ...more,
    });
  const subnetwork = (name: string, range: string, more: JsonObject = {}): Made =>
    lab.create("gcp:compute/subnetwork:Subnetwork", name, {
      name,
      network: "net",
      ipCidrRange: range,
      stackType: "IPV4_IPV6",
      ipv6AccessType: "INTERNAL",
      ...more,
    });

  describe("networks", () => {
    it("answers as the recorded provider does", () => {
      const made = lab.create("gcp:compute/network:Network", "n", {
        name: "mynetwork2",
        autoCreateSubnetworks: false,
      });
      assert.equal(made.id, "projects/shop-dev/global/networks/mynetwork2");
      assert.equal(made.outputs["selfLink"], `${base}/global/networks/mynetwork2`);
      assert.equal(made.outputs["routingMode"], "REGIONAL");
      assert.deepEqual(made.inputs["__defaults"], [
        "deleteDefaultRoutesOnCreate",
        "networkFirewallPolicyEnforcementOrder",
      ]);
    });

    it("finds a network by name and by self link and keeps it while a subnet lies in it", () => {
      const net = network();
      const a = subnetwork("a", "10.30.0.0/20");
      assert.equal(a.outputs["network"], net.outputs["selfLink"]);
      assert.equal(a.outputs["gatewayAddress"], "10.30.0.1");
      const b = subnetwork("b", "10.30.16.0/20", { network: net.outputs["selfLink"] as string });
      assert.match(
        lab.refusal(() => lab.delete(net)),
        /resourceInUseByAnotherResource/,
      );
      lab.delete(a);
      lab.delete(b);
      lab.delete(net);
    });

    it("gives a dual-stack subnet a /64 of its network", () => {
      network();
      assert.match(
        String(subnetwork("a", "10.30.0.0/20").outputs["internalIpv6Prefix"]),
        /^fd20:30:0:[0-9a-f]+::\/64$/,
      );
      const own = subnetwork("b", "10.30.16.0/20", { internalIpv6Prefix: "fd20:30:0:7::/64" });
      assert.equal(own.outputs["ipv6CidrRange"], "fd20:30:0:7::/64");
      const outside = () =>
        subnetwork("c", "10.30.32.0/20", { internalIpv6Prefix: "fd20:99::/64" });
      assert.match(lab.refusal(outside), /internalIpv6Prefix/);
    });

    it("refuses overlapping ranges, secondary ranges included", () => {
      network();
      subnetwork("a", "10.30.0.0/20", {
        secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.30.128.0/18" }],
      });
      assert.match(
        lab.refusal(() => subnetwork("b", "10.30.8.0/24")),
        /conflicts/,
      );
      assert.match(
        lab.refusal(() => subnetwork("c", "10.30.160.0/20")),
        /conflicts/,
      );
      subnetwork("d", "10.30.64.0/20");
    });

    it("takes internal ranges of fd20::/20 only", () => {
      assert.match(
        lab.refusal(() => network({ internalIpv6Range: "fd00:30::/48" })),
        /fd20::\/20/,
      );
    });
  });

  describe("firewall policies", () => {
    let policy: Made;
    let web: Made;

    beforeEach(() => {
      network();
      policy = lab.create("gcp:compute/networkFirewallPolicy:NetworkFirewallPolicy", "p", {
        name: "p",
      });
      const key = lab.create("gcp:tags/tagKey:TagKey", "k", {
        parent: "projects/shop-dev",
        shortName: "segment",
        purpose: "GCE_FIREWALL",
        purposeData: { network: "shop-dev/net" },
      });
      web = lab.create("gcp:tags/tagValue:TagValue", "web", { parent: key.id, shortName: "web" });
    });

    const rule = (name: string, priority: number, more: JsonObject): Made =>
      lab.create("gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule", name, {
        firewallPolicy: "p",
        action: "allow",
        direction: "INGRESS",
        priority,
        match: {
          srcIpRanges: ["0.0.0.0/0"],
          layer4Configs: [{ ipProtocol: "tcp", ports: ["443"] }],
        },
        targetSecureTags: [{ name: web.id }],
        ...more,
      });

    it("has one rule per priority", () => {
      assert.equal(rule("a", 1000, {}).id, "projects/shop-dev/global/firewallPolicies/p/1000");
      assert.match(
        lab.refusal(() => rule("b", 1000, {})),
        /unique/,
      );
    });

    it("mixes no families and looks up its tags", () => {
      const layer4Configs = [{ ipProtocol: "all" }];
      const mixed = () =>
        rule("m", 1, { match: { srcIpRanges: ["0.0.0.0/0", "::/0"], layer4Configs } });
      assert.match(lab.refusal(mixed), /cannot be mixed/);
      const lost = () => rule("l", 2, { targetSecureTags: [{ name: "tagValues/999" }] });
      assert.match(lab.refusal(lost), /notFound/);
      const silent = () => rule("s", 3, { match: { layer4Configs } });
      assert.match(lab.refusal(silent), /must have a source/);
    });

    it("goes with its policy, whose tags it holds until then", () => {
      rule("a", 1000, {});
      assert.match(
        lab.refusal(() => lab.delete(web)),
        /still used/,
      );
      lab.delete(policy);
      lab.delete(web);
    });
  });

  it("fills in a firewall as the recorded provider does", () => {
    network();
    const made = lab.create("gcp:compute/firewall:Firewall", "tested-resource", {
      network: "net",
      allows: [{ protocol: "icmp" }, { protocol: "tcp", ports: ["80"] }],
      sourceTags: ["web"],
    });
    assert.equal(made.outputs["priority"], 1000);
    assert.match(String(made.outputs["name"]), /^tested-resource-[0-9a-f]{7}$/);
    assert.deepEqual(made.outputs["sourceRanges"], []);
    assert.deepEqual((made.outputs["allows"] as JsonObject[])[0]?.["ports"], []);
  });

  it("reads silence about sources as everybody", () => {
    network();
    const made = lab.create("gcp:compute/firewall:Firewall", "f", {
      network: "net",
      allows: [{ protocol: "tcp" }],
    });
    assert.deepEqual(made.outputs["sourceRanges"], ["0.0.0.0/0"]);
  });

  it("grants only to known forms of members and to accounts that exist", () => {
    const token = "gcp:projects/iAMMember:IAMMember";
    const grant = (member: string): JsonObject => ({
      project: "shop-dev",
      role: "roles/viewer",
      member,
    });
    assert.equal(lab.checkFailures(token, "m", grant("alice@example.com"))[0]?.property, "member");
    const ghost = grant("serviceAccount:ghost@shop-dev.iam.gserviceaccount.com");
    assert.match(
      lab.refusal(() => lab.create(token, "g", ghost)),
      /does not exist/,
    );
    const account = lab.create("gcp:serviceaccount/account:Account", "ci", {
      accountId: "ci-runner",
    });
    const made = lab.create(token, "ok", grant(String(account.outputs["member"])));
    assert.equal(made.id, `shop-dev/roles/viewer/${String(account.outputs["member"])}`);
    const again = lab.create(token, "again", grant(String(account.outputs["member"])));
    assert.equal(again.id, made.id);
  });

  it("takes no provider of a shared issuer without a condition on its claims", () => {
    lab.create("gcp:iam/workloadIdentityPool:WorkloadIdentityPool", "pool", {
      workloadIdentityPoolId: "github",
    });
    const provider = (attributeCondition?: string) =>
      lab.create("gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider", "p", {
        workloadIdentityPoolId: "github",
        workloadIdentityPoolProviderId: "actions",
        oidc: { issuerUri: "https://token.actions.githubusercontent.com" },
        attributeMapping: { "google.subject": "assertion.sub" },
        ...(attributeCondition === undefined ? {} : { attributeCondition }),
      });
    assert.match(
      lab.refusal(() => provider()),
      /attribute condition must reference/,
    );
    assert.match(provider("assertion.repository_id == '2'").id, /providers\/actions$/);
    const reserved = { workloadIdentityPoolId: "gcp-pool" };
    const faults = lab.checkFailures(
      "gcp:iam/workloadIdentityPool:WorkloadIdentityPool",
      "x",
      reserved,
    );
    assert.equal(faults[0]?.property, "workloadIdentityPoolId");
  });

  it("never shortens or removes a locked retention", () => {
    const inputs: JsonObject = {
      name: "audit-logs",
      location: "EU",
      retentionPolicy: { isLocked: true, retentionPeriod: "31536000" },
    };
    const made = lab.create("gcp:storage/bucket:Bucket", "b", inputs);
    assert.equal(made.outputs["url"], "gs://audit-logs");
    const shorter = { ...inputs, retentionPolicy: { isLocked: true, retentionPeriod: "60" } };
    assert.match(
      lab.refusal(() => lab.update(made, shorter)),
      /locked retention policy/,
    );
    lab.update(made, {
      ...inputs,
      retentionPolicy: { isLocked: true, retentionPeriod: "63072000" },
    });
    const versions = { ...inputs, name: "other-logs", versioning: { enabled: true } };
    assert.match(
      lab.refusal(() => lab.create("gcp:storage/bucket:Bucket", "v", versions)),
      /versioning/,
    );
  });

  it("sends logs only where a bucket is", () => {
    const sink = (destination: string) =>
      lab.create("gcp:logging/projectSink:ProjectSink", "s", { name: "s", destination });
    assert.match(
      lab.refusal(() => sink("storage.googleapis.com/nowhere")),
      /does not exist/,
    );
    const faults = lab.checkFailures("gcp:logging/projectSink:ProjectSink", "s", {
      destination: "s3://x",
    });
    assert.equal(faults[0]?.property, "destination");
    lab.create("gcp:storage/bucket:Bucket", "b", { name: "logs-1", location: "EU" });
    assert.match(
      String(sink("storage.googleapis.com/logs-1").outputs["writerIdentity"]),
      /gcp-sa-logging/,
    );
  });

  it("looks up a cluster's ranges in its subnet", () => {
    network();
    const subnet = subnetwork("nodes", "10.30.0.0/20", {
      secondaryIpRanges: [
        { rangeName: "pods", ipCidrRange: "10.30.128.0/18" },
        { rangeName: "services", ipCidrRange: "10.30.240.0/20" },
      ],
    });
    const cluster = (pods: string) =>
      lab.create("gcp:container/cluster:Cluster", "gke", {
        name: "gke",
        location: "europe-west4",
        network: "net",
        subnetwork: subnet.id,
        ipAllocationPolicy: {
          clusterSecondaryRangeName: pods,
          servicesSecondaryRangeName: "services",
        },
        privateClusterConfig: {
          enablePrivateNodes: true,
          enablePrivateEndpoint: true,
          masterIpv4CidrBlock: "172.16.0.0/28",
        },
      });
    assert.match(
      lab.refusal(() => cluster("none")),
      /does not exist/,
    );
    const made = cluster("pods");
    assert.equal(made.outputs["endpoint"], "172.16.0.2");
    assert.equal(made.outputs["clusterIpv4Cidr"], "10.30.128.0/18");
    const pem = (made.outputs["masterAuth"] as JsonObject)["clusterCaCertificate"];
    assert.match(Buffer.from(String(pem), "base64").toString(), /BEGIN CERTIFICATE/);
  });
});
