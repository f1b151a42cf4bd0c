/** Subnets of VPC networks (Compute Engine API v1). */

import {
  type Cidr,
  formatCidr,
  overlap,
  subnet,
  tryParseCidr,
} from "../../../../model/base/address.ts";
import type { Json } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import { gatewayOf } from "./auto-subnets.ts";
import {
  absent,
  badRequest,
  globalPath,
  pathOf,
  projectAndRegion,
  selfLink,
  toNetwork,
  twentyMinutes,
} from "./common.ts";

/** Type of subnets. */
export const subnetToken = "gcp:compute/subnetwork:Subnetwork";

const subnetwork: TypeEntry = {
  token: subnetToken,
  autoname: { property: "name", charactersMax: 63, lowerCase: true },
  defaults: {
    "logConfig.aggregationInterval": "INTERVAL_5_SEC",
    "logConfig.flowSampling": 0.5,
    "logConfig.metadata": "INCLUDE_ALL_METADATA",
    "logConfig.filterExpr": "true",
  },
  forceNew: [
    "name",
    "network",
    "region",
    "description",
    "purpose",
    "project",
    "internalIpv6Prefix",
    "externalIpv6Prefix",
  ],
  id: (r) => `projects/${r.account}/regions/${r.region}/subnetworks/${r.text("name")}`,
  planned: projectAndRegion,
  normalised: { network: (r, given) => selfLink(pathOf(globalPath(r, "networks", String(given)))) },
  outputs: {
    selfLink: (r) => selfLink(r.id),
    subnetworkId: (r) => Number(r.digits("number", 15)),
    creationTimestamp: (r) => r.createdAt,
    description: "",
    gatewayAddress: (r) => gatewayOf(r.text("ipCidrRange", "")),
    privateIpGoogleAccess: false,
    privateIpv6GoogleAccess: "DISABLE_GOOGLE_ACCESS",
    purpose: "PRIVATE",
    role: "",
    secondaryIpRanges: [],
    stackType: "IPV4_ONLY",
    ipv6AccessType: "",
    externalIpv6Prefix: "",
    internalIpv6Prefix: (r) => internalPrefix(r) ?? "",
    ipv6CidrRange: (r) => r.given("internalIpv6Prefix") ?? internalPrefix(r) ?? "",
    ...absent("logConfig"),
  },
  keys: ["selfLink"],
  references: [toNetwork("network")],
  admit: refuseSubnetwork,
  timeouts: twentyMinutes,
};

/** A dual-stack subnet gets a /64 of its network's internal range. */
function internalPrefix(r: Resource): string | undefined {
  if (
    r.text("stackType", "IPV4_ONLY") === "IPV4_ONLY" ||
    r.text("ipv6AccessType", "") !== "INTERNAL"
  ) {
    return undefined;
  }
  const whole = tryParseCidr(String(r.target("network")?.properties["internalIpv6Range"] ?? ""));
  if (whole === undefined) return undefined;
  return formatCidr(subnet(whole, 16, Number.parseInt(r.hex("v6", 4), 16), "network"));
}

function refuseSubnetwork(r: Resource): ServiceError | undefined {
  const ranges = rangesOf(r.given("ipCidrRange"), r.list("secondaryIpRanges"));
  const bad = ranges.find((range) => tryParseCidr(range) === undefined);
  if (bad !== undefined) {
    return badRequest(
      `Invalid value for field 'resource.ipCidrRange': '${bad}'. Must be a CIDR address range`,
    );
  }
  const fault = refusePrimary(r);
  if (fault !== undefined) return fault;
  const home = r.target("network");
  const siblings = r
    .all(subnetToken)
    .filter(
      ({ id, properties }) =>
        properties["network"] === home?.properties["selfLink"] && id !== ownId(r),
    );
  const clash = siblings.find(({ properties }) =>
    parsed(rangesOf(properties["ipCidrRange"], properties["secondaryIpRanges"])).some((theirs) =>
      parsed(ranges).some((ours) => overlap(ours, theirs)),
    ),
  );
  if (clash !== undefined) {
    return badRequest(
      `Invalid IPCidrRange: ${ranges.join(", ")} conflicts with existing subnetwork '${String(clash.properties["name"])}' in region '${String(clash.properties["region"])}'.`,
    );
  }
  return refuseInternalPrefix(r);
}

/** Primary ranges have at least eight addresses ("Subnets", "Valid IPv4 ranges"), and only grow. */
const primaryBitsMax = 29;

function refusePrimary(r: Resource): ServiceError | undefined {
  const text = r.text("ipCidrRange", "");
  const range = tryParseCidr(text);
  if (range === undefined) return undefined;
  if (range.length > primaryBitsMax || formatCidr(range) !== text) {
    return badRequest(
      `Invalid value for field 'resource.ipCidrRange': '${text}'. Must be a CIDR address range of at most /${primaryBitsMax}, without bits behind its prefix`,
    );
  }
  const before = tryParseCidr(String(r.before?.["ipCidrRange"] ?? ""));
  return before !== undefined && (range.length > before.length || !overlap(range, before))
    ? badRequest(
        `Invalid value for field 'resource.ipCidrRange': '${text}'. The range can only be expanded`,
      )
    : undefined;
}

function refuseInternalPrefix(r: Resource): ServiceError | undefined {
  const given = r.text("internalIpv6Prefix", "");
  if (given === "") return undefined;
  const own = tryParseCidr(given);
  const whole = tryParseCidr(String(r.target("network")?.properties["internalIpv6Range"] ?? ""));
  const inside =
    own !== undefined && whole !== undefined && own.length === 64 && overlap(own, whole);
  return inside
    ? undefined
    : badRequest(
        `Invalid value for field 'resource.internalIpv6Prefix': '${given}'. It must be a /64 within the network's internal range`,
      );
}

function ownId(r: Resource): string {
  return `projects/${r.account}/regions/${r.region}/subnetworks/${r.text("name")}`;
}

function rangesOf(primary: Json | undefined, secondary: Json | undefined): string[] {
  const list = Array.isArray(secondary) ? secondary : [];
  const more = list.map((item) => (item as { readonly ipCidrRange?: Json } | null)?.ipCidrRange);
  return [primary, ...more].filter((range): range is string => typeof range === "string");
}

function parsed(ranges: readonly string[]): Cidr[] {
  return ranges.flatMap((range) => tryParseCidr(range) ?? []);
}

/** The entries of subnets. */
export const subnetworkTypes: readonly TypeEntry[] = [subnetwork];
