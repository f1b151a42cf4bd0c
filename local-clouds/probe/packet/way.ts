/** The whole way of a packet: out of where it starts, over the internet if need be, in, and the reply. */

import { type Address, addressOf, isPublic } from "./address.ts";
import { hostAddress } from "./azure/tags.ts";
import {
  enter,
  enterFromCustomer,
  interfaceOf,
  interfacesOf,
  leave,
  publicAddresses,
} from "./clouds.ts";
import type { Deployed } from "./deployed.ts";
import { isHealthCheck } from "./gcp/walk.ts";
import { aliasFor, nodePlace } from "./kubernetes/nodes.ts";
import type { Pod } from "./kubernetes/pod.ts";
import type { Service } from "./kubernetes/service.ts";
import { entranceOf, throughService } from "./kubernetes/service-walk.ts";
import { betweenPods, intoPod, outOfPod } from "./kubernetes/walk.ts";
import { fromAddress, type Packet } from "./packet.ts";
import { type CloudInterface, isInterface, type Outside, type Trip, withReply } from "./trip.ts";
import { cannotTell, drops, passes, type Stage, type Walk } from "./walk.ts";

const internetStage: Stage = {
  stage: "internet",
  document: "RFC 1918, RFC 4193, RFC 6598: addresses that the internet does not route",
};
const nodeStage: Stage = {
  stage: "node",
  document: "Kubernetes: Cluster Networking",
};
const balancerStage: Stage = {
  stage: "Service load balancer",
  document: "Kubernetes: Service, type: LoadBalancer",
};
const sourceStage: Stage = { stage: "source", document: "the deployed world" };

/** The request, and then the reply through what keeps no state. */
export function* wholeWay(trip: Trip, packet: Packet): Walk {
  yield* withReply(trip, request(trip, packet));
}

function* request(trip: Trip, packet: Packet): Walk {
  const { from, to } = trip;
  const local = to.cloud === "aws" && to.endpoint !== undefined;
  if (local && from.cloud !== "aws" && from.cloud !== "kubernetes") {
    yield drops(internetStage, to.id, "a gateway endpoint serves its own VPC only");
  }
  if (to.cloud === "service") return yield* toService(trip, packet, to);
  if (from.cloud === "kubernetes" && to.cloud === "kubernetes") {
    return yield* betweenPods(trip, packet, from, to);
  }
  if (from.cloud === "kubernetes") return yield* fromPod(trip, packet, from);
  if (to.cloud === "kubernetes") return yield* toPod(trip, packet, to);
  if (isInterface(from)) return yield* fromInterface(trip, packet, from);
  yield* fromOutside(trip, packet);
}

/** In the cluster by its proxies; from outside by what it publishes. */
function* toService(trip: Trip, packet: Packet, to: Service): Walk {
  const { from } = trip;
  if (from.cloud === "kubernetes" && from.cluster === to.cluster) {
    return yield* throughService(trip, packet, to, "cluster address", (own, sent, { pod }) =>
      pod === undefined
        ? fromPod({ ...own, to: elsewhere(sent) }, sent, from, true)
        : betweenPods({ ...own, to: pod }, sent, from, pod),
    );
  }
  const entrance = yield* entranceOf(to, packet);
  if (entrance === "node port") yield* toNode(trip, packet, to.cluster);
  const kept = to.spec["externalTrafficPolicy"] === "Local";
  yield* throughService(trip, packet, to, entrance, (own, sent, { pod }) =>
    pod === undefined ? beyondCluster(sent) : intoPod({ ...own, to: pod }, sent, pod, !kept),
  );
  if (entrance === "load balancer") yield* cloudBalancer(trip, to);
}

function elsewhere({ destination }: Packet): Outside {
  return { cloud: "outside", id: destination.text, addresses: [destination] };
}

function* beyondCluster({ destination }: Packet): Walk {
  yield cannotTell(nodeStage, destination.text, "how a node forwards to an address elsewhere");
}

/** What the cloud's controller makes for a Service is no resource of any program, nor are its openings. */
function* cloudBalancer(trip: Trip, { id, cluster }: Service): Walk {
  if (nodePlace(trip.deployed, cluster) === undefined) return yield* delivered(cluster);
  const rule = "what the load balancer that the cloud made for the Service lets through";
  yield cannotTell(balancerStage, id, rule);
}

function* delivered(cluster: string): Walk {
  const rule = "no cloud of this world has the cluster's nodes: its network is taken to deliver";
  yield passes(nodeStage, cluster, rule);
}

