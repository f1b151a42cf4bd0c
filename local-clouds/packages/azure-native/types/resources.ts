/** Resource groups (Resource Management REST API). */

import type { TypeEntry } from "../../../types/type.ts";
import { groupId } from "./common.ts";

const resourceGroup: TypeEntry = {
  token: "azure-native:resources:ResourceGroup",
  autoname: { property: "resourceGroupName", charactersMax: 90 },
  defaults: { location: (r) => r.region },
  forceNew: ["resourceGroupName", "location"],
  hidden: ["resourceGroupName"],
  id: (r) => groupId(r, r.text("resourceGroupName")),
  planned: { name: (r) => r.text("resourceGroupName"), type: "Microsoft.Resources/resourceGroups" },
  outputs: { azureApiVersion: "2024-03-01", properties: { provisioningState: "Succeeded" } },
};

/** The entries of resource groups. */
export const resourceTypes: readonly TypeEntry[] = [resourceGroup];
