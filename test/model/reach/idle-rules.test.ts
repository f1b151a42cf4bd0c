import assert from "node:assert/strict";
import fc from "fast-check";
import type { Rule, Stage, Topology } from "../../../model/network/topology.ts";
import { compareTopologies } from "../../../model/reach/compare.ts";
import { idleRules } from "../../../model/reach/idle-rules.ts";
import { computeReach } from "../../../model/reach/reach.ts";
import { endpoint, rule, stage, topology, web } from "./sample.ts";
import { cidrs, topologyArbitrary } from "./topologies.ts";

const here = (path: string, one: Rule): Rule => ({ ...one, origin: { urn: "urn:rule", path } });

const idle = (...stages: Stage[]) => idleBut([], ...stages);

/** Idle rules where those of some paths are nobody's to remove. */
function idleBut(kept: readonly string[], ...stages: Stage[]) {
  const plan = topology(
    [
      endpoint(
        "web",
        web,
        stages.map(({ id }) => id),
      ),
    ],
    stages,
  );
  return idleRules(computeReach(plan), ({ origin }) => !kept.includes(origin.path)).map(
    ({ rule: { origin }, why, by, otherwise }) =>
      `${origin.path} ${why}${by.map((one) => ` ${one.origin.path}`).join("")}${
        otherwise === undefined ? "" : ` (${otherwise})`
      }`,
  );
}

const world = { addresses: cidrs("0.0.0.0/0") };
const half = { addresses: cidrs("0.0.0.0/1") };
const otherHalf = { addresses: cidrs("128.0.0.0/1") };

describe("idleRules", () => {
  it("names the rules that shadow one", () => {
    const rules = [
      here("a", rule("allow", [half], "tcp/80")),
      here("b", rule("deny", [otherHalf], "tcp/1-100")),
      here("c", rule("allow", [world], "tcp/80")),
      here("d", rule("allow", [world], "tcp/443")),
    ];
    assert.deepEqual(
      idle(stage("in", "in", rules)),
      ["c shadowed a b", "b redundant (default)"].toReversed(),
    );
  });

  it("finds rules that name nobody, or what no packet can have", () => {
    const ports = [{ from: 1n, to: 2n }];
    const rules = [
      here("group", rule("allow", [{ group: "nobody" }])),
      here("none", rule("allow", [])),
      here("own", { ...rule("allow", [world]), own: cidrs("10.9.0.0/16") }),
      here("v6", rule("allow", [{ addresses: cidrs("::/0") }])),
      here("icmp6", rule("allow", [world], "icmp6")),
      here("ports", { ...rule("allow", [world], "icmp"), sourcePorts: ports }),
      here("good", rule("allow", [world], "tcp/443")),
    ];
    assert.deepEqual(
      idle(stage("in", "in", rules)),
      ["group", "none", "own", "v6", "icmp6", "ports"].map((name) => `${name} nobody`),
    );
  });

  it("finds a denial that the default makes already, and an allowance that a wider one makes", () => {
    const rules = [
      here("narrow", rule("allow", [half], "tcp/443")),
      here("wide", rule("allow", [world], "tcp/443")),
      here("deny", rule("deny", [world])),
    ];
    assert.deepEqual(idle(stage("in", "in", rules)), [
      "narrow redundant wide",
      "deny redundant (default)",
    ]);
  });

  it("finds a rule of a tier that earlier tiers never hand it on to", () => {
    const tiers: Stage["tiers"] = [
      { rules: [here("pass", rule("pass", [half]))], otherwise: "deny", otherwiseOrigin: "first" },
      {
        rules: [here("late", rule("allow", [otherHalf])), here("good", rule("allow", [half]))],
        otherwise: "deny",
        otherwiseOrigin: "second",
      },
    ];
    assert.deepEqual(idle(stage("in", "in", [], { tiers })), ["late unreached"]);
  });

  it("needs a rule against what nobody can remove", () => {
    const rules = [here("closing", rule("deny", [world])), here("vendor's", rule("allow", [half]))];
    assert.deepEqual(idleBut(["vendor's"], stage("in", "in", rules)), []);
    assert.deepEqual(idle(stage("in", "in", rules)), [
      "closing redundant (default)",
      "vendor's shadowed closing",
    ]);
  });

  it("keeps a rule that holds whatever people write in the next tier", () => {
    const tiers = (...later: Rule[]): Stage["tiers"] => [
      {
        rules: [here("guard", rule("deny", [half])), here("wider", rule("deny", [world]))],
        otherwise: "pass",
        otherwiseOrigin: "first",
      },
      { rules: later, otherwise: "deny", otherwiseOrigin: "second" },
    ];
    const written = tiers(here("later", rule("deny", [half])));
    const idleIn = (kept: readonly string[], all: Stage["tiers"]) =>
      idleBut(kept, stage("in", "in", [], { tiers: all }));
    assert.deepEqual(idleIn([], written), ["guard redundant wider", "later unreached"]);
    // What nobody writes says the same for ever.
    assert.deepEqual(idleIn(["later"], written), [
      "guard redundant (first)",
      "wider redundant (first)",
    ]);
    assert.deepEqual(idleIn([], tiers()), ["guard redundant (first)", "wider redundant (first)"]);
  });

  it("keeps what a rule perhaps decides", () => {
    const conditions: Rule["conditions"] = [{ kind: "request", says: "GET /" }];
    const rules = [
      here("some", { ...rule("allow", [world], "tcp/443"), conditions }),
      here("rest", rule("allow", [half], "tcp/443")),
    ];
    assert.deepEqual(idle(stage("in", "in", rules)), []);
  });

  it("finds rules that can be removed together without any change", () => {
    let removed = 0;
    fc.assert(
      fc.property(topologyArbitrary, (plan) => {
        const idleOnes = new Set(idleRules(computeReach(plan)).map((one) => one.rule));
        removed += idleOnes.size;
        const { differences } = compareTopologies(without(plan, idleOnes), plan);
        assert.deepEqual(
          differences.filter(({ settled }) => settled),
          [],
        );
        const back = compareTopologies(plan, without(plan, idleOnes));
        assert.equal(back.differences.length, compareTopologies(plan, plan).differences.length);
      }),
      { numRuns: 300 },
    );
    assert.ok(removed > 100);
  });
});

function without(plan: Topology, idleOnes: ReadonlySet<Rule>): Topology {
  return {
    ...plan,
    stages: plan.stages.map((one) => ({
      ...one,
      tiers: one.tiers.map((tier) => ({
        ...tier,
        rules: tier.rules.filter((candidate) => !idleOnes.has(candidate)),
      })),
    })),
  };
}
