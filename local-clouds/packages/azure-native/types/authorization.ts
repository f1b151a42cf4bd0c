/** Roles and who has them (Authorization REST API). */

import type { JsonObject } from "../../../protocol/value.ts";
import type { Neighbour, Resource } from "../../../types/resource.ts";
import type { Computed, Reference, ServiceError } from "../../../types/type.ts";
import { type ArmEntry, type ArmShape, armArea } from "./arm.ts";
import { invalid, nameOf, refuseChange, systemData } from "./common.ts";
import { refuseLost } from "./existence.ts";
import type { NameRule } from "./names.ts";
import { userAssignedToken } from "./resource-identity.ts";

const provider = "Microsoft.Authorization";
const roles = armArea({ module: "authorization", provider, apiVersion: "2022-04-01" });
const definitions = armArea({
  module: "authorization",
  provider,
  apiVersion: "2022-05-01-preview",
});
const schedules = armArea({ module: "authorization", provider });
const management = armArea({ module: "authorization", provider, apiVersion: "2024-09-01-preview" });

const assignmentToken = "azure-native:authorization:RoleAssignment";
const definitionToken = "azure-native:authorization:RoleDefinition";

/** Custom roles of a tenant, and assignments of a subscription ("Azure RBAC limits"). */
const limits = { rolesPerTenantMax: 5000, assignmentsPerSubscriptionMax: 4000 };

function guidName(input: string, what: string): NameRule {
  return {
    input,
    chosen: "uuid",
    form: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    refusal: {
      code: `Invalid${what}Id`,
      says: `The ${what.replace("Role", "role ").toLowerCase()} ID '{value}' is not valid. It must be a GUID.`,
    },
  };
}

const authored: Readonly<Record<string, Computed>> = {
  createdOn: (r) => r.createdAt,
  updatedOn: (r) => r.createdAt,
  createdBy: (r) => r.uuid("author"),
  updatedBy: (r) => r.uuid("author"),
};

/** Anything in the directory that may hold a role. */
const toPrincipal: Reference = {
  at: "principalId",
  to: [
    userAssignedToken,
    "azuread:index/user:User",
    "azuread:index/group:Group",
    "azuread:index/servicePrincipal:ServicePrincipal",
  ],
  by: ["principalId", "objectId"],
  within: "world",
  // A directory holds more than this world knows; only what is known is judged.
  unless: () => true,
  missing: {
    code: "PrincipalNotFound",
    says: "Principal {value} does not exist in the directory.",
  },
};

const assignment = roles("RoleAssignment", "roleAssignments", {
  name: guidName("roleAssignmentName", "RoleAssignment"),
  place: { scope: "scope" },
  shows: ["scope"],
  forceNew: ["principalId"],
  outputs: { principalType: "User", ...authored },
  normalised: { roleDefinitionId: (r, given) => wholeRole(r, String(given)) },
  references: [toPrincipal],
  admit: (r) => refuseLost(r, r.text("scope")) ?? refusePrincipal(r) ?? refuseAssignment(r),
  taken: { code: "RoleAssignmentExists", says: "The role assignment already exists." },
});

/** Roles built in are shown below the subscription, however they were written. */
function wholeRole(r: Resource, id: string): string {
  return id.toLowerCase().startsWith("/providers/") ? `/subscriptions/${r.account}${id}` : id;
}

/** What a principal is must be said rightly: the default `User` fits no managed identity. */
function refusePrincipal(r: Resource): ServiceError | undefined {
  const found = r.target("principalId");
  if (found === undefined) return undefined;
  const [kind, said] = [kindOf(found), r.text("principalType", "User")];
  return kind === said
    ? undefined
    : invalid(
        "UnmatchedPrincipalType",
        `The PrincipalId '${r.text("principalId").replaceAll("-", "")}' has type '${kind}' , which is different from specified PrinciaplType '${said}'.`,
      );
}

function kindOf({ token }: Neighbour): string {
  if (token === userAssignedToken) return "ServicePrincipal";
  return token.split(":").at(-1) ?? "";
}

