/** Istio's policies at the pods of a mesh, as far as addresses, ports and identities decide. */
import assert from "node:assert/strict";
import { arrives, lift, read } from "./cluster.ts";

const namespace = (name: string, labels: string) =>
  `{apiVersion: v1, kind: Namespace, metadata: {name: ${name}, labels: ${labels}}}`;
const pod = (where: string, name: string, more = "") =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, namespace: ${where}, labels: {app: ${name}}}, spec: {serviceAccountName: ${name}${more}}}`;
const policy = (kind: string, name: string, spec: string, where = "shop") =>
  `{apiVersion: security.istio.io/v1, kind: ${kind}, metadata: {name: ${name}, namespace: ${where}}, spec: ${spec}}`;

const cluster = [
  namespace("shop", "{istio-injection: enabled}"),
  namespace("jobs", "{istio.io/dataplane-mode: ambient}"),
  namespace("legacy", "{}"),
  pod("shop", "web"),
  pod("shop", "app"),
  pod("jobs", "batch"),
  pod("legacy", "old"),
  pod("nowhere", "stray"),
];

const lifted = (...policies: readonly string[]) => lift([...cluster, ...policies].join("\n---\n"));
const authorization = (spec: string, name = "a") => policy("AuthorizationPolicy", name, spec);
const mtls = (mode: string, where = "shop", name = "default") =>
  policy("PeerAuthentication", name, `{mtls: {mode: ${mode}}}`, where);

const fromWeb = "from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}]";
const app = "selector: {matchLabels: {app: app}}";

/** Callers with what becomes of their packets to `shop/app`. */
function callers(network: ReturnType<typeof lift>, ports = "tcp/80"): Record<string, string> {
  const names = ["shop/web", "jobs/batch", "legacy/old", "nowhere/stray", "internet"];
  return Object.fromEntries(names.map((name) => [name, arrives(network, name, "shop/app", ports)]));
}

const everybody = (verdict: string) => ({
  "shop/web": verdict,
  "jobs/batch": verdict,
  "legacy/old": verdict,
  "nowhere/stray": verdict,
  internet: verdict,
});

describe("a mesh", () => {
  it("without policies lets everything pass", () => {
    assert.deepEqual(callers(lifted()), everybody("yes"));
    assert.deepEqual(callers(lifted(mtls("PERMISSIVE"))), everybody("yes"));
  });

  it("that is strict takes no plaintext, from pods outside it and from the internet", () => {
    const strict = lifted(mtls("STRICT"));
    assert.deepEqual(callers(strict), {
      ...everybody("no"),
      "shop/web": "yes",
      "jobs/batch": "yes",
      "nowhere/stray": "perhaps",
    });
    assert.deepEqual(callers(strict, "udp/53"), everybody("yes"));
    assert.equal(arrives(strict, "legacy/old", "jobs/batch", "tcp/80"), "yes");
  });

  it("that is strict on one port alone is so there", () => {
    const ports = `{${app}, mtls: {mode: PERMISSIVE}, portLevelMtls: {"8080": {mode: STRICT}}}`;
    const network = lifted(policy("PeerAuthentication", "app", ports));
    assert.equal(callers(network, "tcp/8080")["internet"], "no");
    assert.equal(callers(network, "tcp/80")["internet"], "yes");
  });

  it("of which two policies differ leaves open which is older", () => {
    const network = lifted(mtls("STRICT"), mtls("PERMISSIVE", "shop", "second"));
    assert.equal(callers(network)["internet"], "perhaps");
  });

  it("denies all to a namespace with an empty policy", () => {
    assert.deepEqual(callers(lifted(authorization("{}"))), everybody("no"));
    assert.equal(arrives(lifted(authorization("{}")), "internet", "jobs/batch", "tcp/80"), "yes");
  });

  it("lets in the identities that an ALLOW policy names, on its ports", () => {
    const rules = `{${app}, rules: [{${fromWeb}, to: [{operation: {ports: ["80"]}}]}]}`;
    const network = lifted(authorization(rules));
    assert.deepEqual(callers(network), { ...everybody("no"), "shop/web": "yes" });
    assert.deepEqual(callers(network, "tcp/81"), everybody("no"));
    assert.deepEqual(callers(network, "udp/81"), everybody("yes"));
    assert.equal(arrives(network, "internet", "shop/web", "tcp/80"), "yes");
  });

  it("leaves open whom another trust domain's principals name", () => {
    const rules = "{rules: [{from: [{source: {principals: [other.example/ns/shop/sa/web]}}]}]}";
    const network = lifted(authorization(rules));
    assert.deepEqual(callers(network), { ...everybody("no"), "shop/web": "perhaps" });
  });

  it("asks DENY before ALLOW; a negative match means those without an identity too", () => {
    const deny = `{action: DENY, rules: [{from: [{source: {notNamespaces: [shop]}}]}]}`;
    const network = lifted(authorization(deny), authorization("{rules: [{}]}", "b"));
    assert.deepEqual(callers(network), { ...everybody("no"), "shop/web": "yes" });
  });

  it("without mutual TLS knows no identity", () => {
    const rules = `{rules: [{${fromWeb}}]}`;
    const network = lifted(mtls("DISABLE"), authorization(rules));
    assert.deepEqual(callers(network), everybody("no"));
  });

  it("cannot tell what hangs on a request, an outside service or a pod's address", () => {
    const get = `{rules: [{${fromWeb}, to: [{operation: {methods: [GET]}}]}]}`;
    assert.equal(callers(lifted(authorization(get)))["shop/web"], "perhaps");
    assert.equal(callers(lifted(authorization(get)))["jobs/batch"], "no");
    const denied = `{action: DENY, rules: [{to: [{operation: {methods: [GET]}}]}]}`;
    assert.deepEqual(callers(lifted(authorization(denied))), everybody("perhaps"));
    const custom = "{action: CUSTOM, provider: {name: x}, rules: [{}]}";
    assert.deepEqual(callers(lifted(authorization(custom))), everybody("perhaps"));
    const blocks = "{rules: [{from: [{source: {ipBlocks: [203.0.113.0/24]}}]}]}";
    assert.deepEqual(callers(lifted(authorization(blocks))), {
      ...everybody("perhaps"),
      internet: "yes",
    });
  });

  it("does not log what it enforces, nor enforce what it logs", () => {
    assert.deepEqual(
      callers(lifted(authorization("{action: AUDIT, rules: [{}]}"))),
      everybody("yes"),
    );
  });

  it("does not bind pods outside it, and perhaps those of whose namespace nothing is known", () => {
    const at = (where: string) => policy("AuthorizationPolicy", "a", "{}", where);
    const network = lifted(at("legacy"), at("nowhere"));
    assert.equal(arrives(network, "internet", "legacy/old", "tcp/80"), "yes");
    assert.equal(arrives(network, "internet", "nowhere/stray", "tcp/80"), "perhaps");
    assert.equal(arrives(network, "shop/web", "nowhere/stray", "tcp/80"), "perhaps");
  });

  it("with a waypoint leaves open what that lets pass", () => {
    const waypoint = namespace(
      "edge",
      "{istio.io/dataplane-mode: ambient, istio.io/use-waypoint: w}",
    );
    const strict = mtls("STRICT", "edge");
    const network = lift([...cluster, waypoint, pod("edge", "api"), strict].join("\n---\n"));
    assert.equal(arrives(network, "shop/web", "edge/api", "tcp/80"), "perhaps");
  });

  it("leaves to a gateway's own servers which transport they take", () => {
    const strict = [
      mtls("STRICT"),
      authorization(`{${app}, rules: [{to: [{operation: {ports: ["80"]}}]}]}`),
    ];
    const gateway = (api: string) =>
      `{apiVersion: ${api}, kind: Gateway, metadata: {name: in, namespace: edge}, spec: {selector: {app: app}}}`;
    assert.equal(callers(lifted(...strict))["internet"], "no");
    const open = lifted(...strict, gateway("networking.istio.io/v1"));
    assert.deepEqual(callers(open), everybody("yes"));
    assert.deepEqual(callers(open, "tcp/81"), everybody("no"));
    const other = lifted(...strict, gateway("gateway.networking.k8s.io/v1"));
    assert.equal(callers(other)["internet"], "no");
  });

  it("that is ambient needs its tunnel's port open", () => {
    const ingress = (port: number) =>
      `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: n, namespace: jobs}, spec: {podSelector: {}, ingress: [{ports: [{port: ${port}}]}]}}`;
    assert.deepEqual(lifted(ingress(80)).closedTunnels, ["jobs/batch[Pod]"]);
    assert.deepEqual(lifted(ingress(15008)).closedTunnels, []);
    assert.deepEqual(lifted().closedTunnels, []);
  });

  it("tells what of its policies could not be read", () => {
    const { topology } = lifted(authorization("{rules: [{strange: []}]}"));
    assert.equal(topology.unknowns.length, 1);
    assert.match(topology.unknowns[0]?.urn ?? "", /test\.yaml#9 AuthorizationPolicy shop\/a/);
    assert.deepEqual(read(cluster.join("\n---\n")).problems, []);
  });
});
