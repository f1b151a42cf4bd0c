import assert from "node:assert/strict";
import { decide } from "../../../model/mesh/authorization.ts";
import type { KubernetesObject } from "../../../model/mesh/manifest.ts";
import { readPolicies } from "../../../model/mesh/manifest.ts";
import type { MeshRequest } from "../../../model/mesh/policy.ts";

const domain = "test.example";

function authorization(spec: unknown, more: object = {}): KubernetesObject {
  return {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: "p", namespace: "shop", ...more },
    spec,
  };
}

function peers(namespace: string, spec: unknown): KubernetesObject {
  return {
    apiVersion: "security.istio.io/v1",
    kind: "PeerAuthentication",
    metadata: { name: "default", namespace },
    spec,
  };
}

interface Ask {
  principal?: string | undefined;
  plaintext?: boolean;
  port?: number;
  protocol?: "http" | "tcp";
  address?: string;
  namespace?: string;
}

function ask(objects: readonly KubernetesObject[], given: Ask = {}): string {
  const request: MeshRequest = {
    transport: given.plaintext === true ? "plaintext" : "mtls",
    principal: given.principal ?? `${domain}/ns/shop/sa/front`,
    ...(given.address === undefined ? {} : { address: given.address }),
    destination: {
      namespace: given.namespace ?? "shop",
      labels: { app: "cart", version: "v1" },
      port: given.port ?? 7070,
      protocol: given.protocol ?? "http",
    },
  };
  return decide(readPolicies(domain, objects), request).verdict;
}

const from = (source: unknown) => authorization({ rules: [{ from: [{ source }] }] });
const principal = (value: string, given: Ask = {}) => ask([from({ principals: [value] })], given);

describe("model/mesh PeerAuthentication", () => {
  const strict = peers("istio-system", { mtls: { mode: "STRICT" } });
  const plaintext = { plaintext: true };

  it("takes plaintext where nothing says otherwise", () => {
    assert.equal(ask([], plaintext), "allowed");
  });

  it("holds mesh-wide from the root namespace", () => {
    assert.equal(ask([strict], plaintext), "denied");
    assert.equal(ask([strict]), "allowed");
  });

  it("lets the narrower scope win", () => {
    const open = peers("shop", { mtls: { mode: "PERMISSIVE" } });
    assert.equal(ask([strict, open], plaintext), "allowed");
    assert.equal(ask([strict, open], { ...plaintext, namespace: "store" }), "denied");
    const own = peers("shop", {
      selector: { matchLabels: { app: "cart" } },
      mtls: { mode: "STRICT" },
    });
    assert.equal(ask([strict, open, own], plaintext), "denied");
  });

  it("inherits what is UNSET", () => {
    assert.equal(ask([strict, peers("shop", { mtls: { mode: "UNSET" } })], plaintext), "denied");
    assert.equal(ask([strict, peers("shop", {})], plaintext), "denied");
  });

  it("lets a workload's port win, and only beside a selector", () => {
    const portLevelMtls = { "7070": { mode: "DISABLE" } };
    const own = peers("shop", { selector: { matchLabels: { app: "cart" } }, portLevelMtls });
    assert.equal(ask([strict, own], plaintext), "allowed");
    assert.equal(ask([strict, own], { ...plaintext, port: 80 }), "denied");
    assert.equal(ask([strict, peers("shop", { portLevelMtls })], plaintext), "denied");
  });

  it("ignores a selector in the root namespace", () => {
    const aimed = peers("istio-system", {
      selector: { matchLabels: { app: "cart" } },
      mtls: { mode: "PERMISSIVE" },
    });
    assert.equal(ask([strict, aimed], plaintext), "denied");
  });

  it("cannot tell where two policies of one scope differ", () => {
    const other = peers("shop", { mtls: { mode: "PERMISSIVE" } });
    assert.equal(ask([peers("shop", { mtls: { mode: "STRICT" } }), other], plaintext), "undecided");
  });

  it("sees no identity where mutual TLS is off", () => {
    const off = peers("shop", { mtls: { mode: "DISABLE" } });
    assert.equal(ask([off, from({ principals: ["*"] })]), "denied");
  });
});

