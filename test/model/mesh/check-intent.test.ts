import assert from "node:assert/strict";
import { checkMeshIntent } from "../../../model/mesh/check-intent.ts";
import type { MeshIntent, ServiceIntent } from "../../../model/mesh/intent.ts";
import { firstCluster, sample } from "./sample.ts";

const found = (change: Partial<MeshIntent>) =>
  checkMeshIntent({ ...sample, ...change })
    .map(({ code, place }) => `${code} ${place}`)
    .sort();

const withService = (service: ServiceIntent) => found({ services: [...sample.services, service] });

describe("model/mesh checkMeshIntent", () => {
  it("accepts a sound intent", () => assert.deepEqual(found({}), []));

  it("finds everything wrong at once", () => {
    assert.deepEqual(
      found({
        id: "Bulkhead",
        trustDomain: "*.example",
        calls: [
          { from: "shop/front", to: "shop/crat", because: "" },
          { from: "shop/cart", to: "shop/cart", because: "itself" },
          { from: "shop/front", to: "shop/visitor", because: "nothing there" },
        ],
      }),
      [
        "flow-nowhere calls[0].to",
        "flow-nowhere calls[2].to",
        "flow-redundant calls[1]",
        "input-missing calls[0].because",
        "input-type id",
        "input-type trustDomain",
      ],
    );
  });

  it("suggests the service that was meant", () => {
    const [problem] = checkMeshIntent({
      ...sample,
      calls: [{ from: "shop/front", to: "shop/crat", because: "x" }],
    });
    assert.equal(problem?.next, 'Did you mean "shop/cart"?');
  });

  it("finds a call said twice", () => {
    assert.deepEqual(found({ calls: [...sample.calls, ...sample.calls.slice(0, 1)] }), [
      "flow-redundant calls[3]",
    ]);
  });

  it("refuses services that Kubernetes or the sidecar would", () => {
    assert.deepEqual(withService({ namespace: "Shop", name: "-x" }), [
      "input-type services[4].name",
      "input-type services[4].namespace",
    ]);
    assert.deepEqual(withService({ namespace: "istio-system", name: "x" }), [
      "input-unknown services[4].namespace",
    ]);
    assert.deepEqual(withService({ namespace: "shop", name: "cart" }), [
      "input-duplicate services[4]",
    ]);
    const offers = { port: 0, workloadPort: 15006, protocol: "udp" as "tcp" };
    assert.deepEqual(withService({ namespace: "shop", name: "x", offers }), [
      "input-unknown services[4].offers.protocol",
      "port-invalid services[4].offers.port",
      "port-invalid services[4].offers.workloadPort",
    ]);
  });

  it("refuses an Istio that is too old or not exact", () => {
    for (const version of ["1.30.4", "1.31", "^1.31.4", "latest"]) {
      assert.deepEqual(found({ istio: { ...sample.istio, version } }), [
        "input-type istio.version",
      ]);
    }
    const istio = { ...sample.istio, hub: "https://mirror", chartRepository: "charts" };
    assert.deepEqual(found({ istio }), [
      "input-type istio.chartRepository",
      "input-type istio.hub",
    ]);
  });

  it("refuses certificates that outlive their signer", () => {
    const certificates = { rootHours: 10, intermediateHours: 10, renewalHours: 10 };
    assert.deepEqual(found({ certificates }), [
      "input-type certificates.intermediateHours",
      "input-type certificates.renewalHours",
    ]);
  });

  it("refuses clusters that cannot be told apart", () => {
    assert.deepEqual(found({ clusters: [firstCluster, firstCluster] }), [
      "address-overlap clusters[1].ranges[0]",
      "address-overlap clusters[1].ranges[1]",
      "input-duplicate clusters[1].name",
      "input-duplicate clusters[1].network",
    ]);
    const nested = { ...firstCluster, ranges: ["10.10.0.0/16", "10.10.48.0/20"] };
    assert.deepEqual(found({ clusters: [nested] }), []);
    assert.deepEqual(found({ clusters: [] }), ["input-missing clusters"]);
    const open = { ...firstCluster, ranges: [], apiServer: ["0.0.0.0/0", "10.0.0.1"] };
    assert.deepEqual(found({ clusters: [open] }), [
      "address-invalid clusters[0].apiServer[1]",
      "input-missing clusters[0].ranges",
      "trust-too-wide clusters[0].apiServer[0]",
    ]);
  });

  it("refuses a way in for everybody, to nowhere, or to something that speaks no HTTP", () => {
    assert.ok(sample.ingress !== undefined);
    const ingress = {
      ...sample.ingress,
      from: ["::/0"],
      host: "*",
      certificate: "A",
      because: " ",
    };
    assert.deepEqual(found({ ingress }), [
      "input-missing ingress.because",
      "input-type ingress.certificate",
      "input-type ingress.host",
      "trust-too-wide ingress.from[0]",
    ]);
    for (const service of ["shop/nobody", "shop/visitor", "store/redis"]) {
      assert.deepEqual(found({ ingress: { ...sample.ingress, service } }), [
        "flow-nowhere ingress.service",
      ]);
    }
  });
});
