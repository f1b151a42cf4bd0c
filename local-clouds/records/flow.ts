/** A packet that was seen at an interface, before it takes the form of a cloud's flow log. */

/** One direction at one interface. */
export interface Flow {
  readonly cloud: "aws" | "azure" | "gcp";
  /** Interface, as its cloud names it, and what it lies in. */
  readonly interfaceId: string;
  readonly subnetId: string;
  /** VPC id, virtual network id or network path. */
  readonly networkId: string;
  readonly account: string;
  readonly region: string;
  readonly direction: "in" | "out";
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** IANA number. */
  readonly protocol: number;
  readonly accepted: boolean;
  /** The rule that decided, as its cloud names it. */
  readonly rule: string;
  readonly at: Date;
}

/** A probe is one packet; an IPv4 packet with a TCP header and nothing in it has 40 bytes (RFC 791 §3.1, RFC 9293 §3.1). */
export const packetBytes = 40;
