/**
 * Calls that making, changing and removing a resource of a network comes down to in AWS (Amazon EC2, Elastic Load Balancing and
 * Amazon VPC Lattice API references): `CREATE UPDATE DELETE`, with the service before `/` where the module is not its.
 * `-` stands for no call at all.
 */

import { within } from "./within.ts";

/** What is left to change of a thing whose other settings are fixed. */
const tagged = "CreateTags";

const endpoint = "CreateVpcEndpoint ModifyVpcEndpoint DeleteVpcEndpoints";
const endpointChange = "ModifyVpcEndpoint ModifyVpcEndpoint ModifyVpcEndpoint";
const ingress = "AuthorizeSecurityGroupIngress ModifySecurityGroupRules RevokeSecurityGroupIngress";
const egress = "AuthorizeSecurityGroupEgress ModifySecurityGroupRules RevokeSecurityGroupEgress";
const aclEntry = "CreateNetworkAclEntry ReplaceNetworkAclEntry DeleteNetworkAclEntry";
const blockAccess =
  "EnableSnapshotBlockPublicAccess EnableSnapshotBlockPublicAccess DisableSnapshotBlockPublicAccess";

const balancers: Readonly<Record<string, string>> = {
  Listener: "CreateListener ModifyListener DeleteListener",
  ListenerCertificate: "AddListenerCertificates - RemoveListenerCertificates",
  ListenerRule: "CreateRule ModifyRule DeleteRule",
  LoadBalancer: "CreateLoadBalancer ModifyLoadBalancerAttributes DeleteLoadBalancer",
  TargetGroup: "CreateTargetGroup ModifyTargetGroup DeleteTargetGroup",
  TargetGroupAttachment: "RegisterTargets - DeregisterTargets",
};

