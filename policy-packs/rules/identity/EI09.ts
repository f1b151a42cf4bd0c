/** Microsoft Graph permissions reference: application permissions by which an app makes itself anything. */
import { alone } from "../shared/alone.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

/** App role ids of Microsoft Graph. */
const high: Readonly<Record<string, string>> = {
  "01c0a623-fc9b-48e9-b794-0756f8e8f067": "Policy.ReadWrite.ConditionalAccess",
  "06b708a9-e830-4db3-a914-8e69da51d44f": "AppRoleAssignment.ReadWrite.All",
  "19dbc75e-c2e2-444c-a770-ec69d8559fc7": "Directory.ReadWrite.All",
  "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9": "Application.ReadWrite.All",
  "2f6817f8-7b12-4f0f-bc18-eeaf60705a9e": "PrivilegedAccess.ReadWrite.AzureADGroup",
  "7e05723c-0bb0-42da-be95-ae9f08a6e53c": "Domain.ReadWrite.All",
  "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8": "RoleManagement.ReadWrite.Directory",
  "dd199f4a-f148-40a4-a2ec-f0069cc799ec": "RoleAssignmentSchedule.ReadWrite.Directory",
  "fee28b28-e1f3-4841-818e-2704dc62245f": "RoleEligibilitySchedule.ReadWrite.Directory",
};
const userRead = "df021288-bdef-4463-88db-98f22de89214";

function role(path: Demand["path"]): Demand {
  return {
    path,
    holds: (id) => high[(id ?? "").toLowerCase()] === undefined,
    witness: "a new secret of a stronger application, made by Microsoft Graph",
    good: userRead,
    bad: "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8",
  };
}

export const EI09 = demandRule({
  id: "EI09",
  sentence: "No application has a right in Microsoft Graph by which it makes itself administrator.",
  why: "Whoever gets hold of the application owns the directory, and by it every subscription.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-6(5)"],
  fix: "Ask for a smaller permission: Application.ReadWrite.OwnedBy, Group.ReadWrite.All of one unit, User.Read.All.",
  demands: {
    "azuread:index/appRoleAssignment:AppRoleAssignment": [role(["appRoleId"])],
    "azuread:index/application:Application": [
      role(["requiredResourceAccesses", "*", "resourceAccesses", "*", "id"]),
    ],
    "azuread:index/applicationApiAccess:ApplicationApiAccess": [role(["roleIds", "*"])],
  },
  more: Object.entries(high).map(([appRoleId, name]) => ({
    kind: "violating",
    says: name,
    expect: "fail",
    resources: alone("azuread:index/appRoleAssignment:AppRoleAssignment", { appRoleId }),
    path: "appRoleId",
  })),
});