function* fromInterface(trip: Trip, packet: Packet, from: CloudInterface): Walk {
  yield passes(sourceStage, from.id, describe(from));
  const left = yield* leave(trip, packet, from);
  if (left !== undefined) yield* overInternet(trip, left.packet);
}

/** What an interface is attached to, in one line. */
function describe(from: CloudInterface): string {
  const place = `subnet ${from.subnet.id}`;
  if (from.cloud === "aws") return `${place}, groups ${from.groups?.join(", ") ?? "none"}`;
  if (from.cloud === "azure") {
    const groups = [from.group ?? [], ...from.applicationGroups].flat().join(", ");
    return `${place}${groups === "" ? "" : `, groups ${groups}`}`;
  }
  const marks = [...from.tags, ...from.secureTags, from.serviceAccount ?? []].flat().join(", ");
  return `${place}${marks === "" ? "" : `, ${marks}`}`;
}

/** A pod's packet leaves its node as a packet of the node's subnet. */
function* fromPod(trip: Trip, packet: Packet, from: Pod, rewritten = false): Walk {
  yield* outOfPod(trip, packet, from, rewritten);
  const node = nodeOf(trip, from.cluster, packet.destination);
  const address = node?.addresses.find(({ family }) => family === packet.destination.family);
  if (node === undefined || address === undefined) {
    yield cannotTell(nodeStage, from.cluster, "where the cluster's nodes are");
    return;
  }
  yield passes(nodeStage, node.subnet.id, `the packet leaves its node as ${address.text}`);
  yield* fromInterface(trip, fromAddress(packet, address), node);
}

/** A packet to a pod comes to its node first, by the rules of the node's cloud. */
function* toPod(trip: Trip, packet: Packet, to: Pod): Walk {
  yield* toNode(trip, packet, to.cluster);
  yield* intoPod(trip, packet, to);
}

function* toNode(trip: Trip, packet: Packet, cluster: string): Walk {
  const node = nodeOf(trip, cluster, packet.source);
  const destination = node?.addresses.find(({ family }) => family === packet.source.family);
  if (node === undefined || destination === undefined) return yield* delivered(cluster);
  yield* request({ ...trip, to: node }, { ...packet, destination });
}

/**
 * The interface of a node of a cluster, with the address that a pod has there for some other end;
 * `undefined` where the world does not show it.
 */
function nodeOf({ deployed }: Trip, cluster: string, other: Address): CloudInterface | undefined {
  const place = nodePlace(deployed, cluster);
  if (place === undefined) return undefined;
  const [subnet] = [...deployed.named(place.subnet), ...bySelfLink(deployed, place.subnet)];
  const node = subnet && interfaceOf(deployed, subnet, place.members);
  const alias = aliasFor(deployed, cluster, other);
  return node === undefined || alias === undefined ? node : { ...node, addresses: [alias] };
}

function bySelfLink(deployed: Deployed, link: string) {
  return deployed
    .all("gcp:compute/subnetwork:Subnetwork")
    .filter(({ properties }) => properties["selfLink"] === link);
}

/** From nowhere in the clouds: over the internet, or by the platforms' own probes. */
function* fromOutside(trip: Trip, packet: Packet): Walk {
  const { to } = trip;
  const host = addressOf(hostAddress)?.onLine === packet.source.onLine;
  if ((to.cloud === "azure" && host) || (to.cloud === "gcp" && isHealthCheck(packet))) {
    const own = to.addresses.find(({ family }) => family === packet.destination.family);
    return yield* enter(trip, own === undefined ? packet : { ...packet, destination: own }, to);
  }
  const customer = isInterface(to) ? enterFromCustomer(trip, packet, to) : undefined;
  if (customer !== undefined) return yield* customer;
  if (!isPublic(packet.source)) {
    yield cannotTell(
      sourceStage,
      packet.source.text,
      "by which network a private address comes in",
    );
  }
  yield* overInternet(trip, packet);
}

/** Over the internet to whoever has the destination as a public address. */
function* overInternet(trip: Trip, packet: Packet): Walk {
  const { text, onLine } = packet.destination;
  if (!isPublic(packet.destination)) {
    yield drops(internetStage, text, "a private address is not routed");
  }
  const { to } = trip;
  const known = isInterface(to) ? [to] : [];
  const owner = [...known, ...interfacesOf(trip.deployed)].find((end) =>
    publicAddresses(end).some((one) => one.onLine === onLine),
  );
  yield passes(internetStage, text, `as ${packet.source.text}`);
  if (owner !== undefined) yield* enter(trip, packet, owner);
}
