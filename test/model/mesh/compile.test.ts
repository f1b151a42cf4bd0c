import assert from "node:assert/strict";
import fc from "fast-check";
import { decide } from "../../../model/mesh/authorization.ts";
import { compileGate } from "../../../model/mesh/compile.ts";
import type { MeshPolicies, MeshRequest } from "../../../model/mesh/policy.ts";
import { actions, mtlsModes } from "../../../model/mesh/policy.ts";

const domain = "test.example";
const namespace = fc.constantFrom("istio-system", "shop", "store");
const selector = fc.constantFrom({}, { app: "cart" }, { app: "front" }, { app: "cart", v: "1" });
const principal = fc
  .tuple(
    fc.constantFrom(domain, "cluster.local", "foreign.example"),
    fc.constantFrom("shop", "store"),
    fc.constantFrom("cart", "front"),
  )
  .map(([td, ns, sa]) => `${td}/ns/${ns}/sa/${sa}`);

const values: Record<string, fc.Arbitrary<string>> = {
  "source.principal": fc.oneof(
    principal,
    fc.constantFrom(
      "*",
      `${domain}/*`,
      "*/sa/cart",
      "cluster.local/ns/shop/sa/*",
      "*/ns/shop/sa/*",
    ),
  ),
  "source.namespace": fc.constantFrom("shop", "store", "s*", "*p", "*", "*sa", "s*e"),
  "source.serviceAccount": fc.constantFrom("cart", "shop/front", "store/cart"),
  "source.trustDomain": fc.constantFrom("*", domain, "foreign.*", "*.example"),
  "source.ip": fc.constantFrom("10.0.0.0/8", "192.0.2.1", "fd00::/8", "0.0.0.0/0"),
  "destination.port": fc.constantFrom("80", "7070"),
  "request.method": fc.constantFrom("GET"),
  "request.auth.principal": fc.constantFrom("*"),
  "connection.sni": fc.constantFrom("a.example"),
  "remote.ip": fc.constantFrom("10.0.0.0/8"),
};

const match = fc.constantFrom(...Object.keys(values)).chain((attribute) => {
  const some = fc.array(values[attribute] ?? fc.constant(""), { maxLength: 2 });
  return fc.record({ attribute: fc.constant(attribute), values: some, notValues: some });
});
const group = fc.array(match, { maxLength: 3 });
const rule = fc.record({
  from: fc.array(group, { maxLength: 2 }),
  to: fc.array(group, { maxLength: 2 }),
  when: fc.array(match, { maxLength: 2 }),
});
const mode = fc.option(fc.constantFrom(...mtlsModes), { nil: undefined });

const policies: fc.Arbitrary<MeshPolicies> = fc.record({
  trustDomain: fc.constant(domain),
  unreadable: fc.constant([]),
  peerAuthentications: fc.array(
    fc.record({
      origin: fc.constant("peer"),
      namespace,
      selector,
      mode,
      ports: mode.map((each) => new Map([[7070, each]])),
    }),
    { maxLength: 3 },
  ),
  authorizationPolicies: fc.array(
    fc.record({
      origin: fc.constant("policy"),
      namespace,
      action: fc.constantFrom(...actions),
      dryRun: fc.boolean(),
      selector,
      targeted: fc.boolean(),
      rules: fc.array(rule, { maxLength: 2 }),
    }),
    { maxLength: 4 },
  ),
});

const request: fc.Arbitrary<MeshRequest> = fc.record(
  {
    transport: fc.constantFrom("mtls", "plaintext"),
    principal,
    address: fc.constantFrom("10.1.1.1", "192.0.2.1", "fd00::1"),
    destination: fc.record({
      namespace,
      labels: fc.constant({ app: "cart", v: "1" }),
      port: fc.constantFrom(80, 7070),
      protocol: fc.constantFrom("http", "grpc", "tcp"),
      gateway: fc.boolean(),
    }),
  },
  { requiredKeys: ["transport", "destination"] },
);

describe("model/mesh compileGate", () => {
  it("says of every request what the naive evaluator says", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(policies, request, (all, one) => {
        const { destination, ...caller } = one;
        const { verdict } = decide(all, one);
        seen.add(verdict);
        assert.equal(compileGate(all, destination)(caller), verdict);
      }),
      { numRuns: 20_000 },
    );
    assert.deepEqual([...seen].sort(), ["allowed", "denied", "undecided"]);
  });
});
