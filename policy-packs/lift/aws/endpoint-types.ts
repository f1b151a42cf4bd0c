/** The table of all types that stand in a VPC. */
import { machines } from "./endpoint-machines.ts";
import { stores } from "./endpoint-stores.ts";
import type { EndpointType } from "./endpoint-type.ts";
import { inVpc } from "./endpoint-type.ts";

const nowhere = "nowhere";

/** Functions and builds that call into a VPC. */
const callers: readonly EndpointType[] = [
  inVpc("aws:lambda/function:Function", "vpcConfig.securityGroupIds[]", "vpcConfig.subnetIds[]"),
  inVpc("aws:apprunner/vpcConnector:VpcConnector", "securityGroups[]", "subnets[]"),
  inVpc("aws:apigatewayv2/vpcLink:VpcLink", "securityGroupIds[]", "subnetIds[]"),
  inVpc("aws:codebuild/project:Project", "vpcConfig.securityGroupIds[]", "vpcConfig.subnets[]"),
  inVpc("aws:synthetics/canary:Canary", "vpcConfig.securityGroupIds[]", "vpcConfig.subnetIds[]"),
  inVpc(
    "aws:glue/connection:Connection",
    "physicalConnectionRequirements.securityGroupIdLists[]",
    "physicalConnectionRequirements.subnetId",
  ),
  inVpc(
    "aws:mwaa/environment:Environment",
    "networkConfiguration.securityGroupIds[]",
    "networkConfiguration.subnetIds[]",
  ),
  inVpc("aws:sagemaker/notebookInstance:NotebookInstance", "securityGroups[]", "subnetId"),
  inVpc("aws:sagemaker/model:Model", "vpcConfig.securityGroupIds[]", "vpcConfig.subnets[]"),
  inVpc("aws:sagemaker/domain:Domain", "defaultUserSettings.securityGroups[]", "subnetIds[]"),
];

/** Entrances: balancers, interface endpoints, resolvers. */
const entrances: readonly EndpointType[] = [
  ...(["application", "network"] as const).map(
    (kind): EndpointType => ({
      type: "aws:lb/loadBalancer:LoadBalancer",
      groups: ["securityGroups[]"],
      subnets: ["subnets[]", "subnetMappings[].subnetId"],
      public: { flags: ["internal"], absent: true, negated: true },
      without: nowhere,
      only: [`loadBalancerType=${kind}${kind === "application" ? "?" : ""}`],
      // Without a group, a network balancer lets everything pass to its targets.
      ...(kind === "network" ? { ungrouped: "unfiltered" } : {}),
    }),
  ),
  inVpc("aws:elb/loadBalancer:LoadBalancer", "securityGroups[]", "subnets[]", {
    public: { flags: ["internal"], absent: true, negated: true },
  }),
  inVpc("aws:ec2/vpcEndpoint:VpcEndpoint", "securityGroupIds[]", "subnetIds[]", {
    only: ["vpcEndpointType=Interface"],
  }),
  inVpc(
    "aws:route53/resolverEndpoint:ResolverEndpoint",
    "securityGroupIds[]",
    "ipAddresses[].subnetId",
    { addresses: ["ipAddresses[].ip"] },
  ),
  inVpc(
    "aws:transfer/server:Server",
    "endpointDetails.securityGroupIds[]",
    "endpointDetails.subnetIds[]",
  ),
];

/** Every type that is read. */
export const endpointTypes: readonly EndpointType[] = [
  ...machines,
  ...callers,
  ...entrances,
  ...stores,
];
