/** Every resource type of azure-native that the local clouds know. */

import type { TypeEntry } from "../../../types/type.ts";
import { clusterTypes } from "./clusters.ts";
import { identityTypes } from "./identity.ts";
import { keyVaultTypes } from "./keyvault.ts";
import { monitorTypes } from "./monitor.ts";
import { networkTypes } from "./network.ts";
import { resourceTypes } from "./resources.ts";
import { securityGroupTypes } from "./security-groups.ts";
import { storageTypes } from "./storage.ts";

/** The table of azure-native. */
export const azureNativeTypes: readonly TypeEntry[] = [
  ...resourceTypes,
  ...networkTypes,
  ...securityGroupTypes,
  ...identityTypes,
  ...storageTypes,
  ...keyVaultTypes,
  ...monitorTypes,
  ...clusterTypes,
];
