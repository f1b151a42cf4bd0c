import assert from "node:assert/strict";
import fc from "fast-check";
import { lowerCluster } from "../../../components/mesh/lower.ts";
import type { PlannedObject } from "../../../components/shared/planned-object.ts";
import { decide, decideTransport } from "../../../model/mesh/authorization.ts";
import { checkMeshIntent } from "../../../model/mesh/check-intent.ts";
import type { MeshIntent } from "../../../model/mesh/intent.ts";
import { readPolicies } from "../../../model/mesh/manifest.ts";
import type { MeshVerdict } from "../../../model/mesh/verify.ts";
import { verifyMesh } from "../../../model/mesh/verify.ts";
import { onlineBoutique } from "../../../stacks/online-boutique.ts";
import { intents } from "./intents.ts";
import { firstCluster, sample } from "./sample.ts";

type Change = (object: PlannedObject) => PlannedObject | undefined;

/** Lowers, changes each object (or drops it), reads back and compares. */
function verify(intent: MeshIntent, change: Change = (object) => object): MeshVerdict {
  const objects = lowerCluster(intent, firstCluster)
    .meshObjects.map(change)
    .filter((object) => object !== undefined);
  const verdict = verifyMesh(intent, firstCluster, readPolicies(intent.trustDomain, objects));
  const policies = readPolicies(intent.trustDomain, objects);
  for (const { kind, request } of verdict.differences) {
    if (kind === "plaintext") {
      const { verdict: taken } = decideTransport(policies, request);
      assert.ok(request.transport === "plaintext" && taken !== "denied");
      continue;
    }
    const expected = { extra: "allowed", missing: "denied", undecided: "undecided" }[kind];
    assert.equal(decide(policies, request).verdict, expected);
  }
  return verdict;
}

const at = (object: PlannedObject, kind: string, ref: string) =>
  object.kind === kind && `${object.metadata.namespace}/${object.metadata.name}` === ref;

/** Replaces the spec of one object. */
function withSpec(kind: string, ref: string, spec: Record<string, unknown>): Change {
  return (object) => (at(object, kind, ref) ? { ...object, spec } : object);
}

function drop(kind: string, ...refs: string[]): Change {
  return (object) => (refs.some((ref) => at(object, kind, ref)) ? undefined : object);
}

const lines = ({ differences }: MeshVerdict) =>
  differences.map(({ kind, from, to, ports }) => `${kind}: ${from} -> ${to} ${ports.join(",")}`);

const call = "shop/cart.from.shop.front";
const callSpec = (source: unknown, ports = ["7070"]) => ({
  action: "ALLOW",
  selector: { matchLabels: { app: "cart" } },
  rules: [{ from: [{ source }], to: [{ operation: { ports } }] }],
});
const front = `${sample.trustDomain}/ns/shop/sa/front`;

