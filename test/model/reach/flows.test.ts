/** Flows of a small network, and how they may change when rules do. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { covers, union } from "../../../model/base/interval-set.ts";
import type { Rule, Stage, Topology } from "../../../model/network/topology.ts";
import type { Reading } from "../../../model/network/walk.ts";
import type { Flow } from "../../../model/reach/flows.ts";
import { flowsOf } from "../../../model/reach/flows.ts";
import { computeReach, selectorsBetween } from "../../../model/reach/reach.ts";
import { app, endpoint, meant, rule, stage, topology, web } from "./sample.ts";
import { ports, topologyArbitrary } from "./topologies.ts";

const flows = (plan: Topology, reading: Reading = "may") => flowsOf(computeReach(plan), reading);
const brief = ({ from, to, family }: Flow) => `${from.name} → ${to.name} v${family}`;

describe("flowsOf", () => {
  it("lists what passes between endpoints and the internet", () => {
    const all = flows(meant);
    assert.deepEqual(all.map(brief), ["web → app v4", "internet → web v4"]);
    assert.deepEqual(all[0]?.selectors, ports("tcp/8080"));
    assert.deepEqual(all[1]?.to.addresses, web);
  });

  it("reads each plane's own control flow", () => {
    const tiers = (
      ...all: readonly (readonly [readonly Rule[], Rule["action"]])[]
    ): Stage["tiers"] =>
      all.map(([rules, otherwise]) => ({ rules, otherwise, otherwiseOrigin: "default" }));
    const any = [{}];
    const passed = (given: Stage["tiers"]) => {
      const ends = [endpoint("web", web, []), endpoint("app", app, ["in"])];
      const found = flows(topology(ends, [stage("in", "in", [], { tiers: given })]));
      return found.find((one) => brief(one) === "web → app v4")?.selectors ?? [];
    };
    // An ordered list: the first match decides.
    assert.deepEqual(
      passed(tiers([[rule("deny", any, "tcp/1-50"), rule("allow", any, "tcp/1-80")], "deny"])),
      ports("tcp/51-80"),
    );
    // An admin rule that passes hands on to the next tier; what it allows is not asked again.
    assert.deepEqual(
      passed(
        tiers(
          [[rule("pass", any, "tcp/22"), rule("allow", any, "tcp/20-25")], "deny"],
          [[rule("deny", any, "tcp/22")], "allow"],
        ),
      ),
      ports("tcp/20-21", "tcp/23-25"),
    );
    // A tier that matches nothing hands on as a whole.
    assert.deepEqual(
      passed(tiers([[], "pass"], [[rule("allow", any, "udp/53")], "pass"], [[], "deny"])),
      ports("udp/53"),
    );
  });

  it("lets pass what every stage of an endpoint lets pass", () => {
    const two = [
      stage("a", "in", [rule("allow", [{}], "tcp/1-100")]),
      stage("b", "in", [rule("allow", [{}], "tcp/50-200")]),
    ];
    const all = flows(topology([endpoint("web", web, ["a", "b"])], two));
    assert.deepEqual(all.find((one) => one.to.name === "web")?.selectors, ports("tcp/50-100"));
  });

  it("says of two ends what passes between them", () => {
    const reach = computeReach(meant);
    const { ofSubject } = reach.universe.ends;
    const [from, to] = [ofSubject[0]?.[0] ?? -1, ofSubject[1]?.[0] ?? -1];
    assert.deepEqual(selectorsBetween(reach, from, to, "must"), ports("tcp/8080"));
    assert.deepEqual(selectorsBetween(reach, to, from, "must"), []);
  });

  it("refuses ids that are twice there, or not at all", () => {
    const [one] = meant.endpoints;
    assert.ok(one !== undefined);
    assert.throws(() => computeReach({ ...meant, endpoints: [one, one] }), /two endpoints/);
    assert.throws(() => computeReach({ ...meant, stages: [] }), /has no stage/);
    const stages = [...meant.stages, ...meant.stages];
    assert.throws(() => computeReach({ ...meant, stages }), /two stages/);
  });
});

describe("flows, when a rule is added", () => {
  const readings = fc.constantFrom<Reading>("may", "must");
  const settled = (one: Rule): Rule => {
    const { conditions: _, ...rest } = one;
    return rest;
  };
  const additive = (plan: Topology): Topology => ({
    ...plan,
    stages: plan.stages.map((one) => ({
      ...one,
      tiers: one.tiers.slice(-1).map((tier) => ({
        ...tier,
        rules: tier.rules.map((each) => ({ ...each, action: "allow" })),
        otherwise: "deny",
      })),
    })),
  });

  it("never become fewer by an allow", () => {
    const isMore = (plan: Topology, other: Topology, reading: Reading) => {
      const before = additive(plan);
      const more = other.stages.flatMap(({ tiers }) => tiers.flatMap(({ rules }) => rules));
      const allow = more[0];
      if (allow === undefined) return;
      const added = { ...settled(allow), action: "allow" as const };
      assertWithin(flows(before, reading), flows(withRule(before, added, "first"), reading));
    };
    fc.assert(fc.property(topologyArbitrary, topologyArbitrary, readings, isMore));
  });

  it("never become more by a deny", () => {
    const isLess = (plan: Topology, other: Topology, reading: Reading) => {
      const deny = other.stages.flatMap(({ tiers }) => tiers.flatMap(({ rules }) => rules))[0];
      if (deny === undefined) return;
      const added = { ...settled(deny), action: "deny" as const };
      assertWithin(flows(withRule(plan, added, "first"), reading), flows(plan, reading));
    };
    fc.assert(fc.property(topologyArbitrary, topologyArbitrary, readings, isLess));
  });

  it("stay the same where the rule comes after one that takes all of its packets", () => {
    const isSame = (plan: Topology, reading: Reading) => {
      const all = plan.stages[0]?.tiers[0]?.rules.map(settled)[0];
      if (all === undefined) return;
      const before = withRule(plan, all, "first");
      const action = all.action === "allow" ? ("deny" as const) : ("allow" as const);
      const after = withRule(before, { ...all, action }, "second");
      // Of an address not known yet, the first may hold where the second does not.
      if (!isSure(all)) return;
      assertWithin(flows(before, reading), flows(after, reading));
      assertWithin(flows(after, reading), flows(before, reading));
    };
    fc.assert(fc.property(topologyArbitrary, readings, isSame));
  });
});

const isSure = ({ own, peers }: Rule) =>
  own === undefined && peers.every(({ addresses }) => addresses === undefined);

function withRule(plan: Topology, added: Rule, where: "first" | "second"): Topology {
  const at = where === "first" ? 0 : 1;
  return {
    ...plan,
    stages: plan.stages.map((one) => ({
      ...one,
      tiers: one.tiers.map((tier, index) =>
        index === 0 ? { ...tier, rules: tier.rules.toSpliced(at, 0, lastable(added, one)) } : tier,
      ),
    })),
  };
}

/** In a stage of one tier nothing can be handed on. */
function lastable(added: Rule, { tiers }: Stage): Rule {
  return tiers.length === 1 && added.action === "pass" ? { ...added, action: "deny" } : added;
}

/** Every flow of the first is in the second; ends may have been cut otherwise. */
function assertWithin(less: readonly Flow[], more: readonly Flow[]): void {
  const key = ({ family, from, to }: Flow) => `${family} ${from.endpoint} ${to.endpoint}`;
  const held = new Map<string, Flow["selectors"]>();
  for (const flow of more) held.set(key(flow), union(held.get(key(flow)) ?? [], flow.selectors));
  for (const flow of less) {
    assert.ok(covers(held.get(key(flow)) ?? [], flow.selectors), `${key(flow)} is not in it`);
  }
}
