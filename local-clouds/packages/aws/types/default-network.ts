/** The default network of an account (VPC user guide, "Default VPCs"), and how programs adopt it. */

import type { Neighbour, Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import { regionAndTags } from "./common.ts";

/** The account's default VPC in the resource's region. */
export function defaultVpc(r: Resource): Neighbour | undefined {
  return r.all("aws:ec2/vpc:Vpc").find(({ properties }) => properties["default"] === true);
}

/** The default subnet of a zone; of the first zone where none is named. */
export function defaultSubnet(r: Resource, zone: string | undefined): Neighbour | undefined {
  return r
    .all("aws:ec2/subnet:Subnet")
    .find(
      ({ properties }) =>
        properties["defaultForAz"] === true &&
        (zone === undefined || properties["availabilityZone"] === zone),
    );
}

/** The network that a resource names, or the default one. */
export function networkOf(r: Resource): Neighbour | undefined {
  return r.given("vpcId") === undefined ? defaultVpc(r) : r.target("vpcId");
}

const adoptedVpc: TypeEntry = {
  token: "aws:ec2/defaultVpc:DefaultVpc",
  defaults: { enableDnsHostnames: true, enableDnsSupport: true, forceDestroy: false },
  forceNew: ["region"],
  id: (r) => defaultVpc(r)?.id ?? "",
  planned: regionAndTags,
  complete: (r, live) => ({
    ...defaultVpc(r)?.properties,
    existingDefaultVpc: true,
    ...live,
  }),
  // The provider takes what exists, whoever has taken it before, and never deletes it.
  sharedId: true,
  schemaVersion: 1,
};

const adoptedSubnet: TypeEntry = {
  token: "aws:ec2/defaultSubnet:DefaultSubnet",
  defaults: {
    assignIpv6AddressOnCreation: false,
    enableDns64: false,
    enableResourceNameDnsAaaaRecordOnLaunch: false,
    enableResourceNameDnsARecordOnLaunch: false,
    forceDestroy: false,
    ipv6Native: false,
    mapPublicIpOnLaunch: true,
  },
  forceNew: ["availabilityZone", "ipv6Native", "region"],
  id: (r) => defaultSubnet(r, r.text("availabilityZone"))?.id ?? "",
  planned: regionAndTags,
  complete: (r, live) => ({
    ...defaultSubnet(r, r.text("availabilityZone"))?.properties,
    existingDefaultSubnet: true,
    ...live,
  }),
  admit: (r) => refuseZone(r),
  sharedId: true,
  timeouts: { create: 600, delete: 1200 },
  schemaVersion: 1,
};

function refuseZone(r: Resource): ServiceError | undefined {
  const zone = r.text("availabilityZone");
  if (defaultSubnet(r, zone) !== undefined) return undefined;
  return {
    code: "InvalidParameterValue",
    says: `Value (${zone}) for parameter availabilityZone is invalid.`,
  };
}

/** The entries of what adopts the default network. */
export const defaultNetworkTypes: readonly TypeEntry[] = [adoptedVpc, adoptedSubnet];
