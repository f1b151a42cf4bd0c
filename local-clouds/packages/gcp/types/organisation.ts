/** Projects, folders, their policies and services (Resource Manager, Organization Policy, Service Usage). */

import type { Resource } from "../../../types/resource.ts";
import type { InputFault, ServiceError, TypeEntry } from "../../../types/type.ts";
import { absent, badRequest, block, iamEtag, notFound, projectNumber } from "./common.ts";
import { grants } from "./iam-grants.ts";
import { ofProvider, protectedKind } from "./protection.ts";

const folderToken = "gcp:organizations/folder:Folder";
const projectToken = "gcp:organizations/project:Project";

const project: TypeEntry = {
  token: projectToken,
  autoname: { property: "name", charactersMax: 30 },
  defaults: { autoCreateNetwork: true, deletionPolicy: "PREVENT" },
  keep: (r) =>
    r.given("deletionPolicy") === "PREVENT"
      ? ofProvider("Cannot destroy project as deletion_policy is set to PREVENT.")
      : undefined,
  check: projectId,
  forceNew: ["orgId", "projectId"],
  id: (r) => `projects/${ownId(r)}`,
  planned: {
    projectId: ownId,
    effectiveLabels: (r) => ({ "goog-pulumi-provisioned": "true", ...r.object("labels") }),
    pulumiLabels: (r) => ({ "goog-pulumi-provisioned": "true", ...r.object("labels") }),
  },
  maps: ["tags"],
  outputs: { number: (r) => projectNumber(ownId(r)), billingAccount: "", folderId: "", orgId: "" },
  keys: ["projectId", "number"],
  uniqueInWorld: true,
  taken: { code: "409", says: "Requested entity already exists, alreadyExists" },
  references: [
    {
      at: "folderId",
      to: folderToken,
      by: ["id", "folderId", "name"],
      within: "world",
      holds: true,
      unless: older,
      missing: notFound("The parent folder {value} does not exist"),
    },
  ],
  timeouts: { create: 600, read: 600, update: 600, delete: 600 },
  schemaVersion: 1,
};

/** The project's id: the name where none is given. */
function ownId(r: Resource): string {
  return r.text("projectId", r.text("name"));
}

/** 6 to 30 characters, lower case, beginning with a letter (Resource Manager, "Create projects"). */
function projectId(r: Resource): InputFault[] {
  const id = ownId(r);
  return /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(id)
    ? []
    : [
        {
          property: "projectId",
          reason: `project_id must be 6 to 30 with lowercase letters, digits, hyphens and start with a letter: ${id}`,
        },
      ];
}

/** A folder by number may be older than this world. */
function older(value: string, r: Resource): boolean {
  const path = value.startsWith("folders/") ? value : `folders/${value}`;
  return /^folders\/\d+$/.test(path) && r.find(folderToken, path) === undefined;
}

const folder: TypeEntry = {
  token: folderToken,
  defaults: { deletionProtection: true },
  ...protectedKind("folder"),
  maps: ["tags"],
  forceNew: [],
  global: true,
  check: (r) =>
    /^(folders|organizations)\/\d+$/.test(r.text("parent"))
      ? []
      : [
          {
            property: "parent",
            reason: `parent must be folders/NUMBER or organizations/NUMBER: ${r.text("parent")}`,
          },
        ],
  id: (r) => `folders/${r.digits("number", 12)}`,
  outputs: {
    configuredCapabilities: [],
    createTime: (r) => r.createdAt,
    folderId: (r) => r.digits("number", 12),
    lifecycleState: "ACTIVE",
    managementProject: "",
    name: (r) => r.id,
  },
  keys: ["name", "folderId"],
  admit: sameName,
  inUse: {
    code: "400",
    says: "Cannot delete folder {id}: it still holds {value}, failedPrecondition",
  },
  timeouts: { create: 240, read: 240, update: 240, delete: 240 },
  schemaVersion: 1,
};

/** Siblings have names of their own (Resource Manager, "Create folders"). */
function sameName(r: Resource): ServiceError | undefined {
  const twin = r
    .all(folderToken)
    .find(
      ({ properties }) =>
        properties["parent"] === r.text("parent") &&
        properties["displayName"] === r.text("displayName"),
    );
  return twin !== undefined && r.before === undefined
    ? {
        code: "400",
        says: `Folder reservation failed for parent [${r.text("parent")}], folder [] due to constraint: The folder operation violates display name uniqueness within the parent., failedPrecondition`,
      }
    : undefined;
}