/** By module and kind. */
export const awsNetworkCalls: Readonly<Record<string, string>> = {
  ...within("lb", balancers),
  ...within("alb", balancers),
  ...within("ebs", {
    DefaultKmsKey: "ModifyEbsDefaultKmsKeyId ModifyEbsDefaultKmsKeyId ResetEbsDefaultKmsKeyId",
    EncryptionByDefault:
      "EnableEbsEncryptionByDefault DisableEbsEncryptionByDefault DisableEbsEncryptionByDefault",
    Snapshot: `CreateSnapshot ${tagged} DeleteSnapshot`,
    SnapshotBlockPublicAccess: blockAccess,
    SnapshotCopy: `CopySnapshot ${tagged} DeleteSnapshot`,
    Volume: "CreateVolume ModifyVolume DeleteVolume",
  }),
  ...within("ec2", {
    Ami: "RegisterImage ModifyImageAttribute DeregisterImage",
    AmiCopy: "CopyImage ModifyImageAttribute DeregisterImage",
    AmiFromInstance: "CreateImage ModifyImageAttribute DeregisterImage",
    AmiLaunchPermission: "ModifyImageAttribute - ModifyImageAttribute",
    CustomerGateway: `CreateCustomerGateway ${tagged} DeleteCustomerGateway`,
    DefaultNetworkAcl: "CreateNetworkAclEntry CreateNetworkAclEntry -",
    DefaultRouteTable: "CreateRoute CreateRoute -",
    DefaultSecurityGroup: "AuthorizeSecurityGroupIngress AuthorizeSecurityGroupIngress -",
    DefaultSubnet: "CreateDefaultSubnet ModifySubnetAttribute -",
    DefaultVpc: "CreateDefaultVpc ModifyVpcAttribute -",
    EgressOnlyInternetGateway: `CreateEgressOnlyInternetGateway ${tagged} DeleteEgressOnlyInternetGateway`,
    Eip: "AllocateAddress AssociateAddress ReleaseAddress",
    EipAssociation: "AssociateAddress - DisassociateAddress",
    FlowLog: `CreateFlowLogs ${tagged} DeleteFlowLogs`,
    ImageBlockPublicAccess:
      "EnableImageBlockPublicAccess EnableImageBlockPublicAccess DisableImageBlockPublicAccess",
    Instance: "RunInstances ModifyInstanceAttribute TerminateInstances",
    InstanceMetadataDefaults:
      "ModifyInstanceMetadataDefaults ModifyInstanceMetadataDefaults ModifyInstanceMetadataDefaults",
    InternetGateway: `CreateInternetGateway ${tagged} DeleteInternetGateway`,
    InternetGatewayAttachment: "AttachInternetGateway - DetachInternetGateway",
    KeyPair: `ImportKeyPair ${tagged} DeleteKeyPair`,
    LaunchConfiguration:
      "autoscaling/CreateLaunchConfiguration - autoscaling/DeleteLaunchConfiguration",
    LaunchTemplate: "CreateLaunchTemplate CreateLaunchTemplateVersion DeleteLaunchTemplate",
    MainRouteTableAssociation:
      "ReplaceRouteTableAssociation ReplaceRouteTableAssociation ReplaceRouteTableAssociation",
    ManagedPrefixList: "CreateManagedPrefixList ModifyManagedPrefixList DeleteManagedPrefixList",
    ManagedPrefixListEntry:
      "ModifyManagedPrefixList ModifyManagedPrefixList ModifyManagedPrefixList",
    NatGateway: `CreateNatGateway ${tagged} DeleteNatGateway`,
    NetworkAcl: `CreateNetworkAcl ${tagged} DeleteNetworkAcl`,
    NetworkAclAssociation: "ReplaceNetworkAclAssociation - ReplaceNetworkAclAssociation",
    NetworkAclRule: aclEntry,
    NetworkInsightsAnalysis: `StartNetworkInsightsAnalysis ${tagged} DeleteNetworkInsightsAnalysis`,
    NetworkInsightsPath: `CreateNetworkInsightsPath ${tagged} DeleteNetworkInsightsPath`,
    NetworkInterface:
      "CreateNetworkInterface ModifyNetworkInterfaceAttribute DeleteNetworkInterface",
    NetworkInterfaceAttachment: "AttachNetworkInterface - DetachNetworkInterface",
    NetworkInterfaceSecurityGroupAttachment:
      "ModifyNetworkInterfaceAttribute - ModifyNetworkInterfaceAttribute",
    PeeringConnectionOptions:
      "ModifyVpcPeeringConnectionOptions ModifyVpcPeeringConnectionOptions -",
    PlacementGroup: `CreatePlacementGroup ${tagged} DeletePlacementGroup`,
    Route: "CreateRoute ReplaceRoute DeleteRoute",
    RouteTable: "CreateRouteTable CreateRoute DeleteRouteTable",
    RouteTableAssociation:
      "AssociateRouteTable ReplaceRouteTableAssociation DisassociateRouteTable",
    SecurityGroup: `CreateSecurityGroup ${tagged} DeleteSecurityGroup`,
    SecurityGroupAssociation: "ModifyVpcEndpoint - ModifyVpcEndpoint",
    SecurityGroupRule: ingress,
    SerialConsoleAccess:
      "EnableSerialConsoleAccess DisableSerialConsoleAccess DisableSerialConsoleAccess",
    SnapshotCreateVolumePermission: "ModifySnapshotAttribute - ModifySnapshotAttribute",
    Subnet: "CreateSubnet ModifySubnetAttribute DeleteSubnet",
    VolumeAttachment: "AttachVolume - DetachVolume",
    Vpc: "CreateVpc ModifyVpcAttribute DeleteVpc",
    VpcBlockPublicAccessOptions:
      "ModifyVpcBlockPublicAccessOptions ModifyVpcBlockPublicAccessOptions ModifyVpcBlockPublicAccessOptions",
    VpcDhcpOptions: `CreateDhcpOptions ${tagged} DeleteDhcpOptions`,
    VpcDhcpOptionsAssociation: "AssociateDhcpOptions - AssociateDhcpOptions",
    VpcEndpoint: endpoint,
    VpcEndpointConnectionAccepter: "AcceptVpcEndpointConnections - RejectVpcEndpointConnections",
    VpcEndpointConnectionNotification:
      "CreateVpcEndpointConnectionNotification ModifyVpcEndpointConnectionNotification DeleteVpcEndpointConnectionNotifications",
    VpcEndpointPolicy: endpointChange,
    VpcEndpointRouteTableAssociation: endpointChange,
    VpcEndpointService:
      "CreateVpcEndpointServiceConfiguration ModifyVpcEndpointServiceConfiguration DeleteVpcEndpointServiceConfigurations",
    VpcEndpointServiceAllowedPrinciple:
      "ModifyVpcEndpointServicePermissions - ModifyVpcEndpointServicePermissions",
    VpcEndpointSubnetAssociation: endpointChange,
    VpcIpv4CidrBlockAssociation: "AssociateVpcCidrBlock - DisassociateVpcCidrBlock",
    VpcIpv6CidrBlockAssociation: "AssociateVpcCidrBlock - DisassociateVpcCidrBlock",
    VpcPeeringConnection: `CreateVpcPeeringConnection ${tagged} DeleteVpcPeeringConnection`,
    VpcPeeringConnectionAccepter: `AcceptVpcPeeringConnection ${tagged} -`,
    VpnConnection: "CreateVpnConnection ModifyVpnConnection DeleteVpnConnection",
    VpnConnectionRoute: "CreateVpnConnectionRoute - DeleteVpnConnectionRoute",
    VpnGateway: `CreateVpnGateway ${tagged} DeleteVpnGateway`,
    VpnGatewayAttachment: "AttachVpnGateway - DetachVpnGateway",
    VpnGatewayRoutePropagation: "EnableVgwRoutePropagation - DisableVgwRoutePropagation",
  }),
  ...within("ec2clientvpn", {
    AuthorizationRule: "AuthorizeClientVpnIngress - RevokeClientVpnIngress",
    Endpoint: "CreateClientVpnEndpoint ModifyClientVpnEndpoint DeleteClientVpnEndpoint",
    NetworkAssociation: "AssociateClientVpnTargetNetwork - DisassociateClientVpnTargetNetwork",
    Route: "CreateClientVpnRoute - DeleteClientVpnRoute",
  }),
  ...within("ec2transitgateway", {
    PeeringAttachment: `CreateTransitGatewayPeeringAttachment ${tagged} DeleteTransitGatewayPeeringAttachment`,
    PeeringAttachmentAccepter: `AcceptTransitGatewayPeeringAttachment ${tagged} DeleteTransitGatewayPeeringAttachment`,
    Route: "CreateTransitGatewayRoute ReplaceTransitGatewayRoute DeleteTransitGatewayRoute",
    RouteTable: `CreateTransitGatewayRouteTable ${tagged} DeleteTransitGatewayRouteTable`,
    RouteTableAssociation:
      "AssociateTransitGatewayRouteTable - DisassociateTransitGatewayRouteTable",
    RouteTablePropagation:
      "EnableTransitGatewayRouteTablePropagation - DisableTransitGatewayRouteTablePropagation",
    TransitGateway: "CreateTransitGateway ModifyTransitGateway DeleteTransitGateway",
    VpcAttachment:
      "CreateTransitGatewayVpcAttachment ModifyTransitGatewayVpcAttachment DeleteTransitGatewayVpcAttachment",
    VpcAttachmentAccepter: `AcceptTransitGatewayVpcAttachment ${tagged} DeleteTransitGatewayVpcAttachment`,
  }),
  ...within("elb", {
    LoadBalancer: "CreateLoadBalancer ModifyLoadBalancerAttributes DeleteLoadBalancer",
  }),
  ...within("verifiedaccess", {
    Endpoint:
      "CreateVerifiedAccessEndpoint ModifyVerifiedAccessEndpoint DeleteVerifiedAccessEndpoint",
    Group: "CreateVerifiedAccessGroup ModifyVerifiedAccessGroup DeleteVerifiedAccessGroup",
    Instance:
      "CreateVerifiedAccessInstance ModifyVerifiedAccessInstance DeleteVerifiedAccessInstance",
    InstanceLoggingConfiguration:
      "ModifyVerifiedAccessInstanceLoggingConfiguration ModifyVerifiedAccessInstanceLoggingConfiguration ModifyVerifiedAccessInstanceLoggingConfiguration",
    InstanceTrustProviderAttachment:
      "AttachVerifiedAccessTrustProvider - DetachVerifiedAccessTrustProvider",
    TrustProvider:
      "CreateVerifiedAccessTrustProvider ModifyVerifiedAccessTrustProvider DeleteVerifiedAccessTrustProvider",
  }),
  ...within("vpc", {
    SecurityGroupEgressRule: egress,
    SecurityGroupIngressRule: ingress,
    SecurityGroupVpcAssociation: "AssociateSecurityGroupVpc - DisassociateSecurityGroupVpc",
  }),
  ...within("vpclattice", {
    AuthPolicy: "PutAuthPolicy PutAuthPolicy DeleteAuthPolicy",
    ListenerRule: "CreateRule UpdateRule DeleteRule",
    ResourcePolicy: "PutResourcePolicy PutResourcePolicy DeleteResourcePolicy",
    ServiceNetworkServiceAssociation:
      "CreateServiceNetworkServiceAssociation TagResource DeleteServiceNetworkServiceAssociation",
    TargetGroupAttachment: "RegisterTargets - DeregisterTargets",
  }),
};
