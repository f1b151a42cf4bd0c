/**
 * What external passthrough load balancers bring in: packets keep the client's address and reach
 * the backend's interface ("External passthrough Network Load Balancer overview").
 */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { intervalSet } from "../../../model/base/interval-set.ts";
import { everyLayer4, protocolInterval, protocolNumbers } from "../../../model/base/layer4.ts";
import type { Condition } from "../../../model/network/topology.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";

import type { Draft } from "../draft.ts";
import { entriesOf } from "../entries.ts";
import { meaningOf, portMax, portRangeOf } from "../layer4.ts";
import { beginReading } from "../uncertain.ts";
import { gcpTypes } from "./types.ts";

/** What one forwarding rule lets the internet send to a machine or template. */
export interface Balanced {
  /** URN of the machine or template. */
  readonly backend: string;
  readonly selectors: IntervalSet;
  readonly conditions: readonly Condition[];
}

/** Everything that external forwarding rules of a plan lead to. */
export function readBalanced(plan: Plan, draft: Draft): Balanced[] {
  const all: Balanced[] = [];
  for (const { inputs } of plan.ofType(gcpTypes.forwardingRule)) {
    draft.attempt(() => {
      if ((inputs.at("loadBalancingScheme").text() ?? "EXTERNAL") !== "EXTERNAL") return;
      const { read, conditions } = beginReading();
      const selectors = read(() => selectorsOf(inputs), everyLayer4);
      for (const backend of backendsOf(plan, inputs)) all.push({ backend, selectors, conditions });
    });
  }
  return all;
}

function selectorsOf(inputs: View): IntervalSet {
  const protocol = inputs.at("ipProtocol");
  if (protocol.text()?.toUpperCase() === "L3_DEFAULT") return everyLayer4;
  const { tcp, udp, sctp, icmp } = protocolNumbers;
  const number = meaningOf(protocol, { tcp, udp, sctp, icmp, esp: 50, ah: 51 }, "tcp");
  const single = inputs.at("portRange");
  const ranges = [...(single.state === "absent" ? [] : [single]), ...entriesOf(inputs.at("ports"))];
  const ports = ranges.map(portRangeOf);
  if (ports.length === 0) return [protocolInterval(number, 0, portMax)];
  return intervalSet(ports.map(({ from, to }) => protocolInterval(number, from, to)));
}

function backendsOf(plan: Plan, inputs: View): string[] {
  const service = plan.follow(inputs.at("backendService"), gcpTypes.backendService);
  const pool = plan.follow(inputs.at("target"), gcpTypes.targetPool);
  return [
    ...(service.state === "resource"
      ? entriesOf(service.resource.inputs.at("backends")).flatMap((backend) =>
          membersOf(plan, backend.at("group")),
        )
      : []),
    ...(pool.state === "resource" ? poolMembers(plan, pool.resource) : []),
  ];
}

function membersOf(plan: Plan, reference: View): string[] {
  const { group, manager, regionManager } = gcpTypes;
  const found = plan.follow(reference, group, manager, regionManager);
  if (found.state !== "resource") throw new Undecided(reference.urn, reference.path, "unreadable");
  const { type, inputs } = found.resource;
  if (type === group) return machinesOf(plan, entriesOf(inputs.at("instances")));
  return templatesOf(plan, inputs);
}

function poolMembers(plan: Plan, { urn, inputs }: PlannedResource): string[] {
  const managers = plan.ofType(gcpTypes.manager, gcpTypes.regionManager).filter((manager) =>
    entriesOf(manager.inputs.at("targetPools")).some((pool) => {
      const found = plan.follow(pool, gcpTypes.targetPool);
      return found.state === "resource" && found.resource.urn === urn;
    }),
  );
  return [
    ...machinesOf(plan, entriesOf(inputs.at("instances"))),
    ...managers.flatMap((manager) => templatesOf(plan, manager.inputs)),
  ];
}

function machinesOf(plan: Plan, references: readonly View[]): string[] {
  return references.flatMap((reference) => {
    const found = plan.follow(reference, gcpTypes.instance, gcpTypes.instanceFromTemplate);
    return found.state === "resource" ? [found.resource.urn] : [];
  });
}

function templatesOf(plan: Plan, inputs: View): string[] {
  return entriesOf(inputs.at("versions")).flatMap((version) => {
    const reference = version.at("instanceTemplate");
    const found = plan.follow(reference, gcpTypes.template, gcpTypes.regionTemplate);
    return found.state === "resource" ? [found.resource.urn] : [];
  });
}
