/** What API servers log, and where their clouds take it; the lines of Istio's proxies. */

import assert from "node:assert/strict";
import { Deployed } from "../../../local-clouds/probe/packet/deployed.ts";
import { proxyRecords } from "../../../local-clouds/probe/packet/istio/access-log.ts";
import { walk } from "../../../local-clouds/probe/packet/probe.ts";
import type { JsonObject } from "../../../local-clouds/protocol/value.ts";
import { acting, deliveredIn } from "../act/kit.ts";
import { account } from "../probe/token/aws-world.ts";
import { TestWorld } from "../probe/token/kit.ts";

const host = "0123456789ABCDEF0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com";
/** An EKS cluster that logs these types, with a namespace. */
function eks(...enabledClusterLogTypes: readonly string[]): TestWorld {
  const world = new TestWorld();
  world.insert(
    "aws:eks/cluster:Cluster",
    account,
    "shop",
    {
      name: "shop",
      endpoint: `https://${host}`,
      enabledClusterLogTypes: [...enabledClusterLogTypes],
    },
    "eu-central-1",
  );
  world.insert("kubernetes:core/v1:Namespace", `https://${host}`, "shop", {
    metadata: { name: "shop" },
  });
  return world;
}

async function recordsAfter(world: TestWorld) {
  await acting(world, {
    as: "system:serviceaccount:shop:web@eks/shop",
    action: "pods/exec create",
    resource: "shop/web-1",
  });
  const delivered = deliveredIn(world);
  world.lab.close();
  return delivered;
}

describe("Kubernetes audit events", () => {
  it("have the fields of audit.k8s.io/v1, in the cluster's log group", async () => {
    const world = eks("audit");
    world.lab.create("aws:cloudwatch/logGroup:LogGroup", "g", { name: "/aws/eks/shop/cluster" });
    const [record] = await recordsAfter(world);
    assert.ok(record);
    // Kubernetes docs, "kube-apiserver Audit Configuration (v1)", Event.
    assert.deepEqual(Object.keys(record.json).sort(), [
      "annotations",
      "apiVersion",
      "auditID",
      "kind",
      "level",
      "objectRef",
      "requestReceivedTimestamp",
      "requestURI",
      "responseStatus",
      "sourceIPs",
      "stage",
      "stageTimestamp",
      "user",
      "userAgent",
      "verb",
    ]);
    assert.deepEqual(record.json["objectRef"], {
      resource: "pods",
      namespace: "shop",
      name: "web-1",
      apiVersion: "v1",
      subresource: "exec",
    });
    assert.equal(record.json["requestURI"], "/api/v1/namespaces/shop/pods/web-1/exec");
    assert.equal((record.json["responseStatus"] as JsonObject)["code"], 403);
    assert.equal(
      (record.json["annotations"] as JsonObject)["authorization.k8s.io/decision"],
      "forbid",
    );
    assert.equal(record.place, "kube-apiserver-audit");
  });

  it("lie with the cluster where nobody deployed the group", async () => {
    const [record] = await recordsAfter(eks("api", "audit"));
    assert.equal(record?.place, "/aws/eks/shop/cluster/kube-apiserver-audit");
  });

  it("are nowhere where the cluster does not log them", async () => {
    assert.equal((await recordsAfter(eks("authenticator"))).length, 0);
  });
});

describe("Istio access logs", () => {
  /** A workload in the mesh, and a telemetry setting. */
  function mesh(telemetry?: JsonObject): TestWorld {
    const world = new TestWorld();
    const lab = world.lab.with("kubernetes");
    const labels = { "istio-injection": "enabled" };
    lab.create("kubernetes:core/v1:Namespace", "shop", { metadata: { name: "shop", labels } });
    for (const name of ["web", "api"]) {
      lab.create("kubernetes:apps/v1:Deployment", name, {
        metadata: { name, namespace: "shop" },
        spec: {
          selector: { matchLabels: { app: name } },
          template: {
            metadata: { labels: { app: name } },
            spec: { containers: [{ name: "c", image: "c", ports: [{ containerPort: 8080 }] }] },
          },
        },
      });
    }
    const server =
      world.lab.clouds.world.all().find(({ token }) => token.startsWith("kubernetes:"))?.account ??
      "";
    world.insert("kubernetes:security.istio.io/v1:PeerAuthentication", server, "shop/default", {
      metadata: { name: "default", namespace: "shop" },
    });
    if (telemetry !== undefined)
      world.insert("kubernetes:telemetry.istio.io/v1:Telemetry", server, "istio-system/mesh", {
        metadata: { name: "mesh", namespace: "istio-system" },
        spec: telemetry,
      });
    return world;
  }

  function lines(world: TestWorld) {
    const [first] = world.lab.clouds.world.all();
    const cluster = (first?.account ?? "").replace(/^https?:\/\//, "");
    const walked = walk(new Deployed(world.lab.clouds.world, []), {
      from: `${cluster}/shop/web`,
      to: `${cluster}/shop/api`,
      protocol: "tcp",
      port: 8080,
    });
    const records = proxyRecords(
      world.lab.clouds.world,
      walked,
      new Date("2026-01-02T03:04:05.678Z"),
    );
    world.lab.close();
    return records;
  }

  it("are lines of the default format where a Telemetry switches them on", () => {
    const [record] = lines(mesh({ accessLogging: [{ providers: [{ name: "envoy" }] }] }));
    assert.match(
      record?.body ?? "",
      /^\[2026-01-02T03:04:05\.678Z\] "- - -" 0 - - - "-" 0 0 0 - "-" "-" "-" "-" "\S+" inbound\|8080\|\| - \S+ \S+ - -$/,
    );
  });

  it("are objects with the fields of the default JSON format where the mesh encodes so", () => {
    const world = mesh({ accessLogging: [{ providers: [{ name: "envoy" }] }] });
    const [first] = world.lab.clouds.world.all();
    world.insert("kubernetes:core/v1:ConfigMap", first?.account ?? "", "istio-system/istio", {
      metadata: { name: "istio", namespace: "istio-system" },
      data: { mesh: "accessLogEncoding: JSON\n" },
    });
    const [record] = lines(world);
    // Istio, "Envoy Access Logs, Default access log format", as the proxies' JSON.
    const fields =
      "start_time method path protocol response_code response_flags response_code_details connection_termination_details " +
      "upstream_transport_failure_reason bytes_received bytes_sent duration upstream_service_time x_forwarded_for user_agent " +
      "request_id authority upstream_host upstream_cluster upstream_local_address downstream_local_address " +
      "downstream_remote_address requested_server_name route_name";
    const line = JSON.parse(record?.body ?? "{}") as JsonObject;
    assert.deepEqual(Object.keys(line), fields.split(" "));
    assert.equal(line["start_time"], "2026-01-02T03:04:05.678Z");
    assert.equal(line["request_id"], null);
  });

  it("are nowhere without one, and where it is disabled", () => {
    assert.equal(lines(mesh()).length, 0);
    assert.equal(lines(mesh({ accessLogging: [{ disabled: true }] })).length, 0);
  });
});
