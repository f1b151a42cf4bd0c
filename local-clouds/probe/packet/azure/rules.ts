/** Rules of network security groups and of security admin configurations: what they match. */

import type { Address } from "../address.ts";
import { holds } from "../address.ts";
import type { Deployed, Live } from "../deployed.ts";
import { hasPorts, type Packet, protocolNumbers } from "../packet.ts";
import type { AzureInterface } from "./interface.ts";
import { sameId } from "./networks.ts";
import { inTag } from "./tags.ts";

/** `Inbound` or `Outbound`, as the services write it. */
export type Direction = "Inbound" | "Outbound";

/** One side of a rule. */
export interface Side {
  /** Prefixes, addresses, ranges, tags or `*`. */
  readonly prefixes: readonly string[];
  /** Application security groups. */
  readonly groups: readonly string[];
  readonly ports: readonly string[];
}

/** One rule. */
export interface Rule {
  readonly name: string;
  readonly owner: string;
  readonly priority: number;
  readonly access: string;
  /** `Tcp`, `Udp`, `Icmp`, `Esp`, `Ah`, `*` or `Any`. */
  readonly protocol: string;
  readonly source: Side;
  readonly destination: Side;
}

/** What a rule is matched against. */
export interface Sight {
  readonly deployed: Deployed;
  /** The subnet at which the rule is applied: tags mean its network. */
  readonly subnet: Live;
  readonly packet: Packet;
  /** The interfaces at both ends, where they are known. */
  readonly sender: AzureInterface | undefined;
  readonly receiver: AzureInterface | undefined;
}

/** The rule that decides, and whether that is certain. */
export interface Decision {
  readonly rule: Rule;
  readonly certain: boolean;
}

/**
 * The first rule by priority that matches. One of which nobody can tell decides nothing where the
 * rules after it come to the same.
 */
export function deciding(rules: readonly Rule[], sight: Sight): Decision | undefined {
  return first(
    [...rules].sort((a, b) => a.priority - b.priority),
    sight,
  );
}

function first(ordered: readonly Rule[], sight: Sight): Decision | undefined {
  for (const [i, rule] of ordered.entries()) {
    const matched = matches(rule, sight);
    if (matched === true) return { rule, certain: true };
    if (matched === false) continue;
    const next = first(ordered.slice(i + 1), sight);
    const same = next?.certain === true && next.rule.access === rule.access;
    return same ? next : { rule, certain: false };
  }
  return undefined;
}

/** Whether a rule matches; `undefined` where it depends on what is not in this world. */
function matches(rule: Rule, sight: Sight): boolean | undefined {
  const { packet } = sight;
  if (!carries(rule, packet)) return false;
  const source = reaches(rule.source, packet.source, sight.sender, sight);
  const destination = reaches(rule.destination, packet.destination, sight.receiver, sight);
  if (source === false || destination === false) return false;
  return source === true && destination === true ? true : undefined;
}

/**
 * ICMPv6 has no protocol of its own in rules and falls under any only ("IPv6 for Azure Virtual
 * Network", limitations).
 */
function carries(rule: Rule, packet: Packet): boolean {
  const protocol = rule.protocol.toLowerCase();
  const any = protocol === "*" || protocol === "any";
  if (!any && protocolNumbers[protocol] !== packet.protocol) return false;
  const ports = (list: readonly string[], port: number) =>
    list.some((range) => isEveryPort(range) || (hasPorts(packet) && inRange(range, port)));
  return ports(rule.source.ports, packet.sourcePort) && ports(rule.destination.ports, packet.port);
}

/** The default rules, for any protocol, are written with either ("Network security groups", Default security rules). */
function isEveryPort(range: string): boolean {
  return range === "*" || range === "0-65535";
}

function inRange(range: string, port: number): boolean {
  const [from = "", to = from] = range.split("-");
  return Number(from) <= port && port <= Number(to);
}

function reaches(
  side: Side,
  address: Address,
  end: AzureInterface | undefined,
  sight: Sight,
): boolean | undefined {
  const inGroup = side.groups.some((group) =>
    end?.applicationGroups.some((own) => sameId(own, group)),
  );
  if (inGroup) return true;
  const found = side.prefixes.map((prefix) => {
    if (prefix === "*" || prefix.toLowerCase() === "any") return true;
    if (/^[0-9a-f.:]+(?:[/-][0-9a-f.:]+)?$/i.test(prefix)) return holds(prefix, address);
    return inTag(sight.deployed, prefix, sight.subnet, address);
  });
  if (found.includes(true)) return true;
  return found.includes(undefined) ? undefined : false;
}
