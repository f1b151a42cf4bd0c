/** Packets as a line of text, and what becomes of them. */
import { tryParseAddress } from "../../../../model/base/address.ts";
import type { Topology } from "../../../../model/network/topology.ts";
import type { Packet, PacketEnd } from "../../../../model/network/walk.ts";
import { ephemeralPort, walk } from "../../../../model/network/walk.ts";

/** `open`: it hangs on what is not known. */
export type Fate = "passes" | "stopped" | "no reply" | "open";

/** What becomes of `web -> app tcp/80`; ends are `NAME`, `NAME@ADDRESS` or an address. */
export function fateOf(topology: Topology, line: string | Packet): Fate {
  const packet = typeof line === "string" ? packetOf(topology, line) : line;
  const may = walk(topology, packet, "may");
  const must = walk(topology, packet, "must");
  if (!may.arrives) return "stopped";
  if (must.arrives && must.replyArrives) return "passes";
  return must.arrives && !may.replyArrives ? "no reply" : "open";
}

/** The packet that a line says. */
export function packetOf(topology: Topology, line: string): Packet {
  const match = /^(\S+) -> (\S+) (\S+)(?: from (\d+))?$/.exec(line);
  if (match === null) throw new Error(`no packet: ${line}`);
  const [, from = "", to = "", service = "", port] = match;
  return {
    from: endOf(topology, from),
    to: endOf(topology, to),
    selector: selectorOf(service),
    sourcePort: port === undefined ? ephemeralPort : Number(port),
  };
}

const protocols: Readonly<Record<string, bigint>> = {
  icmp: 1n,
  tcp: 6n,
  udp: 17n,
  icmp6: 58n,
  sctp: 132n,
};

/** `tcp/80`, `icmp/8.0` (type and code), `50` (a protocol's number). */
function selectorOf(text: string): bigint {
  const [name = "", low = "0"] = text.split("/");
  const protocol = protocols[name] ?? BigInt(name);
  const [type = "0", code] = low.split(".");
  return (
    (protocol << 16n) | (code === undefined ? BigInt(low) : BigInt(type) * 256n + BigInt(code))
  );
}

function endOf(topology: Topology, text: string): PacketEnd {
  const [name = "", address] = text.split("@");
  const direct = lineOf(name);
  if (direct !== undefined) return { endpoint: undefined, address: direct };
  const endpoint = topology.endpoints.find((one) => one.name === name);
  if (endpoint === undefined) throw new Error(`no endpoint ${name}`);
  if (address === "?4") return { endpoint: endpoint.id, address: { unknown: 4 } };
  if (address === "?6") return { endpoint: endpoint.id, address: { unknown: 6 } };
  const own = address === undefined ? endpoint.addresses[0]?.from : lineOf(address);
  if (own !== undefined) return { endpoint: endpoint.id, address: own };
  const [family] = endpoint.unknownAddresses;
  if (family === undefined) throw new Error(`${name} has no address`);
  return { endpoint: endpoint.id, address: { unknown: family } };
}

function lineOf(text: string): bigint | undefined {
  const address = tryParseAddress(text);
  if (address === undefined) return undefined;
  return address.family === 4 ? address.value : address.value + (1n << 32n);
}
