/** Rules that do nothing, as people are told of them. */
import assert from "node:assert/strict";
import { idleEntries } from "../../../automation/reach/idle.ts";
import { everyLayer4, portSet } from "../../../model/base/layer4.ts";
import type { PlaceIntent } from "../../../model/network/intent.ts";
import type { Rule, Stage, Topology } from "../../../model/network/topology.ts";
import { makePlan } from "../../../policy-packs/kit/plan.ts";
import { liftNetwork } from "../../../policy-packs/lift/network.ts";
import { guardedClouds } from "../../harness/intents.ts";
import { loweredProgram } from "../../policy-packs/lift/aws/lowered.ts";
import { rawOf } from "../../policy-packs/lift/aws/program.ts";
import { loweredAzure } from "../../policy-packs/lift/lowered.ts";

const ssh = portSet({ protocol: "tcp", from: 22, to: 22 });
const rule = (urn: string, action: Rule["action"], selectors = everyLayer4): Rule => ({
  action,
  peers: [{}],
  selectors,
  origin: { urn, path: "" },
});
const stage = (id: string, plane: Stage["plane"], ...rules: Rule[]): Stage => ({
  id,
  plane,
  direction: "in",
  stateful: true,
  tiers: [{ rules, otherwise: "allow", otherwiseOrigin: "the default" }],
});
const network = (...stages: Stage[]): Topology => ({
  endpoints: stages.map(({ id }, index) => {
    const address = BigInt(index + 1);
    return {
      id: `at ${id}`,
      name: `at ${id}`,
      addresses: [{ from: address, to: address }],
      unknownAddresses: [],
      groups: [],
      stages: [id],
    };
  }),
  stages,
  residuals: [],
  unknowns: [],
});
const told = (topology: Topology) =>
  idleEntries(topology, undefined).map(
    ({ rule: { urn }, why, by }) => `${urn} ${why}: ${by.join(", ")}`,
  );

describe("idleEntries", () => {
  const closed = stage("a", "firewall", rule("all", "deny"), rule("ssh", "deny", ssh));

  it("tells once of a rule that does nothing in any of its stages", () => {
    assert.deepEqual(told(network(closed, { ...closed, id: "b" })), ["ssh shadowed: all"]);
  });

  it("keeps silent where the rule does something elsewhere", () => {
    const open = stage("b", "firewall", rule("ssh", "deny", ssh));
    assert.deepEqual(told(network(closed, open)), []);
  });

  it("keeps silent on routes", () => {
    assert.deepEqual(told(network({ ...closed, plane: "route" })), []);
  });

  // GCP's last denies of what comes in do nothing but log: the implied rule denies as well.
  const lowered = {
    aws: (place: PlaceIntent) => rawOf(loweredProgram(guardedClouds, place), "preview"),
    azure: (place: PlaceIntent) => loweredAzure(guardedClouds, place),
  };
  for (const cloud of ["aws", "azure"] as const) {
    it(`finds nothing idle in what is lowered to ${cloud}, guardrails and all`, () => {
      const place = guardedClouds.places.find((one) => one.cloud === cloud);
      assert.ok(place !== undefined);
      const plan = makePlan(lowered[cloud](place));
      const { topology } = liftNetwork(plan);
      assert.ok(topology.stages.length > 5);
      assert.deepEqual(idleEntries(topology, plan), []);
    });
  }
});
