/** Resource groups (Resource Management REST API). */

import type { TypeEntry } from "../../../types/type.ts";
import { groupId, groupToken, unknownLocation } from "./arm.ts";
import { invalid } from "./common.ts";
import { nameFaults } from "./names.ts";
import { isRegion, regionName } from "./regions.ts";

const name = { input: "resourceGroupName", charactersMax: 90, form: /^[-\w._()]+$/ } as const;

const resourceGroup: TypeEntry = {
  token: groupToken,
  autoname: { property: "resourceGroupName" },
  defaults: { location: (r) => r.before?.["location"] ?? (r.region === "" ? undefined : r.region) },
  forceNew: ["resourceGroupName", "location"],
  hidden: ["resourceGroupName"],
  check: (r) => nameFaults(name, r),
  id: (r) => groupId(r.account, r.text("resourceGroupName")),
  planned: { name: (r) => r.text("resourceGroupName"), type: "Microsoft.Resources/resourceGroups" },
  outputs: { azureApiVersion: "2024-03-01", properties: { provisioningState: "Succeeded" } },
  normalised: { location: (_r, given) => regionName(String(given)) },
  admit: (r) => {
    const location = r.given("location");
    if (typeof location !== "string") {
      return invalid("LocationRequired", "The location property is required for this definition.");
    }
    return isRegion(location)
      ? undefined
      : unknownLocation("Microsoft.Resources/resourceGroups", location);
  },
  inUse: {
    code: "ResourceGroupDeletionBlocked",
    says: "Deletion of resource group '{leaf}' failed as resources with identifiers '{value}' could not be deleted or need one of its resources.",
  },
};

/** The entries of resource groups. */
export const resourceTypes: readonly TypeEntry[] = [resourceGroup];