/** One principal has a role on a scope only once, and what an assignment says does not change. */
function refuseAssignment(r: Resource): ServiceError | undefined {
  const all = r.all(assignmentToken);
  const [role, scope] = [nameOf(r.text("roleDefinitionId")), r.text("scope").toLowerCase()];
  const same = all.some(
    ({ id, properties }) =>
      id !== r.id &&
      properties["principalId"] === r.text("principalId") &&
      nameOf(String(properties["roleDefinitionId"])) === role &&
      String(properties["scope"]).toLowerCase() === scope,
  );
  if (same) return invalid("RoleAssignmentExists", "The role assignment already exists.");
  if (all.length >= limits.assignmentsPerSubscriptionMax && r.before === undefined) {
    return invalid(
      "RoleAssignmentLimitExceeded",
      `No more role assignments can be created (limit ${limits.assignmentsPerSubscriptionMax}).`,
    );
  }
  return refuseChange(r, ["roleDefinitionId", "principalType"], () =>
    invalid(
      "RoleAssignmentUpdateNotPermitted",
      "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
    ),
  );
}

const definition = definitions("RoleDefinition", "roleDefinitions", {
  name: guidName("roleDefinitionId", "RoleDefinition"),
  place: { scope: "scope" },
  outputs: { roleType: "CustomRole", assignableScopes: (r) => [r.text("scope")], ...authored },
  admit: (r) => refuseLost(r, r.text("scope")) ?? refuseDefinition(r),
  inUse: {
    code: "RoleDefinitionHasAssignments",
    says: "There are existing role assignments referencing role (code: RoleDefinitionHasAssignments): {value}.",
  },
});

function refuseDefinition(r: Resource): ServiceError | undefined {
  const name = r.given("roleName");
  if (typeof name !== "string" || r.list("permissions").length === 0) {
    return invalid("InvalidRoleDefinition", "A custom role needs a name and permissions.");
  }
  const others = r.all(definitionToken).filter(({ id }) => id !== r.id);
  if (others.some(({ properties }) => properties["roleName"] === name)) {
    return invalid(
      "RoleDefinitionWithSameNameExists",
      `A custom role with the same name already exists in this directory. Use a different name: ${name}`,
    );
  }
  return others.length >= limits.rolesPerTenantMax
    ? invalid(
        "RoleDefinitionLimitExceeded",
        `Role definition limit exceeded: at most ${limits.rolesPerTenantMax}.`,
      )
    : undefined;
}

/** Eligible for a role, not holding it: Privileged Identity Management activates it. */
const eligibility = schedules("PimRoleEligibilitySchedule", "roleEligibilitySchedules", {
  name: { input: "targetRoleEligibilityScheduleId", chosen: "uuid" },
  place: { scope: "scope" },
  shows: ["scope"],
  forceNew: [
    "principalId",
    "roleDefinitionId",
    "scheduleInfo",
    "justification",
    "ticketInfo",
    "condition",
    "conditionVersion",
  ],
  outputs: {
    status: "Provisioned",
    requestType: "AdminAssign",
    principalType: (r) => {
      const found = r.target("principalId");
      return found === undefined ? "User" : kindOf(found);
    },
    createdOn: (r) => r.createdAt,
    requestorId: (r) => r.uuid("author"),
  },
  references: [toPrincipal],
  admit: (r) => refuseLost(r, r.text("scope")),
});

/** Settings that every role on every scope has; the provider changes them. */
function roleSettings(shape: Pick<ArmShape, "name" | "outputs">): ArmShape {
  return {
    ...shape,
    place: { scope: "scope" },
    shows: ["scope"],
    admit: (r) => refuseLost(r, r.text("scope")),
  };
}

const policy = management(
  "RoleManagementPolicy",
  "roleManagementPolicies",
  roleSettings({
    name: { input: "roleManagementPolicyName", chosen: "copy" },
    outputs: {
      effectiveRules: (r): JsonObject[] => r.list("rules").map((rule) => rule as JsonObject),
      isOrganizationDefault: false,
      lastModifiedDateTime: (r) => r.createdAt,
    },
  }),
);

const policyAssignment = management(
  "RoleManagementPolicyAssignment",
  "roleManagementPolicyAssignments",
  roleSettings({
    name: { input: "roleManagementPolicyAssignmentName", chosen: "copy" },
    outputs: { ...systemData },
  }),
);

/** The entries of roles. */
export const authorizationTypes: readonly ArmEntry[] = [
  assignment,
  definition,
  eligibility,
  policy,
  policyAssignment,
];
