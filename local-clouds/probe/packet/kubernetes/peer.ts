/** The other end as a policy of a cluster sees it: a pod of the cluster, or an address outside. */

import { type Address, encloses, holds } from "../address.ts";
import type { Deployed } from "../deployed.ts";
import { hasPorts, type Packet, protocolName } from "../packet.ts";
import { podRanges } from "./clusters.ts";
import type { Pod } from "./pod.ts";

/** Whom a rule may name. */
export interface Peer {
  readonly pod: Pod | undefined;
  /** Its address; of a pod only where it is known. */
  readonly address: Address | undefined;
  /**
   * A proxy puts another address in its place, and whether policies see the one or the other "is not
   * defined" (Kubernetes, "Network Policies", "Behavior of to and from selectors").
   */
  readonly rewritten?: boolean;
}

/** Three answers: yes, no, and what the world does not show. */
export type Maybe = boolean | undefined;

/** Any of several answers. */
export function anyOf(answers: readonly Maybe[]): Maybe {
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** Both of two answers. */
export function both(a: Maybe, b: Maybe): Maybe {
  if (a === false || b === false) return false;
  return a === true && b === true ? true : undefined;
}

/** Whether a prefix takes in the peer; of a pod without known address by the cluster's ranges of pods. */
export function inPrefix(deployed: Deployed, prefix: string, peer: Peer): Maybe {
  if (peer.address !== undefined) return holds(prefix, peer.address);
  if (peer.pod === undefined && peer.rewritten !== true) return false;
  if (prefix.endsWith("/0")) return !prefix.includes(":") ? true : undefined;
  if (peer.pod === undefined) return undefined;
  const ranges = podRanges(deployed, peer.pod.cluster);
  if (ranges === undefined || ranges.length === 0) return undefined;
  if (ranges.every((range) => encloses(prefix, range))) return true;
  return ranges.some((range) => encloses(prefix, range) || encloses(range, prefix))
    ? undefined
    : false;
}

/** A protocol as policies write it: `TCP`. */
export function policyProtocol(packet: Packet): string | undefined {
  return hasPorts(packet) ? protocolName(packet).toUpperCase() : undefined;
}

/** Whether the destination pod calls the packet's port by a name. */
export function isNamedPort(name: string, destination: Pod | undefined, packet: Packet): boolean {
  return (
    destination?.ports.some(
      (port) =>
        port.name === name && port.port === packet.port && port.protocol === policyProtocol(packet),
    ) === true
  );
}
