/** Where the audit events of managed clusters go: where their cloud's logging sends them, and nowhere else. */

import assert from "node:assert/strict";
import type { JsonObject, ValueObject } from "../../../local-clouds/protocol/value.ts";
import { gkeMethod } from "../../../local-clouds/records/kubernetes/gke.ts";
import { acting, deliveredIn, type Wish } from "../act/kit.ts";
import { account } from "../probe/token/aws-world.ts";
import { azure, subscription } from "../probe/token/azure-world.ts";
import { gcp, project } from "../probe/token/gcp-world.ts";
import { TestWorld } from "../probe/token/kit.ts";
import { address, type Form, hasForm, micros, millis, ticks, uuid } from "./form.ts";

/** Kubernetes docs, "kube-apiserver Audit Configuration (v1), Event": what events at level Metadata have. */
const event: Form = {
  kind: /^Event$/,
  apiVersion: /^audit\.k8s\.io\/v1$/,
  level: /^Metadata$/,
  auditID: uuid,
  stage: /^ResponseComplete$/,
  requestURI: /^\/apis?\//,
  verb: /^[a-z]+$/,
  user: { username: "text", groups: ["text"] },
  sourceIPs: [address],
  userAgent: "text",
  objectRef: {
    resource: "text",
    "namespace?": "text",
    "name?": "text",
    "apiGroup?": "text",
    apiVersion: "text",
    "subresource?": "text",
  },
  responseStatus: {
    metadata: {},
    code: "number",
    "status?": /^Failure$/,
    "message?": "text",
    "reason?": "text",
  },
  requestReceivedTimestamp: micros,
  stageTimestamp: micros,
  annotations: {
    "authorization.k8s.io/decision": /^(allow|forbid)$/,
    "authorization.k8s.io/reason": "text",
  },
};

const admin = "kubernetes:boss+system:masters";
const exec = (cluster: string): Wish => ({
  as: `${admin}@${cluster}`,
  action: "pods/exec create",
  resource: "shop/web-1",
});
const list = (cluster: string): Wish => ({
  as: `${admin}@${cluster}`,
  action: "secrets list",
  resource: "shop",
});
const scale = (cluster: string): Wish => ({
  as: `${admin}@${cluster}`,
  action: "deployments.apps/scale patch",
  resource: "shop/web",
});

function namespaceAt(world: TestWorld, host: string): void {
  world.insert("kubernetes:core/v1:Namespace", `https://${host}`, "shop", {
    metadata: { name: "shop" },
  });
}

async function recordsAfter(world: TestWorld, ...wishes: readonly Wish[]) {
  for (const wish of wishes) {
    const answer = await acting(world, wish);
    assert.equal(answer.outcome, "allowed", JSON.stringify(answer));
  }
  const delivered = deliveredIn(world);
  const named = delivered.map((record) => ({
    ...record,
    to: world.lab.clouds.world.byRow(record.destination)?.id ?? "",
  }));
  world.lab.close();
  return named;
}

describe("EKS's audit events", () => {
  const host = (name: string) => `${name.padEnd(32, "0")}.gr7.eu-central-1.eks.amazonaws.com`;

  /** A cluster with a name and the types of logs that it sends. */
  function cluster(world: TestWorld, name: string, types: readonly string[]): void {
    world.insert(
      "aws:eks/cluster:Cluster",
      account,
      name,
      { name, endpoint: `https://${host(name)}`, enabledClusterLogTypes: [...types] },
      "eu-central-1",
    );
    namespaceAt(world, host(name));
  }

  it("go to the cluster's own group, one for each cluster", async () => {
    const world = new TestWorld();
    for (const name of ["a", "b"]) {
      cluster(world, name, ["audit"]);
      const group = `/aws/eks/${name}/cluster`;
      world.lab.create("aws:cloudwatch/logGroup:LogGroup", name, { name: group });
    }
    world.lab.create("aws:cloudwatch/logGroup:LogGroup", "other", { name: "other" });
    const records = await recordsAfter(world, exec("eks/a"), list("eks/b"));
    assert.deepEqual(
      records.map(({ to, json }) => [to, json["verb"]]),
      [
        ["/aws/eks/a/cluster", "create"],
        ["/aws/eks/b/cluster", "list"],
      ],
    );
    for (const { json } of records) hasForm(json, event);
  });

  for (const types of [[], ["api", "authenticator", "controllerManager", "scheduler"]]) {
    it(`are nowhere with ${types.join(", ") || "no"} logs switched on`, async () => {
      const world = new TestWorld();
      cluster(world, "a", types);
      assert.equal((await recordsAfter(world, exec("eks/a"))).length, 0);
    });
  }

  it("are not in the trail: the API server is not an API of AWS", async () => {
    const world = new TestWorld();
    cluster(world, "a", ["audit"]);
    world.lab.create("aws:s3/bucket:Bucket", "logs", { bucket: "logs" });
    world.insert("aws:cloudtrail/trail:Trail", account, "t", {
      s3BucketName: "logs",
      isMultiRegionTrail: true,
    });
    const records = await recordsAfter(world, exec("eks/a"));
    assert.deepEqual(
      records.map(({ kind }) => kind),
      ["Kubernetes audit"],
    );
  });
});

