/**
 * The default network of every account and region (VPC user guide, "Default VPC components"): a /16, a
 * /20 in each zone whose machines get public addresses, a gateway and the main route to it.
 */

import type { Native } from "../../types/native.ts";
import { zonesOf } from "./types/zones.ts";

const range = "172.31.0.0/16";

/** What an account has in a region before anybody makes anything. */
export function awsNatives(region: string): readonly Native[] {
  return [
    {
      token: "aws:ec2/vpc:Vpc",
      name: "default VPC",
      inputs: () => ({
        cidrBlock: range,
        enableDnsSupport: true,
        enableDnsHostnames: true,
        instanceTenancy: "default",
      }),
      facts: { default: true },
    },
    {
      token: "aws:ec2/internetGateway:InternetGateway",
      name: "default gateway",
      inputs: (of) => ({ vpcId: of("default VPC").id }),
    },
    {
      token: "aws:ec2/route:Route",
      name: "default route",
      inputs: (of) => ({
        routeTableId: of("default VPC").properties["mainRouteTableId"] ?? "",
        destinationCidrBlock: "0.0.0.0/0",
        gatewayId: of("default gateway").id,
      }),
    },
    ...zonesOf(region).map(({ name }, index) => subnetIn(name, index)),
  ];
}

function subnetIn(zone: string, index: number): Native {
  return {
    token: "aws:ec2/subnet:Subnet",
    name: `default subnet in ${zone}`,
    inputs: (of) => ({
      vpcId: of("default VPC").id,
      availabilityZone: zone,
      cidrBlock: `172.31.${index * 16}.0/20`,
      mapPublicIpOnLaunch: true,
      ...subnetDefaults,
    }),
    facts: { defaultForAz: true },
  };
}

const subnetDefaults = {
  assignIpv6AddressOnCreation: false,
  enableDns64: false,
  enableResourceNameDnsAaaaRecordOnLaunch: false,
  enableResourceNameDnsARecordOnLaunch: false,
  ipv6Native: false,
};
