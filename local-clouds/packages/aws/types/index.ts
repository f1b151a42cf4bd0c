/** All AWS resource types of the local clouds. */

import type { TypeEntry } from "../../../types/type.ts";
import { containerTypes } from "./containers/index.ts";
import { dataTypes } from "./data/index.ts";
import { defaultNetworkTypes } from "./default-network.ts";
import { ec2Types } from "./ec2/index.ts";
import { eksTypes } from "./eks.ts";
import { eksAccessTypes } from "./eks-access.ts";
import { eksAddonTypes } from "./eks-addons.ts";
import { eksNodeTypes } from "./eks-nodes.ts";
import { endpointTypes } from "./endpoints.ts";
import { flowLogTypes } from "./flow-logs.ts";
import { gatewayTypes } from "./gateways.ts";
import { iamTypes } from "./iam.ts";
import { iamPolicyTypes } from "./iam-policies.ts";
import { identityTypes } from "./identity/index.ts";
import { identityCenterTypes } from "./identity-center.ts";
import { instanceTypes } from "./instances.ts";
import { kmsTypes } from "./kms.ts";
import { networkTypes } from "./network/index.ts";
import { networkAclTypes } from "./network-acls.ts";
import { peeringTypes } from "./peerings.ts";
import { routeAssociationTypes } from "./route-associations.ts";
import { routeTypes } from "./routes.ts";
import { s3Types } from "./s3.ts";
import { s3PolicyTypes } from "./s3-policies.ts";
import { s3SettingTypes } from "./s3-settings.ts";
import { securityTypes } from "./security/index.ts";
import { securityGroupTypes } from "./security-groups.ts";
import { serverlessTypes } from "./serverless/index.ts";
import { trailTypes } from "./trails.ts";
import { unreadOf } from "./unread.ts";
import { withUsualRules } from "./usual-rules.ts";
import { vpcTypes } from "./vpc.ts";
import { webTypes } from "./web/index.ts";

const entries: readonly TypeEntry[] = [
  ...vpcTypes,
  ...defaultNetworkTypes,
  ...gatewayTypes,
  ...routeTypes,
  ...routeAssociationTypes,
  ...securityGroupTypes,
  ...peeringTypes,
  ...endpointTypes,
  ...networkAclTypes,
  ...instanceTypes,
  ...flowLogTypes,
  ...eksTypes,
  ...eksNodeTypes,
  ...eksAddonTypes,
  ...eksAccessTypes,
  ...iamTypes,
  ...iamPolicyTypes,
  ...kmsTypes,
  ...s3Types,
  ...s3SettingTypes,
  ...s3PolicyTypes,
  ...trailTypes,
  ...identityCenterTypes,
  ...ec2Types,
  ...networkTypes,
  ...serverlessTypes,
  ...containerTypes,
  ...dataTypes,
  ...webTypes,
  ...securityTypes,
  ...identityTypes,
];

/**
 * Types that the Terraform provider writes with the plugin framework (`hashicorp/terraform-provider-aws`:
 * the packages' `service_package_gen.go`, FrameworkResources).
 */
const frameworkTypes: ReadonlySet<string> = new Set([
  "aws:cognito/userPoolClient:UserPoolClient",
  "aws:dynamodb/resourcePolicy:ResourcePolicy",
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
  "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
  "aws:eks/podIdentityAssociation:PodIdentityAssociation",
  "aws:elasticache/serverlessCache:ServerlessCache",
  "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive",
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
  "aws:iam/organizationsFeatures:OrganizationsFeatures",
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
  "aws:iam/userPoliciesExclusive:UserPoliciesExclusive",
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:verifiedpermissions/policy:Policy",
  "aws:verifiedpermissions/policyStore:PolicyStore",
  "aws:verifiedpermissions/schema:Schema",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:vpc/securityGroupVpcAssociation:SecurityGroupVpcAssociation",
]);

/** Every AWS entry; a new file of entries is added above. The provider gives tags back wherever a type takes them. */
export const awsTypes: readonly TypeEntry[] = entries.map(withUsualRules).map((entry) => ({
  ...entry,
  unread: unreadOf(entry.token),
  ...(entry.planned !== undefined && "tagsAll" in entry.planned
    ? { outputs: { tags: {}, ...entry.outputs } }
    : {}),
  ...(frameworkTypes.has(entry.token) ? { framework: true } : {}),
}));
