/** Every resource type of azure-native that the local clouds know. */

import type { TypeEntry } from "../../../types/type.ts";
import { addressTypes } from "./addresses.ts";
import { alertTypes } from "./alerts.ts";
import { analyticsTypes } from "./analytics.ts";
import { apiManagementTypes } from "./api-management.ts";
import { authorizationTypes } from "./authorization.ts";
import { cdnTypes } from "./cdn.ts";
import { clusterTypes } from "./clusters.ts";
import { computeTypes } from "./compute.ts";
import { containerTypes } from "./containers.ts";
import { cosmosTypes } from "./cosmos.ts";
import { databaseTypes } from "./databases.ts";
import { diskTypes } from "./disks.ts";
import { dnsTypes } from "./dns.ts";
import { eventGridTypes } from "./eventgrid.ts";
import { eventHubTypes } from "./eventhub.ts";
import { firewallTypes } from "./firewalls.ts";
import { gatewayTypes } from "./gateways.ts";
import { identityTypes } from "./identity.ts";
import { interfaceTypes } from "./interfaces.ts";
import { keyVaultTypes } from "./keyvault.ts";
import { loadBalancerTypes } from "./load-balancers.ts";
import { logTypes } from "./logs.ts";
import { networkTypes } from "./network.ts";
import { networkManagerTypes } from "./network-manager.ts";
import { policyTypes } from "./policies.ts";
import { privateEndpointTypes } from "./private-endpoints.ts";
import { resourceTypes } from "./resources.ts";
import { routeTypes } from "./routes.ts";
import { securityTypes } from "./security.ts";
import { securityGroupTypes } from "./security-groups.ts";
import { serviceBusTypes } from "./servicebus.ts";
import { serviceTypes } from "./services.ts";
import { sqlTypes } from "./sql.ts";
import { sqlSettingTypes } from "./sql-settings.ts";
import { storageTypes } from "./storage.ts";
import { storageServiceTypes } from "./storage-services.ts";
import { subnetTypes } from "./subnets.ts";
import { webTypes } from "./web.ts";

/** The table of azure-native. */
export const azureNativeTypes: readonly TypeEntry[] = [
  ...resourceTypes,
  ...networkTypes,
  ...subnetTypes,
  ...securityGroupTypes,
  ...routeTypes,
  ...addressTypes,
  ...interfaceTypes,
  ...loadBalancerTypes,
  ...firewallTypes,
  ...gatewayTypes,
  ...privateEndpointTypes,
  ...dnsTypes,
  ...networkManagerTypes,
  ...cdnTypes,
  ...computeTypes,
  ...diskTypes,
  ...storageTypes,
  ...storageServiceTypes,
  ...keyVaultTypes,
  ...identityTypes,
  ...authorizationTypes,
  ...policyTypes,
  ...clusterTypes,
  ...containerTypes,
  ...webTypes,
  ...sqlTypes,
  ...sqlSettingTypes,
  ...databaseTypes,
  ...cosmosTypes,
  ...serviceBusTypes,
  ...eventHubTypes,
  ...eventGridTypes,
  ...logTypes,
  ...alertTypes,
  ...analyticsTypes,
  ...securityTypes,
  ...apiManagementTypes,
  ...serviceTypes,
];
