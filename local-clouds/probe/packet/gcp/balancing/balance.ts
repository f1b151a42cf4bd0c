/**
 * A packet at a load balancer.
 *
 * Cloud Load Balancing, "Passthrough Network Load Balancer overview": backends get the client's packet
 * with both addresses unchanged, so their firewalls judge the client. "Application Load Balancer
 * overview": a proxy ends the connection, and makes one of its own to a backend. "Private Service
 * Connect": endpoints lead to Google's APIs, or to a service that another network publishes.
 */

import { type Live, textOf } from "../../deployed.ts";
import { type Packet, protocolName } from "../../packet.ts";
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
import { firewalls } from "../firewall.ts";
import type { GcpInterface } from "../interface.ts";
import { byLink, lastOf } from "../networks.ts";
import { routeFrom } from "../routes.ts";
import { gcp } from "../tokens.ts";
import { armor } from "./armor.ts";
import { type Backend, backendsOf, type Unseen } from "./backends.ts";
import { isApiBundle, isAttachment, isInternal, ruleFor } from "./frontends.ts";
import { googleRanges, hindrance, servicesBehind, sourcesOf } from "./proxies.ts";
import { published } from "./published.ts";

const stage: Stage = {
  stage: "load balancer",
  document: "Cloud Load Balancing: Forwarding rules overview",
};
const passthroughStage: Stage = {
  stage: "load balancer",
  document: "Cloud Load Balancing: Passthrough Network Load Balancer overview",
};
const proxyStage: Stage = {
  stage: "load balancer",
  document: "Cloud Load Balancing: Firewall rules",
};
const healthStage: Stage = {
  stage: "health check",
  document: "Cloud Load Balancing: Health checks overview, Probe IP ranges and firewall rules",
};
const accessStage: Stage = {
  stage: "load balancer",
  document:
    "Cloud Load Balancing: Internal passthrough Network Load Balancer overview, Global access",
};
const endpointStage: Stage = {
  stage: "Private Service Connect endpoint",
  document: "Google Cloud VPC: About accessing Google APIs through endpoints",
};

/** From a frontend to whatever stands behind it; `sender` is undefined for clients of the internet. */
export function* balance(
  trip: Trip,
  packet: Packet,
  frontend: GcpInterface,
  sender: GcpInterface | undefined,
): Walk {
  const rule = ruleFor(trip.deployed, frontend, packet);
  if (rule === undefined) {
    const what = `no rule for ${protocolName(packet)} ${packet.port}`;
    return yield* ends(drops(stage, frontend.id, what));
  }
  const target = textOf(rule.properties, "target") ?? "";
  if (isApiBundle(target)) {
    yield passes(endpointStage, rule.id, `to Google's APIs: ${lastOf(target)}`);
    return;
  }
  yield* withinReach(rule, sender);
  if (isAttachment(target)) {
    const inner = yield* published(trip, rule, packet);
    return yield* balance(trip, inner.packet, inner.frontend, undefined);
  }
  const service = byLink(
    trip.deployed,
    textOf(rule.properties, "backendService"),
    gcp.regionalBackendService,
    gcp.backendService,
  );
  if (service !== undefined) return yield* passThrough(trip, packet, rule, service, sender);
  yield* byProxy(trip, packet, rule);
}

/** Internal load balancers serve their own region, unless they have global access. */
function* withinReach(rule: Live, sender: GcpInterface | undefined): Walk {
  const region = textOf(rule.properties, "region");
  if (!isInternal(rule) || sender === undefined || region === undefined) return;
  const open =
    rule.properties["allowGlobalAccess"] === true ||
    rule.properties["allowPscGlobalAccess"] === true;
  const from = textOf(sender.subnet.properties, "region") ?? "";
  if (open || lastOf(from) === lastOf(region)) return;
  yield drops(accessStage, rule.id, `no global access, and the client is in ${from}`);
}

