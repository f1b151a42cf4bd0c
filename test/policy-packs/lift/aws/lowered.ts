/** What the components would plan for an AWS place, straight from their lowering. */
import type { AwsNetworkPlan } from "../../../../components/network/aws/lower.ts";
import { lowerAwsNetwork } from "../../../../components/network/aws/lower.ts";
import { lowerAwsSegmentation } from "../../../../components/segmentation/aws/lower.ts";
import type { NetworkIntent, PlaceIntent } from "../../../../model/network/intent.ts";
import type { LinkIntent } from "../../../../model/network/link.ts";
import type { Written } from "./program.ts";
import { later, ref } from "./program.ts";
import { resource } from "./resources.ts";

/** The resources of the place's network and segmentation; the VPC's IPv6 block is not known. */
export function loweredProgram(
  intent: NetworkIntent,
  place: PlaceIntent,
  links: readonly LinkIntent[] = [],
): Written[] {
  const network = lowerAwsNetwork("network", intent, place, links);
  return [...networkProgram(network), ...segmentationProgram(intent, place, network)];
}

function networkProgram(plan: AwsNetworkPlan): Written[] {
  const vpcId = ref(plan.vpc.name);
  const { defaultSecurityGroup: adopted } = plan;
  return [
    resource("ec2/vpc:Vpc", plan.vpc.name, {
      cidrBlock: plan.vpc.cidrBlock,
      assignGeneratedIpv6CidrBlock: true,
      enableDnsSupport: true,
      tags: plan.vpc.tags,
    }),
    resource("ec2/defaultSecurityGroup:DefaultSecurityGroup", adopted.name, {
      vpcId,
      ingress: [],
      egress: [],
      tags: adopted.tags,
    }),
    ...plan.routeTables.map(({ name, tags }) =>
      resource("ec2/routeTable:RouteTable", name, { vpcId, tags }),
    ),
    ...plan.subnets.flatMap(({ name, cidrBlock, ipv6Part, availabilityZone, routeTable, tags }) => [
      resource("ec2/subnet:Subnet", name, {
        vpcId,
        cidrBlock,
        ...(ipv6Part === undefined ? {} : { ipv6CidrBlock: later }),
        availabilityZone,
        mapPublicIpOnLaunch: false,
        assignIpv6AddressOnCreation: false,
        tags,
      }),
      resource("ec2/routeTableAssociation:RouteTableAssociation", `${name}-routes`, {
        subnetId: ref(name),
        routeTableId: ref(routeTable),
      }),
    ]),
    ...gatewayProgram(plan),
    ...plan.peerings.map(({ name, ...peering }) =>
      resource("ec2/vpcPeeringConnection:VpcPeeringConnection", name, { vpcId, ...peering }),
    ),
    ...plan.attachments.map(({ name, transitGatewayId, subnets, tags }) =>
      resource("ec2transitgateway/vpcAttachment:VpcAttachment", name, {
        vpcId,
        transitGatewayId,
        subnetIds: subnets.map((subnet) => ref(subnet)),
        ipv6Support: "enable",
        tags,
      }),
    ),
    ...plan.routes.map(({ name, routeTable, via, ...destination }) =>
      resource("ec2/route:Route", name, {
        routeTableId: ref(routeTable),
        ...destination,
        ...targetOf(plan, via),
      }),
    ),
  ];
}

function gatewayProgram(plan: AwsNetworkPlan): Written[] {
  const vpcId = ref(plan.vpc.name);
  const { internetGateway, egressOnlyGateway, natGateway } = plan;
  return [
    ...(internetGateway === undefined
      ? []
      : [resource("ec2/internetGateway:InternetGateway", internetGateway.name, { vpcId })]),
    ...(egressOnlyGateway === undefined
      ? []
      : [
          resource(
            "ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
            egressOnlyGateway.name,
            { vpcId },
          ),
        ]),
    ...(natGateway === undefined
      ? []
      : [
          resource("ec2/eip:Eip", natGateway.address, { domain: "vpc" }),
          resource("ec2/natGateway:NatGateway", natGateway.name, {
            allocationId: ref(natGateway.address),
            subnetId: ref(natGateway.subnet),
            connectivityType: "public",
          }),
        ]),
  ];
}

function targetOf(plan: AwsNetworkPlan, via: AwsNetworkPlan["routes"][number]["via"]) {
  const named = (record: { readonly name: string } | undefined) => ref(record?.name ?? "");
  if (typeof via !== "string") {
    const isPeering = plan.peerings.some(({ name }) => name === via.link);
    return isPeering
      ? { vpcPeeringConnectionId: ref(via.link) }
      : { transitGatewayId: ref(via.link, "transitGatewayId") };
  }
  switch (via) {
    case "internetGateway":
      return { gatewayId: named(plan.internetGateway) };
    case "natGateway":
      return { natGatewayId: named(plan.natGateway) };
    case "egressOnlyGateway":
      return { egressOnlyGatewayId: named(plan.egressOnlyGateway) };
  }
}

function segmentationProgram(
  intent: NetworkIntent,
  place: PlaceIntent,
  { vpc, subnets }: AwsNetworkPlan,
): Written[] {
  const plan = lowerAwsSegmentation("segmentation", intent, place);
  const vpcId = ref(vpc.name);
  const groupOf = (segment: string) =>
    ref(plan.groups.find((group) => group.segment === segment)?.name ?? "");
  const kinds = { ingress: "Ingress", egress: "Egress" } as const;
  return [
    ...plan.groups.map(({ name, description, tags }) =>
      resource("ec2/securityGroup:SecurityGroup", name, { vpcId, description, tags }),
    ),
    ...plan.prefixLists.map(({ name, family, cidrs, tags }) =>
      resource("ec2/managedPrefixList:ManagedPrefixList", name, {
        addressFamily: `IPv${family}`,
        maxEntries: cidrs.length,
        entries: cidrs.map((cidr) => ({ cidr })),
        tags,
      }),
    ),
    ...plan.rules.map(({ name, direction, segment, peerSegment, prefixList, ...rule }) => {
      const kind = kinds[direction];
      return resource(`vpc/securityGroup${kind}Rule:SecurityGroup${kind}Rule`, name, {
        securityGroupId: groupOf(segment),
        ...rule,
        ...(peerSegment === undefined ? {} : { referencedSecurityGroupId: groupOf(peerSegment) }),
        ...(prefixList === undefined ? {} : { prefixListId: ref(prefixList) }),
      });
    }),
    ...plan.acls.flatMap(({ name, segment, tags, entries }) => [
      resource("ec2/networkAcl:NetworkAcl", name, { vpcId, tags }),
      ...entries.map(({ name: entry, direction, ...rule }) =>
        resource("ec2/networkAclRule:NetworkAclRule", entry, {
          networkAclId: ref(name),
          egress: direction === "egress",
          ruleAction: "allow",
          ...rule,
        }),
      ),
      ...subnets
        .filter((subnet) => subnet.segment === segment)
        .map((subnet, zone) =>
          resource("ec2/networkAclAssociation:NetworkAclAssociation", `${name}-${zone}`, {
            networkAclId: ref(name),
            subnetId: ref(subnet.name),
          }),
        ),
    ]),
  ];
}
