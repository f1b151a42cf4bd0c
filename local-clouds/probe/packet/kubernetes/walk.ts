/** A packet's way to and from pods: policies at the sender, policies and mesh at the receiver. */

import type { Address } from "../address.ts";
import { meshAt } from "../istio/walk.ts";
import type { Packet } from "../packet.ts";
import type { Trip } from "../trip.ts";
import { cannotTell, type Stage, type Walk } from "../walk.ts";
import type { Peer } from "./peer.ts";
import type { Pod } from "./pod.ts";
import { policies } from "./policies.ts";

const acrossStage: Stage = {
  stage: "between clusters",
  document: "Istio: Install multicluster; Kubernetes: Cluster Networking",
};

/** Between two pods. */
export function* betweenPods(trip: Trip, packet: Packet, from: Pod, to: Pod): Walk {
  const { deployed } = trip;
  const sender = { pod: from, address: from.addresses[0] };
  const receiver = { pod: to, address: to.addresses[0] };
  if (from.cluster !== to.cluster) {
    yield cannotTell(acrossStage, to.cluster, "which gateway leads from one cluster to the other");
  }
  yield* policies({ deployed, direction: "Egress", pod: from, peer: receiver, packet });
  yield* policies({ deployed, direction: "Ingress", pod: to, peer: sender, packet });
  if (from.id !== to.id) yield* meshAt(deployed, to, sender, packet);
}

/** Out of a pod to an address outside of its cluster. */
export function* outOfPod(trip: Trip, packet: Packet, from: Pod, rewritten = false): Walk {
  const { deployed } = trip;
  const peer = outside(packet.destination, rewritten);
  yield* policies({ deployed, direction: "Egress", pod: from, peer, packet });
}

/** Into a pod from an address outside of its cluster. */
export function* intoPod(trip: Trip, packet: Packet, to: Pod, rewritten = false): Walk {
  const { deployed } = trip;
  const peer = outside(packet.source, rewritten);
  yield* policies({ deployed, direction: "Ingress", pod: to, peer, packet });
  yield* meshAt(deployed, to, peer, packet);
}

function outside(address: Address, rewritten: boolean): Peer {
  return { pod: undefined, address: rewritten ? undefined : address, rewritten };
}