/** To a backend with both addresses unchanged. */
function* passThrough(
  trip: Trip,
  packet: Packet,
  rule: Live,
  service: Live,
  sender: GcpInterface | undefined,
): Walk {
  const backends = backendsOf(trip.deployed, service);
  if (backends.length === 0) {
    return yield* ends(drops(passthroughStage, service.id, "it has no backend"));
  }
  yield passes(passthroughStage, rule.id, `${lastOf(service.id)}, the client's packet unchanged`);
  const { deployed } = trip;
  const external = !isInternal(rule);
  const ways = backends.map((backend) => {
    if ("what" in backend) return unseen(backend, service);
    const own: Trip = { ...trip, back: [] };
    const { receiver } = backend;
    if (external) own.back.push(() => routeBack(own, packet, receiver));
    const judged = {
      deployed,
      direction: "INGRESS",
      packet,
      own: receiver,
      other: sender,
    } as const;
    return { name: receiver.id, steps: follow(withReply(own, firewalls(judged))) };
  });
  yield* oneOf(passthroughStage, service.id, ways);
}

/** Backends answer the client themselves, by the routes of their network. */
function* routeBack(trip: Trip, packet: Packet, receiver: GcpInterface): Walk {
  const route = routeFrom(trip.deployed, receiver, packet.source);
  const { text } = packet.source;
  yield route?.kind === "internet"
    ? passes(passthroughStage, route.name, `back to ${text}`)
    : cannotTell(passthroughStage, receiver.id, `by which route the answer to ${text} leaves`);
}

/** By a proxy's own connection to one of the backends. */
function* byProxy(trip: Trip, packet: Packet, rule: Live): Walk {
  const services = servicesBehind(trip.deployed, rule);
  if (services.length === 0) {
    return yield* ends(cannotTell(stage, rule.id, "what stands behind its target"));
  }
  yield passes(proxyStage, rule.id, "the proxy ends the connection, and makes its own");
  const ways = services.flatMap((service) => proxied(trip, packet, rule, service));
  yield* oneOf(proxyStage, rule.id, ways);
}

function proxied(trip: Trip, packet: Packet, rule: Live, service: Live): readonly Alternative[] {
  if (service.token === gcp.backendBucket) {
    return [unseen({ what: `bucket ${lastOf(service.id)}`, served: true }, service)];
  }
  const backends = backendsOf(trip.deployed, service);
  if (backends.length === 0) {
    return [{ name: service.id, steps: [drops(proxyStage, service.id, "it has no backend")] }];
  }
  return backends.map((backend) => ({
    name: "what" in backend ? backend.what : backend.receiver.id,
    steps: follow(toBackend(trip, packet, rule, service, backend)),
  }));
}

function* toBackend(
  trip: Trip,
  packet: Packet,
  rule: Live,
  service: Live,
  backend: Backend | Unseen,
): Walk {
  yield* armor(trip.deployed, service, packet);
  if ("what" in backend) return yield* unseen(backend, service).steps;
  for (const range of googleRanges) {
    const step = hindrance(trip.deployed, range, backend);
    if (step !== undefined) {
      const why = `${backend.receiver.id} is unhealthy, ${range} does not reach it: ${step.rule}`;
      yield { ...healthStage, at: step.at, outcome: step.outcome, rule: why };
    }
  }
  for (const range of yield* sourcesOf(trip.deployed, rule, backend.receiver)) {
    const step = hindrance(trip.deployed, range, backend);
    if (step !== undefined) yield { ...step, rule: `proxies of ${range}: ${step.rule}` };
  }
  yield passes(proxyStage, service.id, `to ${backend.receiver.id} port ${backend.port}`);
}

function unseen({ what, served }: Unseen, service: Live): Alternative {
  const step = served
    ? passes(proxyStage, service.id, `to ${what}`)
    : cannotTell(proxyStage, service.id, `what ${what} do`);
  return { name: what, steps: [step] };
}
