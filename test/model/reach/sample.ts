/** A small network to change: a web tier that the internet calls, and an app tier behind it. */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { everyLayer4 } from "../../../model/base/layer4.ts";
import type { Endpoint, Rule, Stage, Topology } from "../../../model/network/topology.ts";
import { cidrs, ports } from "./topologies.ts";

export const rule = (
  action: Rule["action"],
  peers: Rule["peers"],
  ...texts: readonly string[]
): Rule => ({
  action,
  peers,
  selectors: texts.length === 0 ? everyLayer4 : ports(...texts),
  origin: { urn: "urn:rule", path: `${action} ${texts.join()}` },
});

export const stage = (
  id: string,
  direction: "in" | "out",
  rules: readonly Rule[],
  options: Partial<Stage> = {},
): Stage => ({
  id,
  plane: "firewall",
  direction,
  stateful: true,
  tiers: [{ rules, otherwise: "deny", otherwiseOrigin: "default" }],
  ...options,
});

export const endpoint = (
  id: string,
  addresses: IntervalSet,
  stages: readonly string[],
  options: Partial<Endpoint> = {},
): Endpoint => ({
  id,
  name: id,
  addresses,
  unknownAddresses: [],
  groups: [id],
  stages,
  ...options,
});

export const topology = (
  endpoints: readonly Endpoint[],
  stages: readonly Stage[],
  options: Partial<Topology> = {},
): Topology => ({ endpoints, stages, residuals: [], unknowns: [], ...options });

export const web = cidrs("10.0.1.0/24");
export const app = cidrs("10.0.2.0/24");

export const meant: Topology = topology(
  [endpoint("web", web, ["web out", "web in"]), endpoint("app", app, ["app out", "app in"])],
  [
    stage("web out", "out", [rule("allow", [{ group: "app" }], "tcp/8080")]),
    stage("web in", "in", [rule("allow", [{}], "tcp/443")]),
    stage("app out", "out", []),
    stage("app in", "in", [rule("allow", [{ group: "web" }], "tcp/8080")]),
  ],
);

/** The meant network with other stages in place of some of its own. */
export const changed = (...stages: readonly Stage[]): Topology => ({
  ...meant,
  stages: meant.stages.map((one) => stages.find(({ id }) => id === one.id) ?? one),
});
