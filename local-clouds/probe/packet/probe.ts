/** `clouds probe packet`: one packet through the deployed world. */

import { BadRequest } from "../../lifecycle/session.ts";
import type { ResourceRow } from "../../world/record.ts";
import type { World } from "../../world/world.ts";
import { type Address, addressOf } from "./address.ts";
import { publicAddresses } from "./clouds.ts";
import { Deployed } from "./deployed.ts";
import { endOf } from "./ends.ts";
import { serviceAt } from "./kubernetes/service.ts";
import { formatPacket, hasPorts, type Packet, protocolNumbers } from "./packet.ts";
import { type End, isInterface, type Trip } from "./trip.ts";
import { follow, type Step } from "./walk.ts";
import { wholeWay } from "./way.ts";

/** What is asked. */
export interface Question {
  readonly from: string;
  readonly to: string;
  /** A name (`tcp`, `udp`, `icmp`, `icmpv6`, `sctp`, `gre`, `esp`, `ah`) or a number. */
  readonly protocol: string;
  readonly port?: number | undefined;
  readonly sourcePort?: number | undefined;
  readonly icmpType?: number | undefined;
  readonly icmpCode?: number | undefined;
  /** 4 or 6; without it IPv4 where both ends have it. */
  readonly family?: number | undefined;
}

/** What came of the packet. */
export type Verdict = "arrives" | "dropped" | "cannot tell";

/** The answer. */
export interface Answer {
  readonly from: string;
  readonly to: string;
  readonly packet: string;
  readonly verdict: Verdict;
  /** Stage and rule that decided: the last ones. */
  readonly stage: string;
  readonly rule: string;
  readonly steps: readonly Step[];
}

/** A port of the range that systems take for outgoing connections (RFC 6335 §6). */
const ephemeralPort = 50_000;
const portMax = 65_535;
const protocolMax = 255;
const echoRequest = { 4: 8, 6: 128 } as const;

/** A walk that was taken: both ends, the packet as it set out, and what it met. */
export interface Walked {
  readonly deployed: Deployed;
  readonly from: End;
  readonly to: End;
  readonly packet: Packet;
  readonly steps: readonly Step[];
}

/** Walks one packet through the world and what its accounts were born with. Throws `BadRequest` on a question that means nothing. */
export function probe(world: World, question: Question, born: readonly ResourceRow[] = []): Answer {
  return answerOf(walk(new Deployed(world, born), question));
}

/** The walk of {@link probe} in a snapshot, for those who ask often or want to know more than the answer. */
export function walk(deployed: Deployed, question: Question): Walked {
  const from = endOf(deployed, question.from);
  if (from.cloud === "service" || (from.cloud === "gcp" && from.balancer !== undefined)) {
    throw new BadRequest(`${from.id} sends nothing by itself`);
  }
  const to = behind(deployed, from, endOf(deployed, question.to));
  const packet = packetOf(question, from, to);
  const trip: Trip = { deployed, from, to, back: [] };
  return { deployed, from, to, packet, steps: follow(wholeWay(trip, packet)) };
}

/** What an address means depends on who sends to it: in a cluster it may be a Service's. */
function behind(deployed: Deployed, from: End, to: End): End {
  const [address] = to.addresses;
  if (from.cloud !== "kubernetes" || to.cloud !== "outside" || address === undefined) return to;
  return serviceAt(deployed, from.cluster, address) ?? to;
}

/** What a walk comes to. */
export function answerOf({ from, to, packet, steps }: Walked): Answer {
  const names = { ...nameOf(from, "from"), ...nameOf(to, "to") };
  return {
    from: from.id,
    to: to.id,
    packet: formatPacket(packet, names),
    ...outcomeOf(steps),
    steps,
  };
}

/** The name of a pod whose address nobody knows, for the packet's text. */
function nameOf(end: End, key: "from" | "to"): { from?: string; to?: string } {
  return inCluster(end) && end.addresses.length === 0 ? { [key]: end.id } : {};
}

function outcomeOf(steps: readonly Step[]): Pick<Answer, "verdict" | "stage" | "rule"> {
  const last = steps.at(-1);
  const verdicts = { passes: "arrives", drops: "dropped", "cannot tell": "cannot tell" } as const;
  return {
    verdict: last === undefined ? "arrives" : verdicts[last.outcome],
    stage: last?.stage ?? "",
    rule: last?.rule ?? "nothing judges it",
  };
}