describe("AKS's audit events", () => {
  const group = `/subscriptions/${subscription}/resourceGroups/shop`;
  const id = `${group}/providers/Microsoft.ContainerService/managedClusters/shop`;
  const host = "shop-dns-0123.hcp.westeurope.azmk8s.io";
  const storage = `${group}/providers/Microsoft.Storage/storageAccounts/logs`;
  const workspace = `${group}/providers/Microsoft.OperationalInsights/workspaces/central`;

  function aks(setting?: JsonObject, on = id): TestWorld {
    const world = new TestWorld();
    const lab = azure(world);
    lab.create("azure-native:resources:ResourceGroup", "shop", { resourceGroupName: "shop" });
    lab.create("azure-native:storage:StorageAccount", "logs", {
      resourceGroupName: "shop",
      accountName: "logs",
      location: "westeurope",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
    });
    lab.create("azure-native:operationalinsights:Workspace", "central", {
      resourceGroupName: "shop",
      workspaceName: "central",
      location: "westeurope",
    });
    world.insert("azure-native:containerservice:ManagedCluster", subscription, id, {
      name: "shop",
      fqdn: host,
    });
    namespaceAt(world, host);
    if (setting !== undefined) {
      const settingId = `${on}/providers/microsoft.insights/diagnosticSettings/all`;
      world.insert("azure-native:monitor:DiagnosticSetting", subscription, settingId, setting);
    }
    return world;
  }
  const logs = (...categories: readonly string[]) =>
    categories.map((category) => ({ category, enabled: true }));

  it("are in the container of their category, the event as a text inside", async () => {
    const [record] = await recordsAfter(
      aks({ storageAccountId: storage, logs: logs("kube-audit") }),
      exec("aks/shop"),
    );
    assert.ok(record);
    assert.equal(record.to, storage);
    assert.match(
      record.place,
      /^insights-logs-kube-audit\/resourceId=\/SUBSCRIPTIONS\/.*\/MANAGEDCLUSTERS\/SHOP\/y=2026\/m=01\/d=02\/h=03\/m=00\/PT1H\.json$/,
    );
    // AKS docs, "Monitoring AKS data reference: Resource logs"; Azure Monitor, common schema.
    hasForm(record.json, {
      operationName: /^Microsoft\.ContainerService\/managedClusters\/diagnosticLogs\/Read$/,
      category: /^kube-audit$/,
      ccpNamespace: /^[0-9a-f]{24}$/,
      resourceId: /^\/SUBSCRIPTIONS\/[^a-z]+$/,
      properties: { log: "text", stream: /^stdout$/, pod: /^kube-apiserver-[0-9a-f]{10}$/ },
      time: ticks,
    });
    const { log } = record.json["properties"] as { readonly log: string };
    hasForm(JSON.parse(log), event);
    assert.equal(JSON.parse(log).responseStatus.code, 101);
  });

  const rows: readonly (readonly [
    says: string,
    setting: JsonObject,
    wish: Wish,
    places: readonly string[],
  ])[] = [
    [
      "in a workspace are in its table",
      { workspaceId: workspace, logs: logs("kube-audit") },
      list("aks/shop"),
      ["AKSAudit"],
    ],
    [
      "without reads are in the table of changes",
      { workspaceId: workspace, logs: logs("kube-audit-admin") },
      exec("aks/shop"),
      ["AKSAuditAdmin"],
    ],
    [
      "without reads have no reads",
      { workspaceId: workspace, logs: logs("kube-audit-admin") },
      list("aks/shop"),
      [],
    ],
    [
      "of both categories are in both tables",
      { workspaceId: workspace, logs: logs("kube-audit", "kube-audit-admin") },
      scale("aks/shop"),
      ["AKSAudit", "AKSAuditAdmin"],
    ],
    [
      "are not where another category is chosen",
      { workspaceId: workspace, logs: logs("kube-apiserver", "guard") },
      exec("aks/shop"),
      [],
    ],
    [
      "are not where the category is off",
      { workspaceId: workspace, logs: [{ category: "kube-audit", enabled: false }] },
      exec("aks/shop"),
      [],
    ],
    [
      "are in the group audit",
      { workspaceId: workspace, logs: [{ categoryGroup: "audit", enabled: true }] },
      list("aks/shop"),
      ["AKSAudit"],
    ],
    [
      "are not at a workspace that is not there",
      { workspaceId: `${workspace}2`, logs: logs("kube-audit") },
      exec("aks/shop"),
      [],
    ],
  ];
  for (const [says, setting, wish, places] of rows) {
    it(says, async () => {
      const records = await recordsAfter(aks(setting), wish);
      assert.deepEqual(
        records.map(({ place }) => place),
        places,
      );
    });
  }

  it("are nowhere without a setting", async () => {
    assert.equal((await recordsAfter(aks(), exec("aks/shop"))).length, 0);
  });

  it("are not where another cluster's setting sends", async () => {
    const setting = { workspaceId: workspace, logs: logs("kube-audit") };
    assert.equal((await recordsAfter(aks(setting, `${id}2`), exec("aks/shop"))).length, 0);
  });

  it("are not in the activity log: the API server is not ARM", async () => {
    const world = aks();
    world.insert(
      "azure-native:monitor:SubscriptionDiagnosticSetting",
      subscription,
      `/subscriptions/${subscription}/providers/microsoft.insights/diagnosticSettings/all`,
      { workspaceId: workspace, logs: logs("Administrative") },
    );
    assert.equal((await recordsAfter(world, exec("aks/shop"))).length, 0);
  });
});

