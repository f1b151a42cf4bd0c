/** Rules that do nothing, as people are told of them. */
import assert from "node:assert/strict";
import { idleEntries } from "../../../automation/reach/idle.ts";
import { everyLayer4, portSet } from "../../../model/base/layer4.ts";
import type { Rule, Stage, Topology } from "../../../model/network/topology.ts";

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
});
