/** Azure Policy, locks and management groups (Policy, Management Locks and Management Groups REST APIs). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";
import { type ArmEntry, type ArmShape, armArea } from "./arm.ts";
import { invalid, member, systemData, toLinked } from "./common.ts";
import { refuseLost } from "./existence.ts";

const provider = "Microsoft.Authorization";
const policies = armArea({
  module: "authorization",
  provider,
  apiVersion: "2025-01-01",
  outputs: { ...systemData },
});
const exemptions = armArea({
  module: "authorization",
  provider,
  apiVersion: "2022-07-01-preview",
  outputs: { ...systemData },
});
const locks = armArea({
  module: "authorization",
  provider,
  apiVersion: "2020-05-01",
  outputs: { ...systemData },
});
const groups = armArea({
  module: "management",
  provider: "Microsoft.Management",
  apiVersion: "2023-04-01",
  outputs: { ...systemData },
});

const tokens = {
  definition: "azure-native:authorization:PolicyDefinition",
  set: "azure-native:authorization:PolicySetDefinition",
  assignment: "azure-native:authorization:PolicyAssignment",
};

/** Built-in definitions belong to Azure: they lie below no subscription. */
const builtIn = (id: string) => id.toLowerCase().startsWith("/providers/");

const modes = ["All", "Indexed"];

const definition = policies("PolicyDefinition", "policyDefinitions", {
  name: {
    input: "policyDefinitionName",
    charactersMax: 128,
    form: /^[^<>*%&:\\?.+/]*[^<>*%&:\\?.+/ ]+$/,
  },
  place: "subscription",
  outputs: { mode: "Indexed", policyType: "Custom", version: "1.0.0", versions: ["1.0.0"] },
  admit: (r) => {
    const mode = r.text("mode", "Indexed");
    if (!modes.includes(mode) && !mode.startsWith("Microsoft.")) {
      return invalid(
        "InvalidPolicyDefinitionMode",
        `The policy definition mode '${mode}' is invalid.`,
      );
    }
    return r.given("policyRule.if") !== undefined && r.given("policyRule.then") !== undefined
      ? undefined
      : invalid("InvalidPolicyRule", "Failed to parse policy rule: 'if' and 'then' must be there.");
  },
  inUse: {
    code: "PolicyDefinitionInUse",
    says: "The policy definition '{leaf}' cannot be deleted because it is used by {value}.",
  },
});

const set = policies("PolicySetDefinition", "policySetDefinitions", {
  name: {
    input: "policySetDefinitionName",
    charactersMax: 128,
    form: /^[^<>*%&:\\?.+/]*[^<>*%&:\\?.+/ ]+$/,
  },
  place: "subscription",
  outputs: { policyType: "Custom", version: "1.0.0", versions: ["1.0.0"] },
  references: [toDefinition("policyDefinitions[*].policyDefinitionId", [tokens.definition])],
  inUse: {
    code: "PolicySetDefinitionInUse",
    says: "The policy set definition '{leaf}' cannot be deleted because it is used by {value}.",
  },
});

function toDefinition(at: string, to: readonly string[]) {
  return {
    ...toLinked(at, to),
    holds: true,
    unless: builtIn,
    missing: {
      code: "PolicyDefinitionNotFound",
      says: "The policy assignment '{name}' request is invalid. The policy definition '{value}' could not be found.",
    },
  };
}

const assignment = policies("PolicyAssignment", "policyAssignments", {
  name: { input: "policyAssignmentName", charactersMax: 64 },
  place: { scope: "scope" },
  shows: ["scope"],
  defaults: { location: (r) => (r.scope.region === "" ? undefined : r.scope.region) },
  acts: true,
  outputs: {
    enforcementMode: "Default",
    assignmentType: "Custom",
    definitionVersion: "1.*.*",
    instanceId: (r) => r.uuid("instance"),
  },
  references: [toDefinition("policyDefinitionId", [tokens.definition, tokens.set])],
  admit: (r) => refuseLost(r, r.text("scope")) ?? refuseIdentity(r),
  inUse: {
    code: "PolicyAssignmentInUse",
    says: "The policy assignment '{leaf}' cannot be deleted because it is used by {value}.",
  },
});

/** An assignment that acts lies somewhere. */
function refuseIdentity(r: Resource): ServiceError | undefined {
  return r.text("identity.type", "None") !== "None" && r.given("location") === undefined
    ? invalid(
        "ResourceIdentityRequired",
        `The policy assignment '${r.text("policyAssignmentName")}' has an identity: its location is required.`,
      )
    : undefined;
}

const exemption = exemptions("PolicyExemption", "policyExemptions", {
  name: { input: "policyExemptionName", charactersMax: 64 },
  place: { scope: "scope" },
  check: (r) => member(r, "exemptionCategory", ["Waiver", "Mitigated"]),
  outputs: { assignmentScopeValidation: "Default" },
  references: [{ ...toLinked("policyAssignmentId", tokens.assignment), cascades: true }],
  admit: (r) => refuseLost(r, r.text("scope")),
});

function lock(name: string, place: Pick<ArmShape, "place" | "admit">): ArmEntry {
  return locks(name, "locks", {
    name: { input: "lockName", charactersMax: 90 },
    check: (r) => member(r, "level", ["CanNotDelete", "ReadOnly", "NotSpecified"]),
    ...place,
  });
}

const group = groups("ManagementGroup", "managementGroups", {
  name: { input: "groupId", charactersMax: 90, form: /^[\w().-]+$/ },
  place: "tenant",
  hidden: ["name"],
  outputs: {
    displayName: (r) => r.text("groupId"),
    tenantId: (r) => r.tenant,
    details: (r) => ({
      version: 1,
      updatedTime: r.createdAt,
      updatedBy: r.uuid("author"),
      parent: root(r),
    }),
  },
  references: [
    {
      ...toLinked("details.parent.id", "azure-native:management:ManagementGroup"),
      holds: true,
      unless: (id, r) => id.endsWith(`/${r.tenant}`),
    },
  ],
  inUse: {
    code: "BadRequest",
    says: "Management group '{leaf}' cannot be deleted because it has children: {value}.",
  },
});

/** Every tenant has one group above all, which has the tenant's id. */
function root(r: Resource) {
  return {
    id: `/providers/Microsoft.Management/managementGroups/${r.tenant}`,
    name: r.tenant,
    displayName: "Tenant Root Group",
  };
}

const membership = groups("ManagementGroupSubscription", "managementGroups/subscriptions", {
  name: { fixed: "subscription" },
  place: "tenant",
  parents: [{ input: "groupId", token: "azure-native:management:ManagementGroup" }],
});

/** A subscription moves into a group: the provider's own subscription is the one that is meant. */
const groupSubscription: ArmEntry = {
  ...membership,
  id: (r) => subscriptionIn(r.account, (input) => r.text(input)),
  idFrom: subscriptionIn,
  planned: { name: (r) => r.account, type: membership.armType },
};

function subscriptionIn(account: string, text: (input: string) => string): string {
  const groups = "/providers/Microsoft.Management/managementGroups";
  return `${groups}/${text("groupId")}/subscriptions/${account}`;
}

/** The entries of governance. */
export const policyTypes: readonly ArmEntry[] = [
  definition,
  set,
  assignment,
  exemption,
  lock("ManagementLockByScope", {
    place: { scope: "scope" },
    admit: (r) => refuseLost(r, r.text("scope")),
  }),
  lock("ManagementLockAtResourceGroupLevel", {}),
  lock("ManagementLockAtSubscriptionLevel", { place: "subscription" }),
  group,
  groupSubscription,
];
