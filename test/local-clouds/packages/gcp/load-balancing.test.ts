import assert from "node:assert/strict";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import type { Lab, Made } from "../../kit/lab.ts";
import { makeNetwork, openGoogle } from "./fixtures.ts";

describe("load balancers of gcp", () => {
  let lab: Lab;
  let service: Made;

  beforeEach(() => {
    lab = openGoogle();
    makeNetwork(lab);
    lab.create("gcp:compute/healthCheck:HealthCheck", "h", { name: "h", httpHealthCheck: {} });
    service = lab.create("gcp:compute/backendService:BackendService", "b", {
      name: "b",
      healthChecks: "h",
    });
  });

  afterEach(() => lab.close());

  it("fill in checks and services", () => {
    assert.equal(service.id, "projects/shop-dev/global/backendServices/b");
    assert.equal(service.outputs["protocol"], "HTTP");
    assert.equal(service.outputs["loadBalancingScheme"], "EXTERNAL");
    const check = lab.create("gcp:compute/healthCheck:HealthCheck", "t", { tcpHealthCheck: {} });
    assert.equal(check.outputs["type"], "TCP");
    assert.equal(check.outputs["checkIntervalSec"], 5);
    const token = "gcp:compute/healthCheck:HealthCheck";
    const both = { httpHealthCheck: {}, tcpHealthCheck: {} };
    assert.equal(lab.checkFailures(token, "x", both)[0]?.property, "httpHealthCheck");
    const slow = { tcpHealthCheck: {}, timeoutSec: 9 };
    assert.equal(lab.checkFailures(token, "x", slow)[0]?.property, "timeoutSec");
  });

  const map = (): Made =>
    lab.create("gcp:compute/uRLMap:URLMap", "m", { name: "m", defaultService: service.id });
  const secure = (more: JsonObject = {}): Made =>
    lab.create("gcp:compute/targetHttpsProxy:TargetHttpsProxy", "p", {
      name: "p",
      urlMap: "m",
      ...more,
    });

  it("chain rule, proxy, map and service, and take them down in that order only", () => {
    assert.match(
      lab.refusal(() => secure()),
      /referenced resource does not exist/,
    );
    const made = map();
    assert.match(
      lab.refusal(() => secure()),
      /At least one SSL certificate/,
    );
    lab.create("gcp:compute/managedSslCertificate:ManagedSslCertificate", "c", {
      name: "c",
      managed: { domains: ["example.com."] },
    });
    const proxy = secure({ sslCertificates: ["c"] });
    const rule = lab.create("gcp:compute/globalForwardingRule:GlobalForwardingRule", "r", {
      name: "r",
      target: proxy.id,
      portRange: "443",
    });
    assert.equal(rule.id, "projects/shop-dev/global/forwardingRules/r");
    assert.equal(rule.outputs["portRange"], "443-443");
    assert.match(String(rule.outputs["ipAddress"]), /^203\.0\.113\.\d+$/);
    for (const held of [proxy, made, service]) {
      assert.match(
        lab.refusal(() => lab.delete(held)),
        /resourceInUseByAnotherResource/,
      );
    }
    lab.delete(rule);
    lab.delete(proxy);
    lab.delete(made);
    lab.delete(service);
  });

  it("refuse maps without answer, doubled addresses and checks on serverless groups", () => {
    assert.equal(
      lab.checkFailures("gcp:compute/uRLMap:URLMap", "m", { name: "m" })[0]?.property,
      "defaultService",
    );
    map();
    const http = lab.create("gcp:compute/targetHttpProxy:TargetHttpProxy", "p", {
      name: "p",
      urlMap: "m",
    });
    const rule = (name: string) =>
      lab.create("gcp:compute/globalForwardingRule:GlobalForwardingRule", name, {
        name,
        target: http.id,
        portRange: "80",
        ipAddress: "203.0.113.9",
      });
    rule("one");
    assert.match(
      lab.refusal(() => rule("two")),
      /in-use and would result in a conflict/,
    );
    lab.create("gcp:cloudrunv2/service:Service", "run", {
      name: "run",
      location: "europe-west4",
      template: { containers: [{ image: "x" }] },
    });
    const group = lab.create(
      "gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup",
      "n",
      { name: "n", region: "europe-west4", cloudRun: { service: "run" } },
    );
    const serverless = (more: JsonObject) =>
      lab.create("gcp:compute/backendService:BackendService", "s", {
        name: "s",
        backends: [{ group: group.id }],
        ...more,
      });
    assert.match(
      lab.refusal(() => serverless({ healthChecks: "h" })),
      /cannot have a healthcheck/,
    );
    assert.equal((serverless({}).outputs["backends"] as JsonObject[])[0]?.["capacityScaler"], 1);
  });

  it("guard by policies whose rules have priorities of their own", () => {
    const policy = (priorities: number[]) =>
      lab.create("gcp:compute/securityPolicy:SecurityPolicy", "a", {
        name: "a",
        rules: priorities.map((priority) => ({
          priority,
          action: "allow",
          match: { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges: ["*"] } },
        })),
      });
    assert.match(
      lab.refusal(() => policy([1, 1])),
      /must be unique/,
    );
    assert.equal(policy([1, 2]).outputs["type"], "CLOUD_ARMOR");
    const ssl = "gcp:compute/sSLPolicy:SSLPolicy";
    assert.equal(lab.create(ssl, "s", { name: "s" }).outputs["minTlsVersion"], "TLS_1_0");
    assert.equal(
      lab.checkFailures(ssl, "c", { name: "c", profile: "CUSTOM" })[0]?.property,
      "customFeatures",
    );
  });
});
