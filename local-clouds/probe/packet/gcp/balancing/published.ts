/**
 * Services that another network publishes.
 *
 * Google Cloud VPC, "About published services": a service attachment leads to an internal forwarding
 * rule, accepts consumers by itself or by list, and gives their packets an address of its subnet for
 * Private Service Connect.
 */

import { type Deployed, type Live, objectsOf, textOf, textsOf } from "../../deployed.ts";
import { fromAddress, type Packet, toAddress } from "../../packet.ts";
import type { Trip } from "../../trip.ts";
import { cannotTell, drops, ends, passes, type Stage, type Walk } from "../../walk.ts";
import type { GcpInterface } from "../interface.ts";
import { byLink, imaginedIn, lastOf, sameLink } from "../networks.ts";
import { gcp } from "../tokens.ts";
import { frontendOf } from "./frontends.ts";

const stage: Stage = {
  stage: "service attachment",
  document: "Google Cloud VPC: About published services",
};

/** The packet as it comes to the frontend of a published service. */
export interface Inner {
  readonly packet: Packet;
  readonly frontend: GcpInterface;
}

/** Through a service attachment; the walk ends where it does not accept the consumer. */
export function* published(trip: Trip, endpoint: Live, packet: Packet): Walk<Inner> {
  const { deployed } = trip;
  const attachment = byLink(deployed, textOf(endpoint.properties, "target"), gcp.serviceAttachment);
  if (attachment === undefined) {
    return yield* ends(cannotTell(stage, endpoint.id, "the service that it is connected to"));
  }
  yield* accepted(deployed, attachment, endpoint);
  const target = byLink(
    deployed,
    textOf(attachment.properties, "targetService"),
    gcp.forwardingRule,
  );
  const frontend = target === undefined ? undefined : frontendOf(deployed, target);
  const [subnet] = textsOf(attachment.properties, "natSubnets").flatMap(
    (link) => byLink(deployed, link, gcp.subnet) ?? [],
  );
  const [source] = subnet === undefined ? [] : imaginedIn(deployed, subnet, []).addresses;
  const [front] = frontend?.addresses ?? [];
  if (frontend === undefined || front === undefined || source === undefined) {
    return yield* ends(drops(stage, attachment.id, "its service or its subnet no longer exists"));
  }
  yield passes(stage, attachment.id, `${packet.source.text} becomes ${source.text}`);
  return { packet: toAddress(fromAddress(packet, source), front), frontend };
}

/** `ACCEPT_AUTOMATIC`, or the lists by project or network. */
function* accepted(deployed: Deployed, attachment: Live, endpoint: Live): Walk {
  const { properties } = attachment;
  const project = endpoint.account;
  const numbers = deployed
    .all(gcp.project)
    .filter((one) => one.properties["projectId"] === project)
    .flatMap((one) => textOf(one.properties, "number") ?? []);
  const rejected = textsOf(properties, "consumerRejectLists");
  const named = objectsOf(properties, "consumerAcceptLists").some(
    (one) =>
      [project, ...numbers].includes(textOf(one, "projectIdOrNum") ?? "") ||
      sameLink(textOf(one, "networkUrl"), textOf(endpoint.properties, "network")),
  );
  if (rejected.includes(project)) {
    yield drops(stage, attachment.id, `consumerRejectLists names ${project}`);
  }
  if (textOf(properties, "connectionPreference") === "ACCEPT_AUTOMATIC" || named) return;
  yield drops(stage, attachment.id, `no list of ${lastOf(attachment.id)} accepts ${project}`);
}
