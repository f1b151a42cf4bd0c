/** Every type of azuread through its whole life, in one program. */

import { azureadTypes } from "../../../../local-clouds/packages/azuread/types/index.ts";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { openLab } from "../../kit/lab.ts";
import { Program, wholeLife } from "../../kit/whole-life.ts";

const pem = "-----BEGIN CERTIFICATE-----";
const uuid = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;

class EntraProgram extends Program {
  /** Makes a resource by its class's name; its id. */
  make(type: string, name: string, given: JsonObject): string {
    const file = `${type.charAt(0).toLowerCase()}${type.slice(1)}`;
    return this.add(`azuread:index/${file}:${type}`, name, given);
  }

  /** The object id of what was made under an id. */
  object(id: string): string {
    return String(this.outputs(id)["objectId"]);
  }
}

describe("a program with every type of azuread", () => {
  wholeLife(azureadTypes, () => {
    const p = new EntraProgram(openLab("azuread", { tenantId: uuid(9) }));
    const application = p.make("Application", "shop", { displayName: "shop" });
    makeParts(p, application);
    const principal = p.make("ServicePrincipal", "shop", {
      clientId: String(p.outputs(application)["clientId"]),
    });
    makeCredentials(p, application, principal);
    const user = p.make("User", "ada", {
      displayName: "Ada",
      userPrincipalName: "ada@example.org",
    });
    const group = p.make("Group", "admins", {
      displayName: "admins",
      securityEnabled: true,
      assignableToRole: true,
    });
    makeParties(p, { application, principal, user, group });
    makeAccess(p, group);
    return p;
  });
});

function makeParts(p: EntraProgram, application: string): void {
  const of = { applicationId: application };
  p.make("ApplicationRegistration", "plain", { displayName: "plain" });
  p.make("ApplicationAppRole", "admin", {
    ...of,
    roleId: uuid(1),
    allowedMemberTypes: ["User"],
    displayName: "Admin",
    description: "Admin",
    value: "admin",
  });
  p.make("ApplicationPermissionScope", "read", {
    ...of,
    scopeId: uuid(2),
    value: "read",
    adminConsentDescription: "read",
    adminConsentDisplayName: "read",
  });
  p.make("ApplicationRedirectUris", "web", {
    ...of,
    type: "Web",
    redirectUris: ["https://shop.example.org/callback"],
  });
  p.make("ApplicationIdentifierUri", "uri", { ...of, identifierUri: "api://shop" });
  p.make("ApplicationApiAccess", "graph", {
    ...of,
    apiClientId: "00000003-0000-0000-c000-000000000000",
    scopeIds: [uuid(3)],
  });
  p.make("ApplicationPreAuthorized", "cli", {
    ...of,
    authorizedClientId: uuid(4),
    permissionIds: [uuid(2)],
  });
  p.make("ApplicationKnownClients", "known", { ...of, knownClientIds: [uuid(4)] });
  p.make("ApplicationOptionalClaims", "claims", { ...of, idTokens: [{ name: "email" }] });
}

function makeCredentials(p: EntraProgram, application: string, principal: string): void {
  const [ofApplication, ofPrincipal] = [
    { applicationId: application },
    { servicePrincipalId: principal },
  ];
  p.make("ApplicationPassword", "one", { ...ofApplication, displayName: "one" });
  p.make("ServicePrincipalPassword", "two", ofPrincipal);
  p.make("ApplicationCertificate", "three", { ...ofApplication, value: pem });
  p.make("ServicePrincipalCertificate", "four", { ...ofPrincipal, value: pem });
  p.make("ServicePrincipalTokenSigningCertificate", "five", ofPrincipal);
  p.make("ApplicationFederatedIdentityCredential", "github", {
    ...ofApplication,
    displayName: "github",
    issuer: "https://token.actions.githubusercontent.com",
    subject: "repo:acme@1/shop@2:environment:prod",
    audiences: ["api://AzureADTokenExchange"],
  });
  p.make("ApplicationFlexibleFederatedIdentityCredential", "flexible", {
    ...ofApplication,
    displayName: "flexible",
    issuer: "https://token.actions.githubusercontent.com",
    claimsMatchingExpression: "claims['sub'] eq 'x'",
    audience: "api://AzureADTokenExchange",
  });
  p.make("ClaimsMappingPolicy", "claims", { displayName: "claims", definitions: ["{}"] });
}

function makeParties(
  p: EntraProgram,
  at: { application: string; principal: string; user: string; group: string },
): void {
  const [principal, user, group] = [p.object(at.principal), p.object(at.user), p.object(at.group)];
  p.make("GroupWithoutMembers", "open", { displayName: "open", securityEnabled: true });
  p.make("ApplicationOwner", "ada", { applicationId: at.application, ownerObjectId: user });
  p.make("GroupMember", "ada", { groupObjectId: group, memberObjectId: user });
  p.make("Invitation", "guest", {
    userEmailAddress: "guest@example.com",
    redirectUrl: "https://example.org",
  });
  p.make("AppRoleAssignment", "ada", {
    appRoleId: "00000000-0000-0000-0000-000000000000",
    principalObjectId: user,
    resourceObjectId: principal,
  });
  p.make("ServicePrincipalDelegatedPermissionGrant", "consent", {
    servicePrincipalObjectId: principal,
    resourceServicePrincipalObjectId: principal,
    claimValues: ["read"],
  });
  p.make("PrivilegedAccessGroupAssignmentSchedule", "now", {
    groupId: group,
    principalId: user,
    assignmentType: "owner",
    duration: "P30D",
  });
  p.make("PrivilegedAccessGroupEligibilitySchedule", "later", {
    groupId: group,
    principalId: user,
    assignmentType: "member",
    permanentAssignment: true,
  });
  p.make("GroupRoleManagementPolicy", "rules", { groupId: group, roleId: "member" });
  const role = p.make("DirectoryRole", "readers", { displayName: "Directory Readers" });
  p.make("DirectoryRoleMember", "ada", { roleObjectId: p.object(role), memberObjectId: user });
  const custom = p.make("CustomDirectoryRole", "keys", {
    displayName: "keys",
    enabled: true,
    version: "1.0",
    permissions: [{ allowedResourceActions: ["microsoft.directory/applications/basic/update"] }],
  });
  p.make("DirectoryRoleAssignment", "admins", {
    principalObjectId: group,
    roleId: p.object(custom),
  });
  p.make("DirectoryRoleEligibilityScheduleRequest", "ada", {
    principalId: user,
    roleDefinitionId: "62e90394-69f5-4237-9190-012177145e10",
    directoryScopeId: "/",
    justification: "on call",
  });
  const unit = p.make("AdministrativeUnit", "unit", { displayName: "unit" });
  p.make("AdministrativeUnitMember", "ada", {
    administrativeUnitObjectId: p.object(unit),
    memberObjectId: user,
  });
}

function makeAccess(p: EntraProgram, group: string): void {
  const location = p.make("NamedLocation", "office", {
    displayName: "office",
    ip: { ipRanges: ["203.0.113.0/24"] },
  });
  const strength = p.make("AuthenticationStrengthPolicy", "strong", {
    displayName: "strong",
    allowedCombinations: ["fido2"],
  });
  p.make("ConditionalAccessPolicy", "all", {
    displayName: "all",
    state: "enabled",
    conditions: {
      applications: { includedApplications: ["All"] },
      clientAppTypes: ["all"],
      users: { includedUsers: ["All"], excludedGroups: [p.object(group)] },
      locations: { includedLocations: ["All"], excludedLocations: [location] },
    },
    grantControls: { operator: "OR", authenticationStrengthPolicyId: strength },
  });
}
