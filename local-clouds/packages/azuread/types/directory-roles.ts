/** Directory roles, who has them, administrative units, guests (Microsoft Graph: roleManagement, administrativeUnit, invitation). */

import type { JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { InputFault, Reference, ServiceError, TypeEntry } from "../../../types/type.ts";
import { groupTokens, isUuid, oneOf, others, toObject, uuidFrom } from "./common.ts";

const tokens = {
  role: "azuread:index/directoryRole:DirectoryRole",
  custom: "azuread:index/customDirectoryRole:CustomDirectoryRole",
  unit: "azuread:index/administrativeUnit:AdministrativeUnit",
  user: "azuread:index/user:User",
};

/** Roles that every directory has, by the id of their template ("Microsoft Entra built-in roles"). */
const builtIn: Readonly<Record<string, string>> = {
  "62e90394-69f5-4237-9190-012177145e10": "Global Administrator",
  "f2ef992c-3afb-46b9-b7cf-a126ee74c451": "Global Reader",
  "e8611ab8-c189-46e8-94e1-60213ab1f814": "Privileged Role Administrator",
  "7be44c8a-adaf-4e2a-84d6-ab2649e08a13": "Privileged Authentication Administrator",
  "c4e39bd9-1100-46d3-8c65-fb160da0071f": "Authentication Administrator",
  "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3": "Application Administrator",
  "158c047a-c907-4556-b7ef-446551a6b5f7": "Cloud Application Administrator",
  "cf1c38e5-3621-4004-a7cb-879624dced7c": "Application Developer",
  "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9": "Conditional Access Administrator",
  "194ae4cb-b126-40b2-bd5b-6091b380977d": "Security Administrator",
  "5d6b6bb7-de71-4623-b4af-96380a352509": "Security Reader",
  "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f": "Security Operator",
  "fe930be7-5e62-47db-91af-98c3a49a38b1": "User Administrator",
  "fdd7a751-b60b-444a-984c-02652fe8fa1c": "Groups Administrator",
  "729827e3-9c14-49f7-bb1b-9608f156bbb8": "Helpdesk Administrator",
  "88d8e3e3-8f55-4a1e-953a-9b9898b8876b": "Directory Readers",
  "9360feb5-f418-4baa-8175-e2a00bac4301": "Directory Writers",
  "3a2c62db-5318-420d-8d74-23affee5d9d5": "Intune Administrator",
  "7495fdc4-34c4-4d15-a289-98788ce399fd": "Azure Information Protection Administrator",
  "29232cdf-9323-42fd-ade2-1d097af3e4de": "Exchange Administrator",
  "f28a1f50-f6e7-4571-818b-6a12f2af6b6c": "SharePoint Administrator",
  "69091246-20e8-4a56-aa4d-066075b2a7a8": "Teams Administrator",
};

const timeouts = { create: 300, read: 300, update: 300, delete: 300 };

/** Activating a built-in role: it is named or its template is. */
const role: TypeEntry = {
  token: tokens.role,
  forceNew: ["displayName", "templateId"],
  check: (r) =>
    (r.given("displayName") === undefined) === (r.given("templateId") === undefined)
      ? [
          {
            property: "displayName",
            reason: "exactly one of `displayName,templateId` must be specified",
          },
        ]
      : [],
  id: (r) => uuidFrom(`role ${r.tenant} ${templateOf(r) ?? ""}`),
  outputs: {
    templateId: templateOf,
    displayName: (r) => builtIn[templateOf(r) ?? ""],
    description: (r) => `Can manage what the role ${builtIn[templateOf(r) ?? ""] ?? ""} is for.`,
    objectId: (r) => r.id,
  },
  keys: ["objectId", "templateId"],
  // A role is activated once; activating it again finds the one that is there.
  sharedId: true,
  admit: (r) =>
    templateOf(r) === undefined
      ? {
          code: "Request_ResourceNotFound",
          says: `Template for directory role "${r.text("displayName", r.text("templateId", ""))}" was not found`,
        }
      : undefined,
  timeouts,
};

function templateOf(r: Resource): string | undefined {
  const given = r.given("templateId");
  if (typeof given === "string") return given in builtIn ? given : undefined;
  const name = r.text("displayName").toLowerCase();
  return Object.keys(builtIn).find((id) => builtIn[id]?.toLowerCase() === name);
}

const customRole: TypeEntry = {
  token: tokens.custom,
  check: (r) =>
    r.every("permissions[*].allowedResourceActions").length === r.list("permissions").length
      ? []
      : [{ property: "permissions", reason: "each permission needs `allowedResourceActions`" }],
  forceNew: ["templateId"],
  id: (r) => r.uuid("object"),
  outputs: { objectId: (r) => r.uuid("object"), templateId: (r) => r.uuid("object") },
  keys: ["objectId", "templateId"],
  admit: (r) => {
    const name = r.text("displayName");
    return others(r).some(({ properties }) => properties["displayName"] === name)
      ? {
          code: "Request_BadRequest",
          says: `A role definition with the display name ${name} already exists.`,
        }
      : undefined;
  },
  inUse: { code: "Request_BadRequest", says: "The role definition {id} has assignments: {value}." },
  timeouts,
};

function toRole(at: string): Reference {
  return {
    at,
    to: [tokens.custom, tokens.role],
    by: ["objectId", "templateId"],
    unless: (id) => id in builtIn,
    holds: true,
    missing: { code: "Request_BadRequest", says: "The role definition {value} was not found." },
  };
}

/** A directory's own ids look like this: `ePROZI_iKE653D_d6aoLHyr-lKgHI8ZGiIdz8CLVcng-1`. */
function opaque(r: Resource): string {
  return `${r.characters("id", 43, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")}-1`;
}

const assignment: TypeEntry = {
  token: "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment",
  forceNew: ["appScopeId", "directoryScopeId", "principalObjectId", "roleId"],
  check: (r) => uuids(r, ["principalObjectId", "roleId"]),
  id: opaque,
  outputs: {
    appScopeId: "",
    directoryScopeId: (r) => (r.given("appScopeId") === undefined ? "/" : ""),
  },
  references: [{ ...toObject("principalObjectId"), cascades: true }, toRole("roleId")],
  admit: refuseAssignment,
  timeouts,
};

function uuids(r: Resource, properties: readonly string[]): InputFault[] {
  return properties
    .filter((property) => !isUuid(r.text(property)))
    .map((property) => ({
      property,
      reason: `expected "${property}" to be a valid UUID, got ${r.text(property)}`,
    }));
}

/** One party has a role in one scope once; a group must be made for it. */
function refuseAssignment(r: Resource): ServiceError | undefined {
  const scope = r.text("directoryScopeId", "/");
  const same = others(r).some(
    ({ properties }) =>
      properties["principalObjectId"] === r.given("principalObjectId") &&
      properties["roleId"] === r.given("roleId") &&
      properties["directoryScopeId"] === scope,
  );
  if (same) {
    return {
      code: "Request_BadRequest",
      says: "A conflicting object with one or more of the specified property values is present in the directory.",
    };
  }
  const party = r.target("principalObjectId");
  return party !== undefined &&
    groupTokens.includes(party.token) &&
    party.properties["assignableToRole"] !== true
    ? {
        code: "Request_BadRequest",
        says: "The group must have isAssignableToRole set to true to be assigned to a role.",
      }
    : undefined;
}

const member: TypeEntry = {
  token: "azuread:index/directoryRoleMember:DirectoryRoleMember",
  forceNew: ["memberObjectId", "roleObjectId"],
  id: (r) => `${r.text("roleObjectId")}/member/${r.text("memberObjectId")}`,
  references: [
    {
      ...toRole("roleObjectId"),
      holds: false,
      cascades: true,
      missing: { code: "Request_ResourceNotFound", says: "Resource '{value}' does not exist." },
    },
    { ...toObject("memberObjectId"), cascades: true },
  ],
  timeouts,
};

const eligibility: TypeEntry = {
  token:
    "azuread:index/directoryRoleEligibilityScheduleRequest:DirectoryRoleEligibilityScheduleRequest",
  forceNew: ["directoryScopeId", "justification", "principalId", "roleDefinitionId"],
  check: (r) => uuids(r, ["principalId", "roleDefinitionId"]),
  id: (r) => r.uuid("request"),
  references: [{ ...toObject("principalId"), cascades: true }, toRole("roleDefinitionId")],
  admit: (r) =>
    others(r).some(({ properties }) =>
      ["principalId", "roleDefinitionId", "directoryScopeId"].every(
        (key) => properties[key] === r.given(key),
      ),
    )
      ? { code: "RoleAssignmentExists", says: "The Role assignment already exists." }
      : undefined,
  timeouts,
};

const unit: TypeEntry = {
  token: tokens.unit,
  id: (r) => `/directory/administrativeUnits/${r.uuid("object")}`,
  outputs: { objectId: (r) => r.uuid("object"), members: [], hiddenMembershipEnabled: false },
  keys: ["objectId"],
  references: [toObject("members[*]")],
  admit: (r) => {
    const name = r.text("displayName");
    return r.flag("preventDuplicateNames") &&
      others(r).some(({ properties }) => properties["displayName"] === name)
      ? {
          code: "ObjectConflict",
          says: `an existing administrative unit with name "${name}" was found and duplicates are prevented`,
        }
      : undefined;
  },
  timeouts,
};

const unitMember: TypeEntry = {
  token: "azuread:index/administrativeUnitMember:AdministrativeUnitMember",
  forceNew: ["administrativeUnitObjectId", "memberObjectId"],
  id: (r) =>
    `/directory/administrativeUnits/${r.text("administrativeUnitObjectId")}/members/${r.text("memberObjectId")}`,
  references: [
    { ...toObject("administrativeUnitObjectId", [tokens.unit]), cascades: true },
    { ...toObject("memberObjectId"), cascades: true },
  ],
  timeouts,
};

const invitation: TypeEntry = {
  token: "azuread:index/invitation:Invitation",
  defaults: { userType: "Guest" },
  forceNew: ["message", "redirectUrl", "userDisplayName", "userEmailAddress", "userType"],
  check: (r) => [
    ...oneOf(r.text("userType", "Guest"), "userType", ["Guest", "Member"]),
    ...(/^https?:\/\//.test(r.text("redirectUrl"))
      ? []
      : [
          {
            property: "redirectUrl",
            reason: `expected "redirectUrl" to have a host, got ${r.text("redirectUrl")}`,
          },
        ]),
  ],
  id: (r) => r.uuid("invitation"),
  outputs: {
    redeemUrl: (r) => `https://login.microsoftonline.com/redeem?rd=${r.uuid("redeem")}`,
    userId: (r) => r.uuid("user"),
  },
  companions: (r) => [{ token: tokens.user, id: `/users/${r.uuid("user")}`, properties: guest(r) }],
  timeouts,
};

/** Whoever is invited is in the directory at once, before the invitation is taken up. */
function guest(r: Resource): JsonObject {
  const mail = r.text("userEmailAddress");
  return {
    objectId: r.uuid("user"),
    displayName: r.text("userDisplayName", mail),
    mail,
    userPrincipalName: `${mail.replace("@", "_")}#EXT#@${r.tenant.slice(0, 8)}.onmicrosoft.com`,
    userType: r.text("userType", "Guest"),
  };
}

/** The entries of directory roles. */
export const directoryRoleTypes: readonly TypeEntry[] = [
  role,
  customRole,
  assignment,
  member,
  eligibility,
  unit,
  unitMember,
  invitation,
];
