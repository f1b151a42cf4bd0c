/**
 * A packet at a load balancer.
 *
 * Elastic Load Balancing, "Application Load Balancers": the balancer ends the connection and makes one
 * of its own to a target, so the target's groups judge the balancer. "Edit target group attributes for
 * your Network Load Balancer", "Client IP preservation": targets see the client's address, unless they
 * are registered by address for TCP or TLS, or the attribute says otherwise.
 */

import { type Live, textOf } from "../../deployed.ts";
import { fromAddress, type Packet, protocolName, toAddress } from "../../packet.ts";
import { type Trip, withReply } from "../../trip.ts";
import {
  type Alternative,
  cannotTell,
  drops,
  ends,
  follow,
  oneOf,
  passes,
  type Stage,
  type Walk,
} from "../../walk.ts";
import type { AwsInterface } from "../interface.ts";
import { securityGroups } from "../security-groups.ts";
import { subnetEdge } from "../subnet-edge.ts";
import { type Action, actionsOf, listenerFor } from "./listeners.ts";
import { groupOf, type Target, targetsOf } from "./targets.ts";

const listenerStage: Stage = {
  stage: "load balancer listener",
  document: "Elastic Load Balancing: Listeners for your load balancer",
};
const targetStage: Stage = {
  stage: "load balancer target",
  document: "Elastic Load Balancing: Target groups for your load balancer",
};

/** From a node of a load balancer to whichever target it may choose. */
export function* balance(trip: Trip, packet: Packet, node: AwsInterface, balancer: Live): Walk {
  const listener = listenerFor(trip.deployed, balancer, packet);
  const what = `${protocolName(packet)} ${packet.port}`;
  if (listener === undefined) {
    return yield* ends(drops(listenerStage, balancer.id, `no listener for ${what}`));
  }
  yield passes(listenerStage, listener.id, `${what}, ${textOf(listener.properties, "protocol")}`);
  const actions = actionsOf(trip.deployed, listener);
  if (actions.length === 0) {
    return yield* ends(cannotTell(listenerStage, listener.id, "what its actions do"));
  }
  const ways = actions.flatMap((action) => waysOf(trip, packet, node, balancer, action));
  yield* oneOf(targetStage, listener.id, ways);
}

function waysOf(
  trip: Trip,
  packet: Packet,
  node: AwsInterface,
  balancer: Live,
  action: Action,
): readonly Alternative[] {
  if ("answer" in action) {
    const step = passes(listenerStage, balancer.id, `${action.answer} by the balancer itself`);
    return [{ name: action.answer, steps: [step] }];
  }
  const group = groupOf(trip.deployed, action.group);
  const targets = group === undefined ? [] : targetsOf(trip.deployed, group);
  if (group === undefined || targets.length === 0) {
    const step = drops(targetStage, action.group, "no target is registered");
    return [{ name: action.group, steps: [step] }];
  }
  return targets.map((target) => {
    if (!("what" in target)) {
      const own: Trip = { ...trip, back: [] };
      const there = toTarget(own, packet, node, balancer, group, target);
      return { name: target.receiver.id, steps: follow(withReply(own, there)) };
    }
    const { what, served } = target;
    const step = served
      ? passes(targetStage, group.id, `to ${what}`)
      : cannotTell(targetStage, group.id, `where ${what} is`);
    return { name: what, steps: [step] };
  });
}

/** From the balancer's node to a target in the same network, with the client's source or the node's. */
function* toTarget(
  trip: Trip,
  packet: Packet,
  node: AwsInterface,
  balancer: Live,
  group: Live,
  { receiver, port }: Target,
): Walk {
  const { family } = packet.source;
  const [address] = receiver.addresses;
  const own = node.addresses.find((one) => one.family === address?.family);
  if (address === undefined || own === undefined || receiver.vpcId !== node.vpcId) {
    const rule = `by which way the balancer reaches ${receiver.id}`;
    return yield* ends(cannotTell(targetStage, group.id, rule));
  }
  const kept = preserves(balancer, group) && address.family === family;
  const source = kept ? packet.source : own;
  const sent = { ...toAddress(fromAddress(packet, source), address), port };
  const sender = { ...node, addresses: [source] };
  const whose = kept ? "the client's address" : "the balancer's address";
  yield passes(targetStage, group.id, `to ${receiver.id} port ${port} with ${whose}`);
  const apart = node.subnet.id !== receiver.subnet.id;
  const towards = { address, interface: receiver };
  yield* securityGroups(trip.deployed, "egress", node, towards, sent);
  if (apart) yield* subnetEdge(trip, "egress", node.subnet, sent);
  if (apart) yield* subnetEdge(trip, "ingress", receiver.subnet, sent);
  const from = { address: source, interface: sender };
  yield* securityGroups(trip.deployed, "ingress", receiver, from, sent);
}

/** Whether targets of a group see the client's address. */
function preserves(balancer: Live, { properties }: Live): boolean {
  if (textOf(balancer.properties, "loadBalancerType") !== "network") return false;
  const protocol = textOf(properties, "protocol") ?? "TCP";
  if (protocol !== "TCP" && protocol !== "TLS") return true;
  const told = textOf(properties, "preserveClientIp");
  return told === undefined ? textOf(properties, "targetType") !== "ip" : told === "true";
}
