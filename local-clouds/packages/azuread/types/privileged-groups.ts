/** Consent, claims and privileged access to groups (Microsoft Graph: oauth2PermissionGrant, claimsMappingPolicy, privilegedAccessGroup). */

import type { Resource } from "../../../types/resource.ts";
import type { InputFault, TypeEntry } from "../../../types/type.ts";
import { groupTokens, oneOf, others, toObject } from "./common.ts";

const tokens = {
  principal: "azuread:index/servicePrincipal:ServicePrincipal",
  user: "azuread:index/user:User",
};

const timeouts = { create: 300, read: 300, update: 300, delete: 300 };

const grant: TypeEntry = {
  token:
    "azuread:index/servicePrincipalDelegatedPermissionGrant:ServicePrincipalDelegatedPermissionGrant",
  forceNew: ["resourceServicePrincipalObjectId", "servicePrincipalObjectId", "userObjectId"],
  id: (r) => `/oauth2PermissionGrants/${r.characters("id", 43)}`,
  references: [
    { ...toObject("servicePrincipalObjectId", [tokens.principal]), cascades: true },
    { ...toObject("resourceServicePrincipalObjectId", [tokens.principal]), cascades: true },
    { ...toObject("userObjectId", [tokens.user]), cascades: true },
  ],
  admit: (r) =>
    others(r).some(({ properties }) =>
      ["resourceServicePrincipalObjectId", "servicePrincipalObjectId", "userObjectId"].every(
        (key) => properties[key] === r.given(key),
      ),
    )
      ? { code: "Request_BadRequest", says: "Permission entry already exists." }
      : undefined,
  timeouts,
};

const claims: TypeEntry = {
  token: "azuread:index/claimsMappingPolicy:ClaimsMappingPolicy",
  id: (r) => `/policies/claimsMappingPolicies/${r.uuid("object")}`,
  admit: (r) =>
    r.list("definitions").every((text) => isJson(String(text)))
      ? undefined
      : { code: "Request_BadRequest", says: "Property definition has an invalid value." },
  timeouts,
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A party may be in a privileged group for a time, or may step into it. */
function schedule(name: string): TypeEntry {
  return {
    token: `azuread:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`,
    forceNew: ["assignmentType", "groupId", "principalId"],
    check: (r) => [
      ...oneOf(r.text("assignmentType"), "assignmentType", ["member", "owner"]),
      ...endFaults(r),
    ],
    id: (r) => `${r.text("groupId")}_${r.text("assignmentType")}_${r.uuid("schedule")}`,
    outputs: {
      status: "Provisioned",
      permanentAssignment: false,
      startDate: (r) => r.createdAt.replace(/\.\d+Z$/, "Z"),
      expirationDate: "",
    },
    references: [
      { ...toObject("groupId", groupTokens), cascades: true },
      { ...toObject("principalId", [tokens.user, ...groupTokens]), cascades: true },
    ],
    timeouts,
  };
}

function endFaults(r: Resource): InputFault[] {
  const ends = ["duration", "expirationDate", "permanentAssignment"].filter(
    (property) => r.given(property) !== undefined,
  );
  return ends.length === 1
    ? []
    : [
        {
          property: "duration",
          reason: "exactly one of `duration,expirationDate,permanentAssignment` must be specified",
        },
      ];
}

const groupPolicy: TypeEntry = {
  token: "azuread:index/groupRoleManagementPolicy:GroupRoleManagementPolicy",
  forceNew: ["groupId", "roleId"],
  check: (r) => oneOf(r.text("roleId"), "roleId", ["member", "owner"]),
  id: (r) => `Group_${r.text("groupId")}_${r.uuid("policy")}`,
  outputs: {
    description: (r) => r.text("groupId"),
    displayName: (r) => r.text("groupId"),
    activationRules: {},
    activeAssignmentRules: {},
    eligibleAssignmentRules: {},
    notificationRules: {},
  },
  references: [{ ...toObject("groupId", groupTokens), cascades: true }],
  timeouts,
};

/** The entries of consent and privileged groups. */
export const privilegedGroupTypes: readonly TypeEntry[] = [
  grant,
  claims,
  schedule("PrivilegedAccessGroupAssignmentSchedule"),
  schedule("PrivilegedAccessGroupEligibilitySchedule"),
  groupPolicy,
];
