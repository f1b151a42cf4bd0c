/** The entries of a network ACL, as the EC2 API has them. */
import type { Interval } from "../../../../model/base/interval-set.ts";
import { covers } from "../../../../model/base/interval-set.ts";
import { everyLayer4, protocolName, protocolNumbers } from "../../../../model/base/layer4.ts";
import { stableSlots } from "../../../../model/network/slots.ts";
import type { AclDirection, Allow, Packed } from "./pack.ts";
import { pack } from "./pack.ts";

/** One allow; exactly one of the prefixes is there. The order of allows means nothing. */
export interface AwsAclEntryRecord {
  readonly name: string;
  readonly direction: AclDirection;
  readonly ruleNumber: number;
  /** By number; `-1` is every protocol. */
  readonly protocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly icmpType?: number;
  readonly icmpCode?: number;
  readonly cidrBlock?: string;
  readonly ipv6CidrBlock?: string;
}

/** Numbers below are free for denies that must come first; the gaps, for what people add. */
const numbers = { first: 1000, gap: 10, count: 3000 };

/** The entries of the ACL of that name. A number rests on what the entry says, not on its place. */
export function entriesOf(acl: string, allows: readonly Allow[]): AwsAclEntryRecord[] {
  return (["ingress", "egress"] as const).flatMap((direction) => {
    const packed = pack(allows.filter((allow) => allow.direction === direction));
    const keyed = packed.map((one) => ({ ...one, key: keyOf(one) }));
    const slots = stableSlots(
      keyed.map(({ key }) => key),
      numbers.count,
    );
    return keyed.map(({ key, prefix, interval }) => ({
      name: `${acl}-${direction}-${key}`,
      direction,
      ruleNumber: numbers.first + (slots.get(key) ?? 0) * numbers.gap,
      ...protocolOf(interval),
      ...(prefix.includes(":") ? { ipv6CidrBlock: prefix } : { cidrBlock: prefix }),
    }));
  });
}

/** Unique among the entries of one ACL and direction: `tcp-8080-10.16.0.0-20`. */
function keyOf({ prefix, interval }: Packed): string {
  const { protocol, fromPort, toPort, icmpType, icmpCode } = protocolOf(interval);
  const name = protocol === "-1" ? "any" : (protocolName(Number(protocol)) ?? protocol);
  const ports = fromPort === toPort ? fromPort : `${fromPort}-${toPort}`;
  const message = icmpType === undefined || icmpType < 0 ? undefined : `${icmpType}.${icmpCode}`;
  // Pulumi parts the names of resources by `::`.
  const address = prefix.replaceAll(":", ".").replace("/", "-");
  return [name, ports ?? message, address].filter((part) => part !== undefined).join("-");
}

type EntryProtocol = Pick<
  AwsAclEntryRecord,
  "protocol" | "fromPort" | "toPort" | "icmpType" | "icmpCode"
>;

/** Ports count for TCP and UDP; of ICMP every entry says type and code, -1 for all of them. */
function protocolOf(interval: Interval): EntryProtocol {
  if (covers([interval], everyLayer4)) return { protocol: "-1" };
  const number = Number(interval.from >> 16n);
  const [from, to] = [Number(interval.from & 0xffffn), Number(interval.to & 0xffffn)];
  const protocol = String(number);
  switch (number) {
    case protocolNumbers.tcp:
    case protocolNumbers.udp:
      return { protocol, fromPort: from, toPort: to };
    case protocolNumbers.icmp:
    case protocolNumbers.icmp6:
      return from === to
        ? { protocol, icmpType: from >> 8, icmpCode: from & 255 }
        : { protocol, icmpType: -1, icmpCode: -1 };
    default:
      return { protocol };
  }
}