describe("GKE's audit events", () => {
  const id = `projects/${project}/locations/europe-west4/clusters/shop`;
  const host = "203.0.113.50";

  function gke(sink: ValueObject | undefined, audit?: ValueObject): TestWorld {
    const world = new TestWorld();
    const lab = gcp(world);
    lab.create("gcp:storage/bucket:Bucket", "logs", { name: "logs", location: "EU" });
    lab.create("gcp:storage/bucket:Bucket", "data", { name: "data", location: "EU" });
    world.insert(
      "gcp:container/cluster:Cluster",
      project,
      id,
      { name: "shop", endpoint: host },
      "europe-west4",
    );
    namespaceAt(world, host);
    if (audit !== undefined)
      lab.create("gcp:projects/iAMAuditConfig:IAMAuditConfig", "audit", { project, ...audit });
    if (sink === undefined) return world;
    const made = lab.create("gcp:logging/projectSink:ProjectSink", "all", {
      name: "all",
      destination: "storage.googleapis.com/logs",
      ...sink,
    });
    lab.create("gcp:storage/bucketIAMMember:BucketIAMMember", "writer", {
      bucket: "logs",
      role: "roles/storage.objectCreator",
      member: String(made.outputs["writerIdentity"]),
    });
    return world;
  }
  const reads: ValueObject = {
    service: "allServices",
    auditLogConfigs: [{ logType: "DATA_READ" }],
  };

  // GKE docs, "View GKE audit logs"; Cloud Audit Logs, "AuditLog".
  const form: Form = {
    protoPayload: {
      "@type": /AuditLog$/,
      authenticationInfo: { principalEmail: "text" },
      authorizationInfo: [{ granted: "boolean", permission: /^io\.k8s\./, resource: "text" }],
      methodName: /^io\.k8s\./,
      requestMetadata: { callerIp: address, callerSuppliedUserAgent: "text" },
      resourceName: "text",
      serviceName: /^k8s\.io$/,
      status: {},
    },
    insertId: "text",
    resource: {
      type: /^k8s_cluster$/,
      labels: { project_id: /^acme-prod$/, location: /^europe-west4$/, cluster_name: /^shop$/ },
    },
    timestamp: millis,
    severity: /^NOTICE$/,
    labels: { "authorization.k8s.io/decision": /^allow$/, "authorization.k8s.io/reason": "text" },
    logName: /^projects\/acme-prod\/logs\/cloudaudit\.googleapis\.com%2F(activity|data_access)$/,
    operation: { first: "boolean", id: "text", last: "boolean", producer: /^k8s\.io$/ },
    receiveTimestamp: millis,
  };

  for (const [says, wish, method, resource, log] of [
    [
      "a command in a pod",
      exec("gke/shop"),
      "io.k8s.core.v1.pods.exec.create",
      "core/v1/namespaces/shop/pods/web-1/exec",
      "activity",
    ],
    [
      "a scaling",
      scale("gke/shop"),
      "io.k8s.apps.v1.deployments.scale.patch",
      "apps/v1/namespaces/shop/deployments/web/scale",
      "activity",
    ],
    [
      "a list",
      list("gke/shop"),
      "io.k8s.core.v1.secrets.list",
      "core/v1/namespaces/shop/secrets",
      "data_access",
    ],
  ] as const) {
    it(`of ${says} are entries of k8s.io in the sink's bucket`, async () => {
      const [record, ...more] = await recordsAfter(gke({}, reads), wish);
      assert.ok(record);
      assert.equal(more.length, 0);
      assert.equal(record.to, "logs");
      hasForm(record.json, form);
      const { methodName, resourceName } = record.json["protoPayload"] as JsonObject;
      assert.deepEqual([methodName, resourceName], [method, resource]);
      assert.match(record.place, new RegExp(`^cloudaudit\\.googleapis\\.com/${log}/2026/01/02/`));
    });
  }

  const rows: readonly (readonly [
    says: string,
    sink: ValueObject | undefined,
    wish: Wish,
    count: number,
  ])[] = [
    ["are nowhere without a sink", undefined, exec("gke/shop"), 0],
    ["that read are not written where nobody switched them on", {}, list("gke/shop"), 0],
    [
      "are in a sink for the service",
      { filter: 'protoPayload.serviceName="k8s.io"' },
      exec("gke/shop"),
      1,
    ],
    ["are in a sink for clusters", { filter: 'resource.type="k8s_cluster"' }, exec("gke/shop"), 1],
    [
      "are not in a sink for the GKE API",
      { filter: 'protoPayload.serviceName="container.googleapis.com"' },
      exec("gke/shop"),
      0,
    ],
    [
      "are not in a sink for another cluster",
      { filter: 'resource.labels.cluster_name="other"' },
      exec("gke/shop"),
      0,
    ],
    [
      "are not in a sink that may not write",
      { destination: "storage.googleapis.com/data" },
      exec("gke/shop"),
      0,
    ],
  ];
  for (const [says, sink, wish, count] of rows) {
    it(says, async () => assert.equal((await recordsAfter(gke(sink), wish)).length, count));
  }

  for (const [group, resource, method] of [
    ["", "pods", "io.k8s.core.v1.pods.create"],
    ["batch", "jobs", "io.k8s.batch.v1.jobs.create"],
    [
      "rbac.authorization.k8s.io",
      "clusterrolebindings",
      "io.k8s.authorization.rbac.v1.clusterrolebindings.create",
    ],
    ["networking.k8s.io", "networkpolicies", "io.k8s.networking.v1.networkpolicies.create"],
    [
      "security.istio.io",
      "authorizationpolicies",
      "io.istio.security.v1.authorizationpolicies.create",
    ],
  ] as const) {
    it(`of ${resource} of ${group || "the core group"} are named ${method}`, () =>
      assert.equal(gkeMethod(group, "v1", resource, "", "create"), method));
  }
});
