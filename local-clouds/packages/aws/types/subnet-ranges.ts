/** Which address ranges EC2 lets a subnet have (VPC user guide, "Subnet CIDR blocks"). */

import { type Cidr, cidrInterval, overlap, tryParseCidr } from "../../../../model/base/address.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { others, textOf } from "./common.ts";

/** Shortest and longest IPv4 prefix of a subnet, in bits. */
const ipv4Bits = { shortest: 16, longest: 28 };
/** Shortest and longest IPv6 prefix of a subnet, in bits, in steps of four. */
const ipv6Bits = { shortest: 44, longest: 64, step: 4 };

/** The service's refusal of a subnet's ranges: outside the network's, of a bad size, or taken. */
export function refuseSubnet(r: Resource): ServiceError | undefined {
  if (r.given("cidrBlock") === undefined && !r.flag("ipv6Native")) {
    return {
      code: "MissingParameter",
      says: "Either 'cidrBlock' or 'ipv4IpamPoolId' must be provided.",
    };
  }
  return refuseRange(r, "cidrBlock") ?? refuseRange(r, "ipv6CidrBlock");
}

function refuseRange(
  r: Resource,
  property: "cidrBlock" | "ipv6CidrBlock",
): ServiceError | undefined {
  if (r.given(property) === undefined) return undefined;
  const text = r.text(property);
  const range = tryParseCidr(text);
  if (range === undefined || !fits(range) || !insideNetwork(r, range)) {
    return { code: "InvalidSubnet.Range", says: `The CIDR '${text}' is invalid.` };
  }
  const taken = others(r)
    .filter(({ properties }) => properties["vpcId"] === r.given("vpcId"))
    .map(({ properties }) => tryParseCidr(textOf(properties, property) ?? ""));
  return taken.some((other) => other !== undefined && overlap(range, other))
    ? { code: "InvalidSubnet.Conflict", says: `The CIDR '${text}' conflicts with another subnet` }
    : undefined;
}

function fits(range: Cidr): boolean {
  if (range.family === 4)
    return range.length >= ipv4Bits.shortest && range.length <= ipv4Bits.longest;
  const { shortest, longest, step } = ipv6Bits;
  return range.length >= shortest && range.length <= longest && range.length % step === 0;
}

function insideNetwork(r: Resource, range: Cidr): boolean {
  const network = r.target("vpcId");
  if (network === undefined) return true;
  const association =
    range.family === 4
      ? r.all("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation")
      : r.all("aws:ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation");
  const key = range.family === 4 ? "cidrBlock" : "ipv6CidrBlock";
  const further = association.filter(({ properties }) => properties["vpcId"] === network.id);
  return [network, ...further].some(({ properties }) => {
    const outer = tryParseCidr(textOf(properties, key) ?? "");
    return outer !== undefined && holds(outer, range);
  });
}

function holds(outer: Cidr, inner: Cidr): boolean {
  const [whole, part] = [cidrInterval(outer), cidrInterval(inner)];
  return outer.family === inner.family && whole.from <= part.from && part.to <= whole.to;
}