describe("model/mesh verifyMesh", () => {
  it("finds nothing in what was lowered, and has looked at something", () => {
    for (const intent of [sample, onlineBoutique("local", sample.clusters, ["10.10.0.0/20"])]) {
      const verdict = verify(intent);
      assert.deepEqual(verdict.differences, []);
      assert.deepEqual(verdict.unknowns, []);
      assert.ok(verdict.pairsCompared > 1000, String(verdict.pairsCompared));
    }
  });

  it("finds nothing in whatever a sound intent lowers to", () => {
    fc.assert(
      fc.property(intents(), (intent) => {
        fc.pre(checkMeshIntent(intent).length === 0);
        assert.deepEqual(lines(verify(intent)), []);
      }),
      { numRuns: 60 },
    );
  });

  it("misses a call whose policy is dropped", () => {
    const verdict = verify(sample, drop("AuthorizationPolicy", call));
    assert.deepEqual(lines(verdict), ["missing: shop/front -> shop/cart 7070"]);
    assert.equal(verdict.differences[0]?.request.principal, front);
    assert.match(verdict.differences[0]?.decision.decidedBy ?? "", /allow-nothing/);
  });

  it("finds each dropped policy of a call, whichever it is", () => {
    for (const object of lowerCluster(sample, firstCluster).meshObjects) {
      if (object.kind !== "AuthorizationPolicy" || object.metadata.name === "allow-nothing")
        continue;
      const ref = `${object.metadata.namespace}/${object.metadata.name}`;
      const kinds = verify(sample, drop("AuthorizationPolicy", ref)).differences.map(
        ({ kind }) => kind,
      );
      assert.ok(kinds.length > 0 && kinds.every((kind) => kind === "missing"), ref);
    }
  });

  it("finds every workload of a namespace that is PERMISSIVE, though authorization still holds", () => {
    const permissive = withSpec("PeerAuthentication", "shop/default", {
      mtls: { mode: "PERMISSIVE" },
    });
    const verdict = verify(sample, permissive);
    assert.deepEqual(
      verdict.differences.map(({ kind, to }) => `${kind} ${to}`),
      [
        "plaintext shop/front",
        "plaintext shop/cart",
        "plaintext shop/visitor",
        "plaintext shop/undeclared workload",
        "plaintext shop/undeclared workload (app=redis)",
      ],
    );
    for (const { decision, ports } of verdict.differences) {
      assert.equal(decision.decidedBy, "PeerAuthentication shop/default");
      assert.ok(ports.includes(7070));
    }
  });

  it("finds who gets in where plaintext meets a rule that asks for no identity", () => {
    const permissive = withSpec("PeerAuthentication", "shop/default", {
      mtls: { mode: "PERMISSIVE" },
    });
    const anyone = withSpec("AuthorizationPolicy", call, callSpec({}));
    const { differences } = verify(sample, (object) => anyone(permissive(object) ?? object));
    const entered = differences.filter(
      ({ kind, request }) => kind === "extra" && request.transport === "plaintext",
    );
    assert.ok(entered.length > 0 && entered.every(({ to }) => to === "shop/cart"));
    const strict = verify(sample, anyone).differences;
    assert.ok(strict.every(({ request }) => request.transport === "mtls"));
  });

  it("finds the one port on which mutual TLS is off", () => {
    const hole: PlannedObject = {
      apiVersion: "security.istio.io/v1",
      kind: "PeerAuthentication",
      metadata: { name: "metrics", namespace: "shop" },
      spec: {
        selector: { matchLabels: { app: "cart" } },
        portLevelMtls: { "9100": { mode: "DISABLE" } },
      },
    };
    const objects = [...lowerCluster(sample, firstCluster).meshObjects, hole];
    const policies = readPolicies(sample.trustDomain, objects);
    const found = verifyMesh(sample, firstCluster, policies).differences;
    assert.deepEqual(
      found.map(({ kind, to, ports }) => `${kind} ${to} ${ports.join(",")}`),
      ["plaintext shop/cart 9100"],
    );
  });

  it("finds callers whom mutual TLS no longer tells apart", () => {
    const off = withSpec("PeerAuthentication", "shop/default", { mtls: { mode: "DISABLE" } });
    assert.ok(lines(verify(sample, off)).includes("missing: shop/front -> shop/cart 7070"));
  });

  it("finds a mesh that nothing makes STRICT any more", () => {
    const none: Change = (object) => (object.kind === "PeerAuthentication" ? undefined : object);
    const { differences } = verify(sample, none);
    assert.ok(differences.some(({ kind, to }) => kind === "plaintext" && to === "store/redis"));
  });

  it("finds everybody whom a principal * lets in, from other trust domains too", () => {
    const verdict = verify(
      sample,
      withSpec("AuthorizationPolicy", call, callSpec({ principals: ["*"] })),
    );
    const found = lines(verdict);
    assert.ok(found.includes("extra: shop/visitor -> shop/cart 7070"), found.join("\n"));
    assert.ok(found.includes("extra: foreign.example/ns/shop/sa/front -> shop/cart 7070"));
    assert.ok(verdict.differences.every(({ decision }) => decision.decidedBy.endsWith(call)));
  });

  it("finds a trust domain left open", () => {
    const verdict = verify(
      sample,
      withSpec("AuthorizationPolicy", call, callSpec({ principals: ["*/ns/shop/sa/front"] })),
    );
    assert.ok(lines(verdict).includes("extra: foreign.example/ns/shop/sa/front -> shop/cart 7070"));
  });

  it("finds one identity that nobody declared", () => {
    const spy = `${sample.trustDomain}/ns/tools/sa/spy`;
    const verdict = verify(
      sample,
      withSpec("AuthorizationPolicy", call, callSpec({ principals: [front, spy] })),
    );
    assert.deepEqual(lines(verdict), [`extra: ${spy} -> shop/cart 7070`]);
  });

  it("finds a wrong port twice: let in there, kept out here", () => {
    const verdict = verify(
      sample,
      withSpec("AuthorizationPolicy", call, callSpec({ principals: [front] }, ["9999"])),
    );
    assert.deepEqual(lines(verdict).sort(), [
      "extra: shop/front -> shop/cart 9999",
      "missing: shop/front -> shop/cart 7070",
    ]);
  });

  it("finds ports that nobody mentions, where a rule forgets them", () => {
    const spec = { ...callSpec({ principals: [front] }) };
    spec.rules = [{ from: [{ source: { principals: [front] } }] }] as never;
    const [difference] = verify(sample, withSpec("AuthorizationPolicy", call, spec)).differences;
    assert.equal(difference?.kind, "extra");
    assert.ok(difference.ports.includes(1) && !difference.ports.includes(7070));
  });

  it("finds an empty rule: mutual TLS alone then lets everybody in, everywhere in the namespace", () => {
    const found = lines(
      verify(sample, withSpec("AuthorizationPolicy", "shop/allow-nothing", { rules: [{}] })),
    );
    assert.ok(found.some((line) => line.startsWith("extra: stranger")));
    assert.ok(found.some((line) => line.includes("shop/undeclared workload")));
    assert.ok(!found.some((line) => line.includes("-> store/")));
  });

  it("finds what only the mesh-wide deny keeps out", () => {
    const root = drop("AuthorizationPolicy", "istio-system/allow-nothing");
    const found = lines(verify(sample, root));
    assert.ok(found.length > 0);
    assert.ok(found.every((line) => line.includes("namespace-that-nobody-declared")));
  });

  it("finds a way in that is open to other addresses", () => {
    const wide = {
      selector: { matchLabels: { istio: "ingressgateway" } },
      rules: [
        {
          from: [{ source: { ipBlocks: ["0.0.0.0/0"] } }],
          to: [{ operation: { ports: ["8443"] } }],
        },
      ],
    };
    const found = lines(
      verify(
        sample,
        withSpec("AuthorizationPolicy", "istio-gateways/istio-ingressgateway.from.outside", wide),
      ),
    );
    assert.ok(
      found.includes(
        "extra: plaintext caller at 192.0.2.1 -> istio-gateways/istio-ingressgateway 8443",
      ),
      found.join("\n"),
    );
  });

  it("stays undecided where HTTP decides, and says so", () => {
    const spec = callSpec({ principals: ["*"] });
    spec.rules[0] = {
      ...spec.rules[0],
      to: [{ operation: { ports: ["7070"], methods: ["GET"] } as never }],
    } as (typeof spec.rules)[0];
    const verdict = verify(sample, withSpec("AuthorizationPolicy", call, spec));
    const kinds = new Set(verdict.differences.map(({ kind }) => kind));
    assert.deepEqual([...kinds], ["undecided"]);
  });

  it("hands on what could not be read", () => {
    const strange = withSpec("AuthorizationPolicy", call, { rules: "all" });
    assert.deepEqual(verify(sample, strange).unknowns, [
      { origin: `AuthorizationPolicy ${call}`, path: "spec.rules", reason: "not a list" },
    ]);
  });
});