function packetOf(question: Question, from: End, to: End): Packet {
  const family = familyOf(question, from, to);
  const protocol = protocolOf(question.protocol, family);
  const source = sourceOf(from, family);
  const destination = destinationOf(question, from, to, family);
  const packet = {
    protocol,
    source,
    destination,
    sourcePort: 0,
    port: 0,
    icmpType: 0,
    icmpCode: 0,
  };
  if (protocol === protocolNumbers["icmp"] || protocol === protocolNumbers["icmpv6"]) {
    const icmpType = numberUpTo(255, question.icmpType ?? echoRequest[family], "icmpType");
    return { ...packet, icmpType, icmpCode: numberUpTo(255, question.icmpCode ?? 0, "icmpCode") };
  }
  if (!hasPorts(packet)) return packet;
  if (question.port === undefined) throw new BadRequest(`${question.protocol} needs a port`);
  return {
    ...packet,
    port: numberUpTo(portMax, question.port, "port"),
    sourcePort: numberUpTo(portMax, question.sourcePort ?? ephemeralPort, "sourcePort"),
  };
}

function numberUpTo(most: number, value: number, name: string): number {
  if (Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw new BadRequest(`${name} ${value} is not a whole number from 0 to ${most}`);
}

function protocolOf(text: string, family: 4 | 6): number {
  const name = text.toLowerCase();
  if (name === "icmp" && family === 6) return protocolNumbers["icmpv6"] ?? 58;
  const number = protocolNumbers[name] ?? (/^\d+$/.test(name) ? Number(name) : -1);
  if (number >= 0 && number <= protocolMax) return number;
  const known = Object.keys(protocolNumbers).join(", ");
  throw new BadRequest(`no protocol ${text}: there are ${known}, or a number up to ${protocolMax}`);
}

/** The family asked for, else the one that both ends have, IPv4 first. */
function familyOf(question: Question, from: End, to: End): 4 | 6 {
  const named = [question.from, question.to].flatMap((text) => addressOf(text)?.family ?? []);
  const wanted = question.family ?? named[0];
  if (wanted !== undefined && wanted !== 4 && wanted !== 6) {
    throw new BadRequest(`there is no IPv${wanted}: give 4 or 6`);
  }
  if (named.some((one) => one !== wanted)) throw new BadRequest("one end is IPv4, the other IPv6");
  if (wanted !== undefined) return wanted;
  const both = ([4, 6] as const).find((family) => has(from, family) && has(to, family));
  return both ?? 4;
}

function has(end: End, family: 4 | 6): boolean {
  return inCluster(end) || allAddresses(end).some((one) => one.family === family);
}

function allAddresses(end: End): readonly Address[] {
  const own = end.addresses;
  if (end.cloud === "service") return [...own, ...end.entrances];
  return isInterface(end) ? [...own, ...publicAddresses(end)] : own;
}

function inCluster(end: End): boolean {
  return end.cloud === "kubernetes" || end.cloud === "service";
}

/** Stands for the address of a pod, which only the running cluster knows. */
const somePod = { 4: "0.0.0.0", 6: "::" } as const;

function sourceOf(from: End, family: 4 | 6): Address {
  const own = from.addresses.find((one) => one.family === family);
  return own ?? standIn(from, family);
}

function standIn(end: End, family: 4 | 6): Address {
  const address = inCluster(end) ? addressOf(somePod[family]) : undefined;
  if (address !== undefined) return address;
  throw new BadRequest(`${end.id} has no IPv${family} address`);
}

/** The address written, else the private one inside a cloud, else the public one. */
function destinationOf(question: Question, from: End, to: End, family: 4 | 6): Address {
  const written = addressOf(question.to);
  if (written !== undefined) return written;
  const own = to.addresses.find((one) => one.family === family);
  const shared = allAddresses(to)
    .filter((one) => one.family === family)
    .at(-1);
  const near = from.cloud === to.cloud || from.cloud === "kubernetes" || to.cloud === "outside";
  return (near ? (own ?? shared) : (publicFirst(to, family) ?? own)) ?? standIn(to, family);
}

function publicFirst(to: End, family: 4 | 6): Address | undefined {
  const addresses =
    to.cloud === "service" ? to.entrances : isInterface(to) ? publicAddresses(to) : [];
  return addresses.find((one) => one.family === family);
}
