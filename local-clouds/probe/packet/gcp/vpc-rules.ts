/**
 * VPC firewall rules.
 *
 * Google Cloud VPC, "VPC firewall rules": the lowest priority number decides; of equal ones deny
 * comes before allow; rules are stateful. A rule is enforced at its targets: all instances of the
 * network, those with a network tag, or those that run as a service account.
 */

import type { JsonObject } from "../../../protocol/value.ts";
import { type Deployed, type Live, numberOf, objectsOf, textOf, textsOf } from "../deployed.ts";
import {
  carries,
  type Direction,
  inRanges,
  type Layer4,
  type Sight,
  senderInNetwork,
} from "./matching.ts";
import { sameLink } from "./networks.ts";
import { gcp } from "./tokens.ts";

/** What a rule decided. */
export interface Decision {
  readonly allows: boolean;
  readonly at: string;
  readonly rule: string;
}

/** The VPC firewall rule that decides; `undefined` if none matches. */
export function vpcRule(sight: Sight): Decision | undefined {
  const first = sight.deployed
    .once(sight.direction === "EGRESS" ? egressRules : ingressRules, sight.own.network)
    .find(({ properties }) => isTarget(properties, sight) && matches(properties, sight));
  if (first === undefined) return undefined;
  const allows = objectsOf(first.properties, "denies").length === 0;
  const name = textOf(first.properties, "name") ?? first.id;
  const rule = `${name} (${numberOf(first.properties, "priority")}) ${allows ? "allow" : "deny"}`;
  return { allows, at: first.id, rule };
}

function egressRules(deployed: Deployed, network: string): readonly Live[] {
  return ordered(deployed, network, "EGRESS");
}

function ingressRules(deployed: Deployed, network: string): readonly Live[] {
  return ordered(deployed, network, "INGRESS");
}

function ordered(deployed: Deployed, network: string, direction: Direction): readonly Live[] {
  return deployed
    .all(gcp.firewall)
    .filter(({ properties }) => sameLink(textOf(properties, "network"), network))
    .filter(({ properties }) => properties["disabled"] !== true)
    .filter(({ properties }) => textOf(properties, "direction") === direction)
    .sort((a, b) => order(a.properties) - order(b.properties));
}

/** Priority, and deny before allow where it is equal. */
function order(rule: JsonObject): number {
  return (numberOf(rule, "priority") ?? 0) * 2 + (objectsOf(rule, "denies").length > 0 ? 0 : 1);
}

function isTarget(rule: JsonObject, { own }: Sight): boolean {
  const tags = textsOf(rule, "targetTags");
  const accounts = textsOf(rule, "targetServiceAccounts");
  if (tags.length === 0 && accounts.length === 0) return true;
  return (
    tags.some((tag) => own.tags.includes(tag)) ||
    accounts.some((account) => account === own.serviceAccount)
  );
}

function matches(rule: JsonObject, sight: Sight): boolean {
  if (!carries(layer4Of(rule), sight.packet)) return false;
  const destinations = textsOf(rule, "destinationRanges");
  if (sight.direction === "EGRESS") {
    const sources = textsOf(rule, "sourceRanges");
    const from = sources.length === 0 || inRanges(sources, sight.packet.source);
    return (
      from && inRanges(destinations.length > 0 ? destinations : everyIpv4, sight.packet.destination)
    );
  }
  const to = destinations.length === 0 || inRanges(destinations, sight.packet.destination);
  return to && isSource(rule, sight);
}

/** A rule that names neither source nor destination means 0.0.0.0/0, which is no IPv6 address. */
const everyIpv4 = ["0.0.0.0/0"];

/** Ranges, tags and accounts are alternatives. */
function isSource(rule: JsonObject, sight: Sight): boolean {
  const ranges = textsOf(rule, "sourceRanges");
  const tags = textsOf(rule, "sourceTags");
  const accounts = textsOf(rule, "sourceServiceAccounts");
  const silent = ranges.length + tags.length + accounts.length === 0;
  if (inRanges(silent ? everyIpv4 : ranges, sight.packet.source)) return true;
  const sender = senderInNetwork(sight);
  if (sender === undefined) return false;
  return (
    tags.some((tag) => sender.tags.includes(tag)) ||
    accounts.some((account) => account === sender.serviceAccount)
  );
}

function layer4Of(rule: JsonObject): readonly Layer4[] {
  return [...objectsOf(rule, "allows"), ...objectsOf(rule, "denies")].map((entry) => ({
    protocol: textOf(entry, "protocol") ?? "all",
    ports: textsOf(entry, "ports"),
  }));
}
