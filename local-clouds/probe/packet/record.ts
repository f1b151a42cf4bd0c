/**
 * What the logs of interfaces and proxies tell of a packet.
 *
 * At the sender it is outgoing: rejected if the sender's own rules dropped it, else accepted. At the
 * receiver it is incoming: accepted if it arrived, rejected if the receiver's own rules dropped it. What
 * was lost between never reached the receiver's interface. What cannot be told is told by no log.
 */

import type { Flow } from "../../records/flow.ts";
import type { Recorder } from "../../records/recorder.ts";
import type { World } from "../../world/world.ts";
import type { Address } from "./address.ts";
import { aws } from "./aws/tokens.ts";
import { publicAddresses } from "./clouds.ts";
import { type Deployed, textOf } from "./deployed.ts";
import { proxyRecords } from "./istio/access-log.ts";
import type { Walked } from "./probe.ts";
import { type CloudInterface, type End, isInterface } from "./trip.ts";
import type { Step } from "./walk.ts";

/** Stores what the deployed logs tell of a walk. */
export function recordWalk(world: World, records: Recorder, walked: Walked, at: Date): void {
  for (const flow of flowsOf(walked, at)) records.flow(flow);
  world.deliver(proxyRecords(world, walked, at));
}

/** The flows of a walk at the interfaces that exist. */
export function flowsOf(walked: Walked, at: Date): readonly Flow[] {
  const { from, to, steps } = walked;
  const last = steps.at(-1);
  const lost = last !== undefined && last.outcome !== "passes";
  if (last?.outcome === "cannot tell") return [];
  // What is lost behind a load balancer was lost on another connection, or at another interface.
  const behind = steps.some(({ stage }) => /^(load balancer|Service)/.test(stage));
  const refusedAt = lost && !behind ? sideOf(last) : undefined;
  return [
    ...flowAt(from, "out", walked, refusedAt !== "out", last, at),
    ...(refusedAt === "in" || !lost ? flowAt(to, "in", walked, !lost, last, at) : []),
  ];
}

/** Whose rules a step is about: the sender's, the receiver's, or those of something between. */
function sideOf({ stage }: Step): "out" | "in" | undefined {
  if (/^(reply|Network|pod|Istio)/.test(stage)) return undefined;
  if (/(outbound|egress)$/.test(stage)) return "out";
  return /(inbound|ingress)$/.test(stage) ? "in" : undefined;
}

function flowAt(
  end: End,
  direction: "in" | "out",
  { deployed, from, to, packet }: Walked,
  accepted: boolean,
  last: Step | undefined,
  at: Date,
): readonly Flow[] {
  if (!isInterface(end) || end.imagined) return [];
  const { family } = packet.destination;
  // An interface sees private addresses of its own, and of others what the way between left of them.
  const source = direction === "out" ? packet.source : seenSource(from, to, packet.source);
  const destination = direction === "in" ? of(end.addresses, family) : packet.destination;
  if (source === undefined || destination === undefined) return [];
  return [
    {
      cloud: end.cloud,
      interfaceId: interfaceId(deployed, end),
      subnetId: end.subnet.id,
      networkId: end.cloud === "aws" ? end.vpcId : end.network,
      account: end.subnet.account,
      region: end.subnet.region,
      direction,
      source: source.text,
      destination: destination.text,
      sourcePort: packet.sourcePort,
      destinationPort: packet.port,
      protocol: packet.protocol,
      accepted,
      rule: accepted ? "" : (last?.rule ?? ""),
      at,
    },
  ];
}

/** Between clouds a packet carries a public address; which one a gateway gave it, is not told here. */
function seenSource(from: End, to: End, source: Address): Address | undefined {
  if (from.cloud === "outside" || from.cloud === to.cloud) return source;
  return isInterface(from) ? of(publicAddresses(from), source.family) : undefined;
}

function of(addresses: readonly Address[], family: 4 | 6): Address | undefined {
  return addresses.find((one) => one.family === family);
}

/** An instance's packets are those of its primary interface. */
function interfaceId(deployed: Deployed, end: CloudInterface): string {
  if (end.cloud !== "aws") return end.id;
  const instance = deployed.find(end.id, aws.instance);
  return textOf(instance?.properties ?? {}, "primaryNetworkInterfaceId") ?? end.id;
}
