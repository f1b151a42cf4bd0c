/** What Compute Engine refuses in a VPC firewall rule ("VPC firewall rules"). */

import { tryParseCidr } from "../../../../model/base/address.ts";
import { isObject, type Json } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";

/** Protocols that have ports. */
const withPorts = new Set(["tcp", "udp", "sctp", "6", "17", "132"]);
const portMax = 65_535;

/** Names of protocols; others go by their number. */
const protocols = new Set(["all", "tcp", "udp", "icmp", "esp", "ah", "sctp", "ipip"]);
const protocolMax = 255;

/** Refuses a rule that says nothing, or what no rule can say. */
export function refuseFirewall(r: Resource): ServiceError | undefined {
  const egress = r.text("direction", "INGRESS") === "EGRESS";
  const stray = ["sourceRanges", "sourceTags", "sourceServiceAccounts"].find(
    (key) => egress && r.list(key).length > 0,
  );
  if (stray !== undefined)
    return invalid(stray, "", "Sources may not be specified for a rule whose direction is EGRESS");
  if (r.list("allows").length + r.list("denies").length === 0)
    return invalid("allowed", "", "A firewall rule must specify what it allows or denies");
  return (
    refuseRanges(r) ??
    refuseEntries("allowed", r.list("allows")) ??
    refuseEntries("denied", r.list("denies"))
  );
}

function refuseRanges(r: Resource): ServiceError | undefined {
  for (const key of ["sourceRanges", "destinationRanges"]) {
    const ranges = r.list(key).map(String);
    const bad = ranges.findIndex(
      (range) =>
        tryParseCidr(range.includes("/") ? range : `${range}/${range.includes(":") ? 128 : 32}`) ===
        undefined,
    );
    if (bad >= 0)
      return invalid(`${key}[${bad}]`, ranges[bad] ?? "", "Must be a valid CIDR address range");
  }
  return undefined;
}

function refuseEntries(field: string, entries: readonly Json[]): ServiceError | undefined {
  for (const [i, entry] of entries.entries()) {
    if (!isObject(entry)) continue;
    const protocol = String(entry["protocol"]).toLowerCase();
    const ports = (Array.isArray(entry["ports"]) ? entry["ports"] : []).map(String);
    if (!isProtocol(protocol))
      return invalid(`${field}[${i}].IPProtocol`, protocol, "Must be a valid protocol");
    if (ports.length > 0 && !withPorts.has(protocol)) {
      return invalid(
        `${field}[${i}].ports`,
        "",
        "Ports may only be specified on rules whose protocol is one of [TCP, UDP, SCTP]",
      );
    }
    const bad = ports.findIndex((port) => !isPortRange(port));
    if (bad >= 0) {
      return invalid(
        `${field}[${i}].ports[${bad}]`,
        ports[bad] ?? "",
        `Ports may only be an integer value in the range 0-${portMax}, or two of them with a dash`,
      );
    }
  }
  return undefined;
}

function isProtocol(protocol: string): boolean {
  return protocols.has(protocol) || (/^\d{1,3}$/.test(protocol) && Number(protocol) <= protocolMax);
}

function isPortRange(text: string): boolean {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (match === null) return false;
  const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])];
  return from <= to && to <= portMax;
}

function invalid(field: string, value: string, says: string): ServiceError {
  return {
    code: "400",
    says: `Invalid value for field 'resource.${field}': '${value}'. ${says}., invalid`,
  };
}
