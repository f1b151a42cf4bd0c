/** The subnets that come with an auto mode network, one in each region. */

import { cidrInterval, formatAddress, tryParseCidr } from "../../../../model/base/address.ts";
import type { Resource } from "../../../types/resource.ts";
import type { Companion } from "../../../types/type.ts";
import { selfLink } from "./common.ts";

/** What every auto mode network lies in. */
export const autoRange = "10.128.0.0/9";

/** The second part of each region's /20 in it ("Subnets", "Auto mode IPv4 subnet ranges"). */
const secondOctets: Readonly<Record<string, number>> = {
  "us-central1": 128,
  "europe-west1": 132,
  "us-west1": 138,
  "asia-east1": 140,
  "us-east1": 142,
  "asia-northeast1": 146,
  "asia-southeast1": 148,
  "us-east4": 150,
  "australia-southeast1": 152,
  "europe-west2": 154,
  "europe-west3": 156,
  "southamerica-east1": 158,
  "asia-south1": 160,
  "northamerica-northeast1": 162,
  "europe-west4": 164,
  "europe-north1": 166,
  "us-west2": 168,
  "asia-east2": 170,
  "europe-west6": 172,
  "asia-northeast2": 174,
  "asia-northeast3": 178,
  "us-west3": 180,
  "us-west4": 182,
  "asia-southeast2": 184,
  "europe-central2": 186,
  "northamerica-northeast2": 188,
  "asia-south2": 190,
  "australia-southeast2": 192,
  "southamerica-west1": 194,
  "europe-west8": 198,
  "europe-west9": 200,
  "us-east5": 202,
  "europe-southwest1": 204,
  "us-south1": 206,
  "me-west1": 208,
  "europe-west12": 210,
  "me-central1": 212,
  "europe-west10": 214,
  "me-central2": 216,
  "africa-south1": 218,
};

/** The subnets of a network, where it makes them itself. */
export function autoSubnets(r: Resource): readonly Companion[] {
  if (!r.flag("autoCreateSubnetworks")) return [];
  return Object.entries(secondOctets).map(([region, second]) =>
    subnetIn(r, region, `10.${second}.0.0/20`),
  );
}

function subnetIn(r: Resource, region: string, ipCidrRange: string): Companion {
  const name = r.text("name");
  const id = `projects/${r.account}/regions/${region}/subnetworks/${name}`;
  return {
    token: "gcp:compute/subnetwork:Subnetwork",
    id,
    properties: {
      name,
      project: r.account,
      region,
      network: selfLink(r.id),
      ipCidrRange,
      gatewayAddress: gatewayOf(ipCidrRange),
      selfLink: selfLink(id),
      subnetworkId: Number(r.digits(`subnet in ${region}`, 15)),
      creationTimestamp: r.createdAt,
      description: "",
      privateIpGoogleAccess: false,
      privateIpv6GoogleAccess: "DISABLE_GOOGLE_ACCESS",
      purpose: "PRIVATE",
      role: "",
      secondaryIpRanges: [],
      stackType: "IPV4_ONLY",
      ipv6AccessType: "",
      externalIpv6Prefix: "",
      internalIpv6Prefix: "",
      ipv6CidrRange: "",
      logConfig: null,
    },
  };
}

/** The first host address of a range is the gateway's; `""` for what is no range. */
export function gatewayOf(range: string): string {
  const cidr = tryParseCidr(range);
  return cidr === undefined ? "" : formatAddress(cidrInterval(cidr).from + 1n);
}
