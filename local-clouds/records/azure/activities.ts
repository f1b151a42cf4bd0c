/**
 * Names of activities in the audit log (Microsoft Entra, "Microsoft Entra audit log categories and activities"), with the category and
 * the kind of operation and of target that stand beside them.
 */

/** An activity. */
export interface Activity {
  readonly name: string;
  readonly category: string;
  /** `Add`, `Update`, `Delete`, `Assign`, `Unassign`. */
  readonly operationType: string;
  /** Type of `targetResources`. */
  readonly target: string;
}

const users = "UserManagement";
const groups = "GroupManagement";
const applications = "ApplicationManagement";
const roles = "RoleManagement";
const policies = "Policy";
const units = "AdministrativeUnit";

const activity =
  (category: string, target: string) =>
  (name: string, operationType: string): Activity => ({ name, category, operationType, target });

const user = activity(users, "User");
const group = activity(groups, "Group");
const application = activity(applications, "Application");
const principal = activity(applications, "ServicePrincipal");
const role = activity(roles, "Role");
const policy = activity(policies, "Policy");
const unit = activity(units, "AdministrativeUnit");

/** Added, updated and deleted under the usual names. */
function usual(make: ReturnType<typeof activity>, noun: string, remove = "Delete") {
  return [
    make(`Add ${noun}`, "Add"),
    make(`Update ${noun}`, "Update"),
    make(`${remove} ${noun}`, "Delete"),
  ] as const;
}

const secrets = application("Update application – Certificates and secrets management", "Update");
const updated = application("Update application", "Update");
const credentials = [
  principal("Add service principal credentials", "Update"),
  principal("Update service principal", "Update"),
  principal("Remove service principal credentials", "Update"),
] as const;

/** What the engine does to a type: created, updated, deleted. */
const ofTypes: Readonly<Record<string, readonly [Activity, Activity, Activity]>> = {
  User: usual(user, "user"),
  Invitation: [
    user("Invite external user", "Add"),
    user("Update user", "Update"),
    user("Delete user", "Delete"),
  ],
  Group: usual(group, "group"),
  GroupWithoutMembers: usual(group, "group"),
  GroupMember: [
    group("Add member to group", "Assign"),
    group("Update group", "Update"),
    group("Remove member from group", "Unassign"),
  ],
  Application: usual(application, "application"),
  ApplicationRegistration: usual(application, "application"),
  ApplicationOwner: [
    application("Add owner to application", "Assign"),
    updated,
    application("Remove owner from application", "Unassign"),
  ],
  ApplicationPassword: [secrets, secrets, secrets],
  ApplicationCertificate: [secrets, secrets, secrets],
  ServicePrincipal: usual(principal, "service principal", "Remove"),
  ServicePrincipalPassword: credentials,
  ServicePrincipalCertificate: credentials,
  ServicePrincipalTokenSigningCertificate: credentials,
  AppRoleAssignment: [
    principal("Add app role assignment to service principal", "Assign"),
    principal("Update service principal", "Update"),
    principal("Remove app role assignment from service principal", "Unassign"),
  ],
  ServicePrincipalDelegatedPermissionGrant: [
    principal("Add delegated permission grant", "Assign"),
    principal("Update delegated permission grant", "Update"),
    principal("Remove delegated permission grant", "Unassign"),
  ],
  DirectoryRoleAssignment: membership(),
  DirectoryRoleMember: membership(),
  DirectoryRole: [
    role("Add role from template", "Add"),
    role("Update role", "Update"),
    role("Delete role definition", "Delete"),
  ],
  CustomDirectoryRole: [
    role("Add role definition", "Add"),
    role("Update role definition", "Update"),
    role("Delete role definition", "Delete"),
  ],
  DirectoryRoleEligibilityScheduleRequest: [
    role("Add eligible member to role", "Assign"),
    role("Update eligible member in role", "Update"),
    role("Remove eligible member from role", "Unassign"),
  ],
  AdministrativeUnit: usual(unit, "administrative unit"),
  AdministrativeUnitMember: [
    unit("Add member to administrative unit", "Assign"),
    unit("Update administrative unit", "Update"),
    unit("Remove member from administrative unit", "Unassign"),
  ],
  ConditionalAccessPolicy: usual(policy, "conditional access policy"),
  NamedLocation: usual(policy, "named location"),
  ClaimsMappingPolicy: usual(policy, "policy"),
  AuthenticationStrengthPolicy: usual(policy, "policy"),
};

function membership(): readonly [Activity, Activity, Activity] {
  return [
    role("Add member to role", "Assign"),
    role("Update role", "Update"),
    role("Remove member from role", "Unassign"),
  ];
}

/** Actions that somebody takes. */
const ofActions: Readonly<Record<string, Activity>> = {
  "microsoft.directory/users/disable": user("Disable account", "Update"),
  "microsoft.directory/users/enable": user("Enable account", "Update"),
  "microsoft.directory/users/invalidateAllRefreshTokens": user(
    "Update StsRefreshTokenValidFrom Timestamp",
    "Update",
  ),
  "microsoft.directory/users/password/update": user("Reset user password", "Update"),
  "microsoft.directory/applications/credentials/update": secrets,
  "microsoft.directory/servicePrincipals/credentials/update": credentials[0],
  "microsoft.directory/groups/members/update": group("Add member to group", "Assign"),
};

const places = { create: 0, update: 1, delete: 2 } as const;

/** The activity of an action: one that somebody takes, or `microsoft.directory/TYPE/create|update|delete` of the engine. */
export function activityOf(action: string): Activity {
  const known = ofActions[action];
  if (known !== undefined) return known;
  const [, type = "", verb = ""] = action.split("/");
  const noun = type.replace(/s$/, "");
  const kind = noun.charAt(0).toUpperCase() + noun.slice(1);
  if (verb !== "create" && verb !== "update" && verb !== "delete")
    return {
      name: "Update policy",
      category: "DirectoryManagement",
      operationType: "Update",
      target: kind,
    };
  // Parts of an application have no activity of their own.
  const row = ofTypes[kind] ?? [updated, updated, updated];
  return row[places[verb]];
}
