/**
 * What load balancers with a public address bring in. A security group sees the client as source
 * and the backend's own address and port (Microsoft Learn, "Network security groups", "Azure
 * platform considerations").
 */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { intervalSet, union } from "../../../model/base/interval-set.ts";
import { everyLayer4, protocolInterval, protocolNumbers } from "../../../model/base/layer4.ts";
import type { Condition } from "../../../model/network/topology.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";

import { entriesOf } from "../entries.ts";
import { meaningOf, portMax, portOf } from "../layer4.ts";
import { beginReading, settle, unknownCondition } from "../uncertain.ts";
import { azureTypes } from "./types.ts";

/** What the internet reaches, and whether calls to it find a public address. */
export interface Balanced {
  readonly selectors: IntervalSet;
  readonly outbound: boolean;
  readonly conditions: readonly Condition[];
}

/** What the load balancer to which a backend refers does for it. `kind` is the referring list. */
export function balancedBy(
  plan: Plan,
  reference: View,
  kind: "backendAddressPools" | "inboundNatRules" | "inboundNatPools",
): Balanced {
  const balancer = settle(() => balancerOf(plan, reference));
  if (balancer instanceof Undecided || balancer === undefined) {
    // A balancer that nobody sees may bring in anything.
    const conditions = [unknownCondition(reference)];
    return { selectors: everyLayer4, outbound: true, conditions };
  }
  const { inputs } = balancer;
  const { read, conditions } = beginReading();
  const isPublic = read(() => publicFrontends(inputs).length > 0, true);
  if (!isPublic) return { selectors: [], outbound: false, conditions };
  const wanted = lastOf(settle(() => reference.text()));
  const list = kind === "backendAddressPools" ? "loadBalancingRules" : kind;
  const rules = read(() => entriesOf(inputs.at(list)), []).filter((rule) =>
    read(() => servesPublic(inputs, rule) && isFor(rule, kind, wanted), true),
  );
  const selectors = read(() => rules.map(selectorsOf).reduce(union, []), everyLayer4);
  const outbound = read(() => kind === "backendAddressPools" && snats(inputs, rules), true);
  return { selectors, outbound, conditions };
}

/** The balancer with the pool or rule: by its id, by dependency, or by the pool's own resource. */
function balancerOf(plan: Plan, reference: View): PlannedResource | undefined {
  const { loadBalancer, backendPool, inboundNatRule } = azureTypes;
  const found = plan.follow(reference, loadBalancer, backendPool, inboundNatRule);
  if (found.state === "absent") return undefined;
  if (found.state === "outside") {
    const match = /^(.*\/loadbalancers\/([^/]+))\//i.exec(found.value);
    const [, id = "", name = ""] = match ?? [];
    return plan.named(id, loadBalancer)[0] ?? plan.named(name, loadBalancer)[0];
  }
  if (found.resource.type === loadBalancer) return found.resource;
  const owner = plan.follow(found.resource.inputs.at("loadBalancerName"), loadBalancer);
  return owner.state === "resource" ? owner.resource : undefined;
}

function publicFrontends(inputs: View): View[] {
  return entriesOf(inputs.at("frontendIPConfigurations")).filter(
    (frontend) =>
      frontend.at("publicIPAddress").state !== "absent" ||
      frontend.at("publicIPPrefix").state !== "absent",
  );
}

function servesPublic(inputs: View, rule: View): boolean {
  const reference = rule.at("frontendIPConfiguration", "id");
  const name = lastOf(reference.text());
  return publicFrontends(inputs).some((frontend) => frontend.at("name").text() === name);
}

function isFor(rule: View, kind: string, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  if (kind !== "backendAddressPools") return rule.at("name").text() === wanted;
  const pools = [
    rule.at("backendAddressPool", "id"),
    ...entriesOf(rule.at("backendAddressPools")).map((pool) => pool.at("id")),
  ];
  return pools.some((pool) => lastOf(pool.text()) === wanted);
}

function lastOf(text: unknown): string | undefined {
  return typeof text === "string" ? text.slice(text.lastIndexOf("/") + 1) : undefined;
}

function selectorsOf(rule: View): IntervalSet {
  const { tcp, udp } = protocolNumbers;
  const numbers = meaningOf(rule.at("protocol"), { tcp: [tcp], udp: [udp], all: [tcp, udp] });
  const port = portOf(rule.at("backendPort"));
  // Port 0 of protocol "All" means every port (high availability ports).
  const [from, to] = port === 0 ? [0, portMax] : [port, port];
  return intervalSet(numbers.map((number) => protocolInterval(number, from, to)));
}

/** A public rule also serves calls to the internet, unless it says that it does not. */
function snats(inputs: View, rules: readonly View[]): boolean {
  if (entriesOf(inputs.at("outboundRules")).length > 0) return true;
  return rules.some((rule) => rule.at("disableOutboundSnat").flag() !== true);
}
