/** EC2 route tables and routes (EC2 API reference; ids as the Terraform AWS provider builds them). */

import { crc32 } from "node:zlib";
import { tryParseCidr } from "../../../../model/base/address.ts";
import type { JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { Reference, ServiceError, TypeEntry } from "../../../types/type.ts";
import {
  arn,
  ec2InUse,
  ec2Reference,
  exactlyOne,
  isUpdate,
  objectsIn,
  others,
  region,
  regionAndTags,
  textOf,
} from "./common.ts";
import { toRouteTable, toVpc } from "./ec2-references.ts";

/** What a route may lead to: property, target, and the code for one that is not there. */
function targetsOf(prefix: string): readonly Reference[] {
  return [
    {
      ...ec2Reference(
        `${prefix}gatewayId`,
        "aws:ec2/internetGateway:InternetGateway",
        "InvalidGatewayID.NotFound",
        "gateway ID",
      ),
      // VPN gateways are in no table yet.
      unless: (id) => id === "local" || id.startsWith("vgw-"),
    },
    ec2Reference(
      `${prefix}natGatewayId`,
      "aws:ec2/natGateway:NatGateway",
      "InvalidNatGatewayID.NotFound",
      "natGateway ID",
    ),
    ec2Reference(
      `${prefix}egressOnlyGatewayId`,
      "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
      "InvalidEgressOnlyInternetGatewayId.NotFound",
      "egressOnlyInternetGateway ID",
    ),
    {
      ...ec2Reference(
        `${prefix}vpcPeeringConnectionId`,
        ["aws:ec2/vpcPeeringConnection:VpcPeeringConnection"],
        "InvalidVpcPeeringConnectionID.NotFound",
        "vpcPeeringConnection ID",
      ),
      within: "world",
      holds: false,
    },
    ec2Reference(
      `${prefix}vpcEndpointId`,
      "aws:ec2/vpcEndpoint:VpcEndpoint",
      "InvalidVpcEndpointId.NotFound",
      "Vpc Endpoint Id",
    ),
  ];
}

/** The places of a route's destination, on a route of its own and within a table. */
const destinations = {
  own: ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"],
  inline: ["cidrBlock", "ipv6CidrBlock", "destinationPrefixListId"],
};
const targets = [
  "carrierGatewayId",
  "coreNetworkArn",
  "egressOnlyGatewayId",
  "gatewayId",
  "localGatewayId",
  "natGatewayId",
  "networkInterfaceId",
  "transitGatewayId",
  "vpcEndpointId",
  "vpcPeeringConnectionId",
];

const routeTable: TypeEntry = {
  token: "aws:ec2/routeTable:RouteTable",
  forceNew: ["vpcId", "region"],
  id: (r) => `rtb-0${r.hex("id", 16)}`,
  planned: regionAndTags,
  outputs: {
    arn: (r) => arn(r, "ec2", `route-table/${r.id}`),
    ownerId: (r) => r.account,
    propagatingVgws: [],
    routes: [],
  },
  keys: ["arn"],
  references: [toVpc("vpcId"), ...targetsOf("routes[*].")],
  admit: (r) => refuseInline(r, r.text("vpcId")),
  inUse: ec2InUse("routeTable"),
  timeouts: { create: 300, update: 120, delete: 300 },
};

const defaultRouteTable: TypeEntry = {
  token: "aws:ec2/defaultRouteTable:DefaultRouteTable",
  forceNew: ["defaultRouteTableId", "region"],
  id: (r) => r.text("defaultRouteTableId"),
  planned: regionAndTags,
  outputs: {
    arn: (r) => arn(r, "ec2", `route-table/${r.id}`),
    ownerId: (r) => r.account,
    vpcId: (r) => r.target("defaultRouteTableId")?.properties["vpcId"],
    routes: [],
    propagatingVgws: [],
  },
  references: [
    {
      at: "defaultRouteTableId",
      to: routeTable.token,
      missing: {
        code: "InvalidRouteTableID.NotFound",
        says: "The routeTable ID '{value}' does not exist",
      },
    },
    ...targetsOf("routes[*]."),
  ],
  admit: (r) => refuseInline(r, textOf(r.target("defaultRouteTableId")?.properties ?? {}, "vpcId")),
};

function refuseInline(r: Resource, vpc: string | undefined): ServiceError | undefined {
  const seen = new Set<string>();
  for (const route of objectsIn(r.list("routes"))) {
    const to = destinationOf(route, destinations.inline);
    if (to === undefined)
      return { code: "MissingParameter", says: "The request must contain a destination" };
    if (seen.has(to)) return exists(to);
    seen.add(to);
    const refusal = refuseForeign(r, route, isUpdate(r) ? r.id : "of this request", vpc);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

const route: TypeEntry = {
  token: "aws:ec2/route:Route",
  forceNew: [
    "routeTableId",
    "destinationCidrBlock",
    "destinationIpv6CidrBlock",
    "destinationPrefixListId",
    "region",
  ],
  check: (r) => [...exactlyOne(r, destinations.own), ...exactlyOne(r, targets)],
  id: (r) =>
    `r-${r.text("routeTableId")}${crc32(destinationOf(inputsOf(r), destinations.own) ?? "")}`,
  planned: region,
  outputs: {
    ...Object.fromEntries([...destinations.own, ...targets].map((key) => [key, ""])),
    instanceId: "",
    instanceOwnerId: "",
    origin: "CreateRoute",
    state: "active",
  },
  references: [{ ...toRouteTable("routeTableId"), holds: false, cascades: true }, ...targetsOf("")],
  taken: {
    code: "RouteAlreadyExists",
    says: "The route identified by this destination already exists.",
  },
  admit: (r) => {
    const to = destinationOf(inputsOf(r), destinations.own) ?? "";
    const table = r.target("routeTableId");
    const inline = objectsIn(table?.properties["routes"]);
    const beside = others(r).filter(({ properties }) => properties["routeTableId"] === table?.id);
    const taken =
      inline.some((one) => destinationOf(one, destinations.inline) === to) ||
      beside.some(({ properties }) => destinationOf(properties, destinations.own) === to);
    if (taken) return exists(to);
    return refuseForeign(r, inputsOf(r), table?.id ?? "", textOf(table?.properties ?? {}, "vpcId"));
  },
  timeouts: { create: 300, update: 120, delete: 300 },
};

function inputsOf(r: Resource): JsonObject {
  const given = [...destinations.own, "gatewayId"].flatMap((key) => {
    const value = r.given(key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(given);
}

function destinationOf(route: JsonObject, keys: readonly string[]): string | undefined {
  return keys.map((key) => textOf(route, key)).find((text) => text !== undefined && text !== "");
}

function exists(destination: string): ServiceError {
  return {
    code: "RouteAlreadyExists",
    says: `The route identified by ${destination} already exists.`,
  };
}

/** A gateway of another network is no target, and a destination must be a range. */
function refuseForeign(
  r: Resource,
  route: JsonObject,
  table: string,
  vpc: string | undefined,
): ServiceError | undefined {
  const to = textOf(route, "destinationCidrBlock") ?? textOf(route, "cidrBlock");
  if (to !== undefined && to !== "" && tryParseCidr(to) === undefined) {
    return {
      code: "InvalidParameterValue",
      says: `Value (${to}) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.`,
    };
  }
  const id = textOf(route, "gatewayId");
  if (id === undefined || vpc === undefined) return undefined;
  const gateway = r.find("aws:ec2/internetGateway:InternetGateway", id);
  if (gateway === undefined) return undefined;
  const attached = [
    gateway.properties["vpcId"],
    ...r
      .all("aws:ec2/internetGatewayAttachment:InternetGatewayAttachment")
      .filter(({ properties }) => properties["internetGatewayId"] === id)
      .map(({ properties }) => properties["vpcId"]),
  ];
  return attached.includes(vpc)
    ? undefined
    : {
        code: "InvalidParameterValue",
        says: `route table ${table} and network gateway ${id} belong to different networks`,
      };
}

/** The entries of route tables. */
export const routeTypes: readonly TypeEntry[] = [routeTable, defaultRouteTable, route];