const service: TypeEntry = {
  token: "gcp:projects/service:Service",
  defaults: { disableOnDestroy: true },
  forceNew: ["project", "service"],
  check: (r) =>
    /^[a-z0-9.-]+\.[a-z]+$/.test(r.text("service")) && !r.text("service").startsWith("google.")
      ? []
      : [
          {
            property: "service",
            reason: `expected service to be a domain, got ${r.text("service")}`,
          },
        ],
  id: (r) => `${r.account}/${r.text("service")}`,
  planned: { project: (r) => r.account },
  // Enabling what is enabled is no error.
  sharedId: true,
  timeouts: { create: 1200, read: 600, update: 1200, delete: 1200 },
};

/** A constraint on a project, folder or organisation, by the first API. */
function oldPolicy(token: string, on: string, separator: ":" | "/"): TypeEntry {
  return {
    token,
    forceNew: ["constraint", on],
    id: (r) => `${r.text(on)}${separator}${r.text("constraint")}`,
    check: (r) => {
      const kinds = ["booleanPolicy", "listPolicy", "restorePolicy"].filter(
        (key) => r.given(key) !== undefined,
      );
      return kinds.length <= 1
        ? []
        : [
            {
              property: kinds[1] ?? "",
              reason: "only one of boolean_policy, list_policy and restore_policy can be specified",
            },
          ];
    },
    outputs: {
      etag: iamEtag,
      updateTime: (r) => r.createdAt,
      version: 0,
      ...absent("booleanPolicy", "listPolicy", "restorePolicy"),
    },
    timeouts: { create: 240, read: 240, update: 240, delete: 240 },
  };
}

const policy: TypeEntry = {
  token: "gcp:orgpolicy/policy:Policy",
  autoname: { property: "name", charactersMax: 63 },
  forceNew: ["name", "parent"],
  global: true,
  id: (r) =>
    `${r.text("parent")}/policies/${r.text("name").slice(r.text("name").lastIndexOf("/") + 1)}`,
  outputs: {
    etag: iamEtag,
    ...block("spec", {
      etag: iamEtag,
      inheritFromParent: false,
      reset: false,
      rules: [],
      updateTime: (r) => r.createdAt,
    }),
    ...absent("dryRunSpec"),
  },
  admit: (r) =>
    /^(projects|folders|organizations)\//.test(r.text("parent"))
      ? undefined
      : badRequest(`Invalid policy parent ${r.text("parent")}`),
  timeouts: { create: 1200, update: 1200, delete: 1200 },
};

const customRole: TypeEntry = {
  token: "gcp:organizations/iAMCustomRole:IAMCustomRole",
  // Role ids take no hyphens.
  autoname: { property: "roleId", charactersMax: 64, alphanumeric: true },
  defaults: { stage: "GA" },
  forceNew: ["orgId", "roleId"],
  global: true,
  id: (r) => `organizations/${r.text("orgId")}/roles/${r.text("roleId")}`,
  outputs: { name: (r) => r.id, deleted: false, description: "" },
  keys: ["name"],
};

function auditConfig(token: string, on: string): TypeEntry {
  return {
    token,
    forceNew: [on, "service"],
    global: true,
    id: (r) => `${r.text(on)}/audit_config/${r.text("service")}`,
    outputs: { etag: iamEtag, "auditLogConfigs[*].exemptedMembers": [] },
  };
}

const defaultAccounts: TypeEntry = {
  token: "gcp:projects/defaultServiceAccounts:DefaultServiceAccounts",
  defaults: { restorePolicy: "REVERT" },
  forceNew: ["action", "project"],
  check: (r) =>
    ["DEPRIVILEGE", "DELETE", "DISABLE"].includes(r.text("action"))
      ? []
      : [
          {
            property: "action",
            reason: `expected action to be one of DEPRIVILEGE, DELETE, DISABLE, got ${r.text("action")}`,
          },
        ],
  id: (r) => `projects/${r.text("project")}`,
  outputs: { serviceAccounts: {} },
  sharedId: true,
  timeouts: { create: 600, read: 600, delete: 600 },
};

/** The entries of organisations. */
export const organisationTypes: readonly TypeEntry[] = [
  project,
  folder,
  service,
  policy,
  customRole,
  defaultAccounts,
  oldPolicy("gcp:projects/organizationPolicy:OrganizationPolicy", "project", ":"),
  oldPolicy("gcp:folder/organizationPolicy:OrganizationPolicy", "folder", "/"),
  oldPolicy("gcp:organizations/policy:Policy", "orgId", "/"),
  auditConfig("gcp:folder/iamAuditConfig:IamAuditConfig", "folder"),
  auditConfig("gcp:organizations/iamAuditConfig:IamAuditConfig", "orgId"),
  ...grants({ family: "gcp:folder/iAM", input: "folder", form: "{folder}" }),
  ...grants({ family: "gcp:organizations/iAM", input: "orgId", form: "{orgId}" }),
];
