/** Endpoints that lead from a network to a service (EC2 API reference, CreateVpcEndpoint). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import { arn, ec2InUse, oneOf, others, regionAndTags } from "./common.ts";
import { toGroup, toRouteTable, toSubnet, toVpc } from "./ec2-references.ts";

/** The services that are reached by a gateway instead of an interface. */
const gatewayServices = ["s3", "dynamodb"];

/** What an endpoint lets through when no policy is given. */
const fullAccess =
  '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}],"Version":"2008-10-17"}';

const endpoint: TypeEntry = {
  token: "aws:ec2/vpcEndpoint:VpcEndpoint",
  defaults: { vpcEndpointType: "Gateway" },
  forceNew: [
    "resourceConfigurationArn",
    "serviceName",
    "serviceNetworkArn",
    "serviceRegion",
    "vpcEndpointType",
    "vpcId",
    "region",
  ],
  check: (r) =>
    oneOf(r.text("vpcEndpointType", "Gateway"), "vpcEndpointType", [
      "Gateway",
      "Interface",
      "GatewayLoadBalancer",
      "Resource",
      "ServiceNetwork",
    ]),
  id: (r) => `vpce-0${r.hex("id", 16)}`,
  planned: regionAndTags,
  outputs: {
    arn: (r) => arn(r, "ec2", `vpc-endpoint/${r.id}`),
    ownerId: (r) => r.account,
    state: "available",
    requesterManaged: false,
    serviceRegion: (r) => r.region,
    privateDnsEnabled: false,
    policy: fullAccess,
    ipAddressType: (r) => (isInterface(r) ? "ipv4" : undefined),
    routeTableIds: [],
    securityGroupIds: (r) => (isInterface(r) ? defaultGroupOf(r) : []),
    subnetIds: [],
    networkInterfaceIds: (r) =>
      isInterface(r)
        ? r.list("subnetIds").map((subnet) => `eni-0${r.hex(`interface ${String(subnet)}`, 16)}`)
        : [],
    dnsEntries: (r) =>
      isInterface(r) ? [{ dnsName: dnsName(r), hostedZoneId: `Z${r.characters("zone", 13)}` }] : [],
    cidrBlocks: [],
    prefixListId: (r) => (isInterface(r) ? undefined : `pl-${r.hex("list", 8)}`),
  },
  keys: ["arn"],
  references: [
    toVpc("vpcId"),
    toSubnet("subnetIds[*]"),
    toGroup("securityGroupIds[*]"),
    { ...toRouteTable("routeTableIds[*]"), holds: false },
  ],
  admit: refuseEndpoint,
  inUse: ec2InUse("vpcEndpoint"),
  timeouts: { create: 600, update: 600, delete: 600 },
};

function isInterface(r: Resource): boolean {
  return r.text("vpcEndpointType", "Gateway") !== "Gateway";
}

function defaultGroupOf(r: Resource): readonly string[] {
  return [String(r.target("vpcId")?.properties["defaultSecurityGroupId"] ?? "")];
}

function dnsName(r: Resource): string {
  const service = r.text("serviceName", "").split(".").at(-1) ?? "";
  return `${r.id}-${r.characters("dns", 8, "abcdefghijklmnopqrstuvwxyz0123456789")}.${service}.${r.region}.vpce.amazonaws.com`;
}

function refuseEndpoint(r: Resource): ServiceError | undefined {
  const service = r.text("serviceName", "");
  const short = service.split(".").at(-1) ?? "";
  if (service !== "" && !/^([a-z]+\.)+vpce\.|^(com|cn)\.amazonaws\.|^aws\./.test(service)) {
    return {
      code: "InvalidServiceName",
      says: `The Vpc Endpoint Service '${service}' does not exist`,
    };
  }
  const gateway = !isInterface(r);
  if (gateway && service !== "" && !gatewayServices.includes(short)) {
    return {
      code: "InvalidParameter",
      says: `Endpoint type (Gateway) does not match available service types ([Interface]).`,
    };
  }
  const taken = others(r).some(
    ({ properties }) =>
      gateway &&
      properties["vpcEndpointType"] === "Gateway" &&
      properties["vpcId"] === r.given("vpcId") &&
      properties["serviceName"] === service,
  );
  return taken
    ? {
        code: "RouteAlreadyExists",
        says: `route table already has a route with destination-prefix-list-id of ${service}`,
      }
    : undefined;
}

/** The entries of endpoints. */
export const endpointTypes: readonly TypeEntry[] = [endpoint];
