/** All AWS resource types of the local clouds. */

import type { TypeEntry } from "../../../types/type.ts";
import { eksTypes } from "./eks.ts";
import { eksAccessTypes } from "./eks-access.ts";
import { eksAddonTypes } from "./eks-addons.ts";
import { eksNodeTypes } from "./eks-nodes.ts";
import { endpointTypes } from "./endpoints.ts";
import { flowLogTypes } from "./flow-logs.ts";
import { gatewayTypes } from "./gateways.ts";
import { iamTypes } from "./iam.ts";
import { iamPolicyTypes } from "./iam-policies.ts";
import { identityCenterTypes } from "./identity-center.ts";
import { instanceTypes } from "./instances.ts";
import { kmsTypes } from "./kms.ts";
import { networkAclTypes } from "./network-acls.ts";
import { peeringTypes } from "./peerings.ts";
import { routeAssociationTypes } from "./route-associations.ts";
import { routeTypes } from "./routes.ts";
import { s3Types } from "./s3.ts";
import { s3PolicyTypes } from "./s3-policies.ts";
import { s3SettingTypes } from "./s3-settings.ts";
import { securityGroupTypes } from "./security-groups.ts";
import { trailTypes } from "./trails.ts";
import { vpcTypes } from "./vpc.ts";

/** Every AWS entry; a new file of entries is added here. */
export const awsTypes: readonly TypeEntry[] = [
  ...vpcTypes,
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
];
