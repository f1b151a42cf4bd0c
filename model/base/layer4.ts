/**
 * Layer-4 selectors on one number line: `protocol · 65536 + low`, where `low` is the destination
 * port for TCP, UDP and SCTP, `type · 256 + code` for ICMP and ICMPv6, and unused (0–65535) for
 * every other protocol. "Any" is the whole line.
 */
import type { Interval, IntervalSet } from "./interval-set.ts";
import { intervalSet } from "./interval-set.ts";
import type { Problem } from "./problem.ts";

/** IANA protocol numbers Bulkhead knows by name. */
export const protocolNumbers = { icmp: 1, tcp: 6, udp: 17, icmp6: 58, sctp: 132 } as const;

export type Protocol = keyof typeof protocolNumbers;

const lowMax = 65535;
const protocolMax = 255;

/** Every protocol and port. */
export const everyLayer4: IntervalSet = [{ from: 0n, to: BigInt(protocolMax * 65536 + lowMax) }];

/** One protocol with a range of ports, or everything. */
export interface PortRange {
  readonly protocol: Protocol | "any";
  /** First destination port (inclusive), 0–65535; 0 where the protocol has none. */
  readonly from: number;
  /** Last destination port (inclusive), 0–65535. */
  readonly to: number;
}

/** Parses `tcp/443`, `udp/8000-8010`, `icmp`, `any`; undefined where the text is none of these. */
export function tryParsePorts(text: string): PortRange | undefined {
  if (text === "any") return { protocol: "any", from: 0, to: lowMax };
  const match = /^(tcp|udp|sctp|icmp|icmp6)(?:\/(\d{1,5})(?:-(\d{1,5}))?)?$/.exec(text);
  if (match === null) return undefined;
  const protocol = match[1] as Protocol;
  const hasPorts = protocol === "tcp" || protocol === "udp" || protocol === "sctp";
  if (!hasPorts && match[2] !== undefined) return undefined;
  const from = match[2] === undefined ? 0 : Number(match[2]);
  const to = match[3] === undefined ? (match[2] === undefined ? lowMax : from) : Number(match[3]);
  return from <= to && to <= lowMax ? { protocol, from, to } : undefined;
}

/** The problem of a text that is no protocol and port range. */
export function portsProblem(text: string, place: string): Problem {
  return {
    code: "port-invalid",
    place,
    got: JSON.stringify(text),
    allowed: "tcp/443, udp/8000-8010, sctp/38412, icmp, icmp6 or any",
    next: "Write the protocol, a slash and the port or the range of ports.",
  };
}

/** Text that {@link tryParsePorts} reads back. */
export function formatPorts(range: PortRange): string {
  if (range.protocol === "any") return "any";
  if (range.from === 0 && range.to === lowMax) return range.protocol;
  const ports = range.from === range.to ? `${range.from}` : `${range.from}-${range.to}`;
  return `${range.protocol}/${ports}`;
}

/** The selectors of a port range. */
export function portSet(range: PortRange): IntervalSet {
  if (range.protocol === "any") return everyLayer4;
  return [protocolInterval(protocolNumbers[range.protocol], range.from, range.to)];
}

/** What two ranges share; undefined where nothing. */
export function commonPorts(a: PortRange, b: PortRange): PortRange | undefined {
  if (a.protocol === "any") return b;
  if (b.protocol === "any") return a;
  const [from, to] = [Math.max(a.from, b.from), Math.min(a.to, b.to)];
  return a.protocol === b.protocol && from <= to ? { protocol: a.protocol, from, to } : undefined;
}

/** Selectors of one protocol number between two low values (inclusive). */
export function protocolInterval(protocol: number, low: number, high: number): Interval {
  return { from: BigInt(protocol * 65536 + low), to: BigInt(protocol * 65536 + high) };
}

/** The selectors of several port ranges. */
export function portsSet(ranges: readonly PortRange[]): IntervalSet {
  return intervalSet(ranges.flatMap((range) => [...portSet(range)]));
}

/** A selector as a person reads it: `tcp/22`, `icmp type 8 code 0`, `protocol 50`. */
export function formatSelector(selector: bigint): string {
  const protocol = Number(selector >> 16n);
  const low = Number(selector & 0xffffn);
  const name = protocolName(protocol);
  if (name === "tcp" || name === "udp" || name === "sctp") return `${name}/${low}`;
  if (name !== undefined) return `${name} type ${low >> 8} code ${low & 255}`;
  return `protocol ${protocol}`;
}

/** The name of a protocol number, where it has one here. */
export function protocolName(protocol: number): Protocol | undefined {
  return (Object.keys(protocolNumbers) as Protocol[]).find(
    (name) => protocolNumbers[name] === protocol,
  );
}
