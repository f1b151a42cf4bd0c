/** Protocols and ports as Azure's rules write them. */
import type { PortRange, Protocol } from "../../../model/base/layer4.ts";

/** Protocols that a security group tells apart. */
export type AzureProtocol = "Tcp" | "Udp" | "Icmp" | "*";

const protocolNames: Partial<Record<Protocol | "any", AzureProtocol>> = {
  any: "*",
  tcp: "Tcp",
  udp: "Udp",
  icmp: "Icmp",
};

/** Whether a security group can tell this traffic from other traffic at all. */
export function azureFilters(range: PortRange): boolean {
  return protocolNames[range.protocol] !== undefined;
}

/** Protocol and destination ports of a rule. */
export function azureProtocolOf(range: PortRange): {
  readonly protocol: AzureProtocol;
  /** `*` or `8000-8010` or `443`. */
  readonly destinationPortRange: string;
} {
  const protocol = protocolNames[range.protocol];
  if (protocol === undefined) throw new Error(`${range.protocol} was not refused by the check`);
  const every = protocol === "*" || protocol === "Icmp" || (range.from === 0 && range.to === 65535);
  if (every) return { protocol, destinationPortRange: "*" };
  const ports = range.from === range.to ? `${range.from}` : `${range.from}-${range.to}`;
  return { protocol, destinationPortRange: ports };
}