describe("model/mesh AuthorizationPolicy", () => {
  it("allows everything where no ALLOW policy selects the workload", () => {
    assert.equal(ask([]), "allowed");
    const other = authorization({ selector: { matchLabels: { app: "other" } } });
    assert.equal(ask([other]), "allowed");
    assert.equal(ask([authorization({})], { namespace: "store" }), "allowed");
  });

  it("tells no rules from an empty rule", () => {
    assert.equal(ask([authorization({})]), "denied");
    assert.equal(ask([authorization({ rules: [] })]), "denied");
    assert.equal(ask([authorization({ rules: [{}] })]), "allowed");
    assert.equal(ask([authorization({ action: "DENY" })]), "allowed");
    assert.equal(ask([authorization({ action: "DENY", rules: [{}] })]), "denied");
  });

  it("applies the root namespace's policies to the whole mesh", () => {
    const root = authorization({}, { namespace: "istio-system" });
    assert.equal(ask([root], { namespace: "store" }), "denied");
  });

  it("lets DENY win over ALLOW", () => {
    const deny = authorization({
      action: "DENY",
      rules: [{ to: [{ operation: { ports: ["7070"] } }] }],
    });
    assert.equal(ask([from({ principals: ["*"] }), deny]), "denied");
    assert.equal(ask([from({ principals: ["*"] }), deny], { port: 80 }), "allowed");
  });

  it("matches principals exactly, by prefix, by suffix, and by presence", () => {
    assert.equal(principal(`${domain}/ns/shop/sa/front`), "allowed");
    assert.equal(principal(`${domain}/ns/shop/sa/fron`), "denied");
    assert.equal(principal(`${domain}/ns/shop/*`), "allowed");
    assert.equal(principal("*/sa/front"), "allowed");
    assert.equal(principal("*/sa/back"), "denied");
    assert.equal(principal("*"), "allowed");
    assert.equal(principal("*", { plaintext: true }), "denied");
  });

  it("reads cluster.local as the mesh's own trust domain", () => {
    assert.equal(principal("cluster.local/ns/shop/sa/front"), "allowed");
    const foreign = { principal: "cluster.local/ns/shop/sa/front" };
    assert.equal(principal("cluster.local/ns/shop/sa/front", foreign), "denied");
  });

  it("matches namespaces, service accounts and trust domains", () => {
    assert.equal(ask([from({ namespaces: ["shop"] })]), "allowed");
    assert.equal(ask([from({ namespaces: ["sho*"] })]), "allowed");
    assert.equal(ask([from({ namespaces: ["sh"] })]), "denied");
    assert.equal(ask([from({ serviceAccounts: ["front"] })]), "allowed");
    assert.equal(ask([from({ serviceAccounts: ["store/front"] })]), "denied");
    assert.equal(ask([from({ trustDomains: [domain] })]), "allowed");
    assert.equal(ask([from({ trustDomains: ["other.example"] })]), "denied");
  });

  it("lets a pattern of namespaces run across slashes, as Istio does", () => {
    assert.equal(ask([from({ namespaces: ["*sa"] })]), "allowed");
  });

  it("admits the anonymous by a negative match alone", () => {
    const anyoneElse = from({ notPrincipals: [`${domain}/ns/shop/sa/evil`] });
    assert.equal(ask([anyoneElse], { plaintext: true }), "allowed");
  });

  it("joins fields of a source by AND, entries by OR", () => {
    const both = from({ namespaces: ["store"], principals: [`${domain}/ns/shop/sa/front`] });
    assert.equal(ask([both]), "denied");
    const either = authorization({
      rules: [
        { from: [{ source: { namespaces: ["store"] } }, { source: { namespaces: ["shop"] } }] },
      ],
    });
    assert.equal(ask([either]), "allowed");
  });

  it("compares addresses where they are given, and cannot tell where not", () => {
    const block = from({ ipBlocks: ["10.0.0.0/8", "fd00::/8"] });
    assert.equal(ask([block], { address: "10.1.2.3" }), "allowed");
    assert.equal(ask([block], { address: "fd01::1" }), "allowed");
    assert.equal(ask([block], { address: "192.0.2.1" }), "denied");
    assert.equal(ask([block]), "undecided");
    assert.equal(ask([from({ ipBlocks: ["10.1.2.3"] })], { address: "10.1.2.3" }), "allowed");
  });

  it("reads HTTP fields on a TCP port as Istio does", () => {
    const get = [{ to: [{ operation: { methods: ["GET"] } }] }];
    const tcp = { protocol: "tcp" } as const;
    assert.equal(ask([authorization({ rules: get })], tcp), "denied");
    assert.equal(ask([authorization({ action: "DENY", rules: get })], tcp), "denied");
    const deny = authorization({
      action: "DENY",
      rules: [{ to: [{ operation: { methods: ["GET"], ports: ["80"] } }] }],
    });
    assert.equal(ask([deny], tcp), "allowed");
    assert.equal(ask([deny], { ...tcp, port: 80 }), "denied");
  });

  it("cannot tell what hangs on HTTP, tokens or an outside service", () => {
    assert.equal(
      ask([authorization({ rules: [{ to: [{ operation: { methods: ["GET"] } }] }] })]),
      "undecided",
    );
    assert.equal(ask([from({ requestPrincipals: ["*"] })]), "undecided");
    const custom = authorization({
      action: "CUSTOM",
      provider: { name: "opa" },
      rules: [{}],
    });
    assert.equal(ask([custom]), "undecided");
    assert.equal(ask([custom, authorization({})]), "denied");
  });

  it("ignores AUDIT, dry runs, and policies bound to gateways", () => {
    assert.equal(ask([authorization({ action: "AUDIT", rules: [{}] })]), "allowed");
    const dry = { annotations: { "istio.io/dry-run": "true" } };
    assert.equal(ask([authorization({}, dry)]), "allowed");
    assert.equal(ask([authorization({ targetRefs: [{ kind: "Gateway", name: "g" }] })]), "allowed");
  });

  it("honours conditions, and joins them by AND", () => {
    const when = (...conditions: unknown[]) => authorization({ rules: [{ when: conditions }] });
    const port = { key: "destination.port", values: ["7070"] };
    const shop = { key: "source.namespace", values: ["shop"] };
    assert.equal(ask([when(port, shop)]), "allowed");
    assert.equal(ask([when(port, { key: "source.namespace", notValues: ["shop"] })]), "denied");
    assert.equal(ask([when(port, { key: "connection.sni", values: ["x"] })]), "undecided");
  });

  it("names what it cannot read and never reads it as an allow", () => {
    const strange = authorization({ rules: [{ from: [{ source: { principles: ["*"] } }] }] });
    assert.equal(ask([strange]), "undecided");
    const policies = readPolicies(domain, [
      strange,
      authorization({ action: "PERMIT", rules: [{}] }),
      authorization({ rules: [{ when: [{ key: "destination.labels[app]", values: ["x"] }] }] }),
      peers("shop", { mtls: { mode: "STRICTLY" } }),
    ]);
    assert.deepEqual(
      policies.unreadable.map(({ path }) => path),
      [
        "spec.mtls.mode",
        "spec.rules[0].from[0].source.principles",
        "spec.action",
        "spec.rules[0].when[0].key",
      ],
    );
  });
});
