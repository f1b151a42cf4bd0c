/** Creates the resources of an AWS place from its plan. */
import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as transit from "@pulumi/aws/ec2transitgateway/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { partOf } from "../../../model/base/address-part.ts";
import { mustGet } from "../../shared/must-get.ts";
import { childOf } from "../../shared/providers.ts";
import type { AwsPlaceNetwork } from "../places.ts";
import type { AwsNetworkPlan } from "./lower.ts";

const subnet6Length = 64;

/** The VPC of a place with everything in it. */
export function createAwsNetwork(
  parent: pulumi.ComponentResource,
  plan: AwsNetworkPlan,
): AwsPlaceNetwork {
  const { region } = plan;
  const vpc = new ec2.Vpc(
    plan.vpc.name,
    {
      region,
      cidrBlock: plan.vpc.cidrBlock,
      assignGeneratedIpv6CidrBlock: true,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: plan.vpc.tags,
    },
    childOf(parent),
  );
  const { name, tags } = plan.defaultSecurityGroup;
  // A VPC's own default group lets its members talk to each other; adopting it empties it.
  new ec2.DefaultSecurityGroup(
    name,
    { region, vpcId: vpc.id, ingress: [], egress: [], tags },
    childOf(parent),
  );
  const tables = createTables(parent, plan, vpc);
  const subnets = createSubnets(parent, plan, vpc, tables);
  createRoutes(parent, plan, vpc, tables, subnets);
  return {
    cloud: "aws",
    place: plan.place,
    region,
    owned: true,
    vpcId: vpc.id,
    subnetIds: bySegment(plan, subnets),
  };
}

function createTables(
  parent: pulumi.ComponentResource,
  plan: AwsNetworkPlan,
  vpc: ec2.Vpc,
): ReadonlyMap<string, ec2.RouteTable> {
  return new Map(
    plan.routeTables.map(({ name, tags }) => [
      name,
      new ec2.RouteTable(name, { region: plan.region, vpcId: vpc.id, tags }, childOf(parent)),
    ]),
  );
}

function createSubnets(
  parent: pulumi.ComponentResource,
  plan: AwsNetworkPlan,
  vpc: ec2.Vpc,
  tables: ReadonlyMap<string, ec2.RouteTable>,
): ReadonlyMap<string, ec2.Subnet> {
  const { region } = plan;
  const subnets = new Map<string, ec2.Subnet>();
  for (const record of plan.subnets) {
    const part = record.ipv6Part;
    const ipv6 =
      part === undefined
        ? {}
        : {
            ipv6CidrBlock: vpc.ipv6CidrBlock.apply((block) =>
              partOf(block, subnet6Length, part, record.name),
            ),
          };
    const subnet = new ec2.Subnet(
      record.name,
      {
        region,
        vpcId: vpc.id,
        cidrBlock: record.cidrBlock,
        ...ipv6,
        availabilityZone: record.availabilityZone,
        mapPublicIpOnLaunch: false,
        assignIpv6AddressOnCreation: false,
        tags: record.tags,
      },
      childOf(parent),
    );
    new ec2.RouteTableAssociation(
      `${record.name}-routes`,
      { region, subnetId: subnet.id, routeTableId: mustGet(tables, record.routeTable).id },
      childOf(parent),
    );
    subnets.set(record.name, subnet);
  }
  return subnets;
}

function createRoutes(
  parent: pulumi.ComponentResource,
  plan: AwsNetworkPlan,
  vpc: ec2.Vpc,
  tables: ReadonlyMap<string, ec2.RouteTable>,
  subnets: ReadonlyMap<string, ec2.Subnet>,
): void {
  const targets = createTargets(parent, plan, vpc, subnets);
  for (const { name, routeTable, via, ...destination } of plan.routes) {
    const target = mustGet(targets, typeof via === "string" ? via : via.link);
    new ec2.Route(
      name,
      {
        region: plan.region,
        routeTableId: mustGet(tables, routeTable).id,
        ...destination,
        ...target,
      },
      childOf(parent),
    );
  }
}

/** The property of a route that names its target, by the plan's word for the target. */
type Target = Pick<
  ec2.RouteArgs,
  | "gatewayId"
  | "natGatewayId"
  | "egressOnlyGatewayId"
  | "vpcPeeringConnectionId"
  | "transitGatewayId"
>;

function createTargets(
  parent: pulumi.ComponentResource,
  plan: AwsNetworkPlan,
  vpc: ec2.Vpc,
  subnets: ReadonlyMap<string, ec2.Subnet>,
): ReadonlyMap<string, Target> {
  const { region, internetGateway, egressOnlyGateway, natGateway } = plan;
  const targets = new Map<string, Target>();
  const attached: pulumi.Resource[] = [];
  const inVpc = { region, vpcId: vpc.id };
  if (internetGateway !== undefined) {
    const { name, tags } = internetGateway;
    const gateway = new ec2.InternetGateway(name, { ...inVpc, tags }, childOf(parent));
    attached.push(gateway);
    targets.set("internetGateway", { gatewayId: gateway.id });
  }
  if (egressOnlyGateway !== undefined) {
    const { name, tags } = egressOnlyGateway;
    const gateway = new ec2.EgressOnlyInternetGateway(name, { ...inVpc, tags }, childOf(parent));
    targets.set("egressOnlyGateway", { egressOnlyGatewayId: gateway.id });
  }
  if (natGateway !== undefined) {
    const subnet = mustGet(subnets, natGateway.subnet);
    const gateway = createNat(parent, region, natGateway, subnet, attached);
    targets.set("natGateway", { natGatewayId: gateway.id });
  }
  for (const { name, ...peering } of plan.peerings) {
    const connection = new ec2.VpcPeeringConnection(
      name,
      { ...inVpc, ...peering },
      childOf(parent),
    );
    targets.set(name, { vpcPeeringConnectionId: connection.id });
  }
  for (const { name, transitGatewayId, subnets: names, tags } of plan.attachments) {
    const subnetIds = names.map((subnet) => mustGet(subnets, subnet).id);
    const attachment = new transit.VpcAttachment(
      name,
      { ...inVpc, transitGatewayId, subnetIds, ipv6Support: "enable", tags },
      childOf(parent),
    );
    // A route to a gateway that the VPC is not attached to is refused.
    targets.set(name, { transitGatewayId: attachment.transitGatewayId });
  }
  return targets;
}

/** AWS refuses a public address and its NAT gateway in a VPC without an internet gateway. */
function createNat(
  parent: pulumi.ComponentResource,
  region: string,
  { name, address, tags }: NonNullable<AwsNetworkPlan["natGateway"]>,
  subnet: ec2.Subnet,
  dependsOn: pulumi.Resource[],
): ec2.NatGateway {
  const eip = new ec2.Eip(address, { region, domain: "vpc", tags }, childOf(parent, { dependsOn }));
  return new ec2.NatGateway(
    name,
    { region, allocationId: eip.id, subnetId: subnet.id, connectivityType: "public", tags },
    childOf(parent, { dependsOn }),
  );
}

function bySegment(
  plan: AwsNetworkPlan,
  subnets: ReadonlyMap<string, ec2.Subnet>,
): Record<string, pulumi.Output<string>[]> {
  const ids: Record<string, pulumi.Output<string>[]> = {};
  for (const { name, segment } of plan.subnets) {
    if (segment === undefined) continue;
    ids[segment] = [...(ids[segment] ?? []), mustGet(subnets, name).id];
  }
  return ids;
}
