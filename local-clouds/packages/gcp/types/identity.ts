/** Service accounts, grants, workload and workforce identity (IAM API v1). */

import type { Resource } from "../../../types/resource.ts";
import type { InputFault, ServiceError, TypeEntry } from "../../../types/type.ts";
import { badRequest, iamEtag, lastPart, notFound, project, projectNumber, toId } from "./common.ts";
import { grants } from "./iam-grants.ts";

const poolToken = "gcp:iam/workloadIdentityPool:WorkloadIdentityPool";
const workforceToken = "gcp:iam/workforcePool:WorkforcePool";

const account: TypeEntry = {
  token: "gcp:serviceaccount/account:Account",
  autoname: { property: "accountId", charactersMax: 30, lowerCase: true },
  defaults: { disabled: false },
  check: (r) =>
    /^[a-z](?:[-a-z0-9]{4,28}[a-z0-9])$/.test(r.text("accountId"))
      ? []
      : [
          {
            property: "accountId",
            reason: `"account_id" ("${r.text("accountId")}") doesn't match regexp "^[a-z](?:[-a-z0-9]{4,28}[a-z0-9])$"`,
          },
        ],
  forceNew: ["accountId", "project"],
  id: (r) => `projects/${r.account}/serviceAccounts/${email(r)}`,
  planned: { ...project, email, member: (r) => `serviceAccount:${email(r)}` },
  outputs: {
    name: (r) => r.id,
    uniqueId: (r) => r.digits("unique", 21),
    description: "",
    displayName: "",
  },
  keys: ["email", "member", "uniqueId"],
  timeouts: { create: 300 },
};

function email(r: Resource): string {
  return `${r.text("accountId")}@${r.account}.iam.gserviceaccount.com`;
}

/** The kinds of resources here whose policies grant. */
const grantTypes: readonly TypeEntry[] = [
  ...grants({ family: "gcp:projects/iAM", input: "project", form: "{project}" }),
  ...grants({
    family: "gcp:serviceaccount/iAM",
    input: "serviceAccountId",
    to: "gcp:serviceaccount/account:Account",
    form: "{serviceAccountId}",
  }),
  ...grants({
    family: "gcp:tags/tagKeyIam",
    input: "tagKey",
    to: "gcp:tags/tagKey:TagKey",
    form: "{tagKey}",
  }),
  ...grants({
    family: "gcp:tags/tagValueIam",
    input: "tagValue",
    to: "gcp:tags/tagValue:TagValue",
    form: "{tagValue}",
  }),
];

/** Custom roles keep their name for a while after deletion; here they go at once. */
const customRole: TypeEntry = {
  token: "gcp:projects/iAMCustomRole:IAMCustomRole",
  // Role ids take no hyphens.
  autoname: { property: "roleId", charactersMax: 64, alphanumeric: true },
  defaults: { stage: "GA" },
  check: (r) =>
    /^[a-zA-Z0-9_.]{3,64}$/.test(r.text("roleId"))
      ? []
      : [
          {
            property: "roleId",
            reason: `"role_id" ("${r.text("roleId")}") doesn't match regexp "^[a-zA-Z0-9_\\.]{3,64}$"`,
          },
        ],
  forceNew: ["project", "roleId"],
  id: (r) => `projects/${r.account}/roles/${r.text("roleId")}`,
  planned: project,
  outputs: { name: (r) => r.id, deleted: false, description: "" },
  keys: ["name"],
  taken: {
    code: "409",
    says: "A role named {leaf} in {id} already exists., alreadyExists",
  },
};

/** A key of a service account: the private half is shown once, when it is made. */
const key: TypeEntry = {
  token: "gcp:serviceaccount/key:Key",
  defaults: {
    keyAlgorithm: "KEY_ALG_RSA_2048",
    privateKeyType: "TYPE_GOOGLE_CREDENTIALS_FILE",
    publicKeyType: "TYPE_X509_PEM_FILE",
  },
  maps: ["keepers"],
  forceNew: [
    "keepers",
    "keyAlgorithm",
    "privateKeyType",
    "publicKeyData",
    "publicKeyType",
    "serviceAccountId",
  ],
  id: (r) => `${accountPath(r)}/keys/${r.hex("key", 40)}`,
  outputs: {
    name: (r) => r.id,
    privateKey: (r) => credentials(r),
    publicKey: (r) => Buffer.from(`public half of ${r.id}`).toString("base64"),
    validAfter: (r) => r.createdAt.replace(/\.\d+Z$/, "Z"),
    validBefore: "9999-12-31T23:59:59Z",
  },
  keys: ["name"],
  secrets: ["privateKey"],
  references: [
    {
      ...toId("serviceAccountId", "gcp:serviceaccount/account:Account", false),
      by: ["id", "email", "uniqueId"],
      cascades: true,
      missing: notFound("Service account {value} does not exist."),
    },
  ],
  // A service account has at most ten keys (IAM, "Quotas and limits").
  admit: (r) =>
    r
      .all("gcp:serviceaccount/key:Key")
      .filter(({ id }) => r.before === undefined && id.startsWith(`${accountPath(r)}/keys/`))
      .length >= keysMax
      ? { code: "400", says: "Maximum number of keys on account reached., failedPrecondition" }
      : undefined,
};

const keysMax = 10;

function accountPath(r: Resource): string {
  return String(r.target("serviceAccountId")?.id ?? r.text("serviceAccountId"));
}

/** A credentials file that opens nothing: its private half is no key. */
function credentials(r: Resource): string {
  const file = {
    type: "service_account",
    project_id: r.account,
    private_key_id: r.hex("key", 40),
    private_key: `no key: ${r.hex("private", 64)}`,
    client_email: lastPart(accountPath(r)),
    client_id: r.digits("client", 21),
    auth_uri: "https://accounts.google.com/o/oauth2/auth",
    token_uri: "https://oauth2.googleapis.com/token",
  };
  return Buffer.from(JSON.stringify(file)).toString("base64");
}

const logTypes = ["ADMIN_READ", "DATA_READ", "DATA_WRITE"];

const auditConfig: TypeEntry = {
  token: "gcp:projects/iAMAuditConfig:IAMAuditConfig",
  check: (r) =>
    r
      .every("auditLogConfigs[*].logType")
      .filter((type) => !logTypes.includes(String(type)))
      .map((type) => ({
        property: "auditLogConfigs",
        reason: `log_type ${String(type)} is not one of ${logTypes.join(", ")}`,
      })),
  forceNew: ["project", "service"],
  id: (r) => `${r.text("project")}/audit_config/${r.text("service")}`,
  outputs: { etag: iamEtag, "auditLogConfigs[*].exemptedMembers": [] },
};

/** Ids of pools and providers: 4 to 32 characters, `gcp-` is Google's (IAM API reference). */
function poolId(property: string): (r: Resource) => InputFault[] {
  return (r) => {
    const id = r.text(property);
    const fits = /^[a-z0-9-]{4,32}$/.test(id) && !id.startsWith("gcp-");
    return fits
      ? []
      : [
          {
            property,
            reason: `${property} ("${id}") must be 4-32 characters of [a-z0-9-] and may not begin with "gcp-"`,
          },
        ];
  };
}

const pool: TypeEntry = {
  token: poolToken,
  check: poolId("workloadIdentityPoolId"),
  forceNew: ["workloadIdentityPoolId", "mode", "project"],
  id: (r) =>
    `projects/${r.account}/locations/global/workloadIdentityPools/${r.text("workloadIdentityPoolId")}`,
  planned: project,
  outputs: {
    name: (r) =>
      `projects/${projectNumber(r.account)}/locations/global/workloadIdentityPools/${r.text("workloadIdentityPoolId")}`,
    state: "ACTIVE",
  },
  keys: ["workloadIdentityPoolId", "name"],
  timeouts: { create: 1200, update: 1200, delete: 1200 },
};

/** Longest condition, in characters, and most attributes (IAM API reference). */
const conditionMax = 4096;
const attributesMax = 50;
/** Issuers of many tenants: Google takes no provider for them without a condition on their claims. */
const sharedIssuers = [
  "https://token.actions.githubusercontent.com",
  "https://gitlab.com",
  "https://app.terraform.io",
];

const provider: TypeEntry = {
  token: "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
  maps: ["attributeMapping"],
  check: poolId("workloadIdentityPoolProviderId"),
  forceNew: ["workloadIdentityPoolId", "workloadIdentityPoolProviderId", "project"],
  id: (r) => `${poolPath(r)}/providers/${r.text("workloadIdentityPoolProviderId")}`,
  planned: project,
  outputs: {
    name: (r) =>
      `projects/${projectNumber(r.account)}/locations/global/workloadIdentityPools/${lastPart(r.text("workloadIdentityPoolId"))}/providers/${r.text("workloadIdentityPoolProviderId")}`,
    state: "ACTIVE",
  },
  keys: ["name"],
  references: [
    {
      at: "workloadIdentityPoolId",
      to: poolToken,
      by: ["workloadIdentityPoolId", "id", "name"],
      cascades: true,
      missing: notFound("Requested entity was not found: workload identity pool '{value}'"),
    },
  ],
  admit: refuseProvider,
  timeouts: { create: 1200, update: 1200, delete: 1200 },
};

function poolPath(r: Resource): string {
  return `projects/${r.account}/locations/global/workloadIdentityPools/${lastPart(r.text("workloadIdentityPoolId"))}`;
}

function refuseProvider(r: Resource): ServiceError | undefined {
  const condition = r.text("attributeCondition", "");
  const mapping = r.object("attributeMapping");
  if (condition.length > conditionMax)
    return badRequest(`attribute_condition is longer than ${conditionMax}`);
  if (Object.keys(mapping).length > attributesMax)
    return badRequest(`more than ${attributesMax} attributes are mapped`);
  const oidc = r.given("oidc") !== undefined;
  if (oidc && mapping["google.subject"] === undefined) {
    return badRequest("The attribute mapping must contain google.subject");
  }
  const issuer = r.text("oidc.issuerUri", "");
  if (oidc && !issuer.startsWith("https://")) return badRequest("issuer_uri must be an https URL");
  const shared = sharedIssuers.includes(issuer.replace(/\/$/, ""));
  if (shared && !/assertion\.|attribute\./.test(condition)) {
    return badRequest(
      "The attribute condition must reference one of the provider's claims. For more information, see https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines#conditions",
    );
  }
  return undefined;
}

/** Sessions last longer than 15 minutes and less than 12 hours (IAM API reference). */
const sessionSeconds = { over: 899, under: 43_200 };

const workforcePool: TypeEntry = {
  token: workforceToken,
  check: (r) => {
    const seconds = Number(r.text("sessionDuration", "3600s").replace(/s$/, ""));
    return seconds > sessionSeconds.over && seconds < sessionSeconds.under
      ? []
      : [
          {
            property: "sessionDuration",
            reason: `must be longer than 15 minutes and shorter than 12 hours, got ${r.text("sessionDuration")}`,
          },
        ];
  },
  forceNew: ["location", "parent", "workforcePoolId"],
  global: true,
  id: (r) => `locations/${r.text("location")}/workforcePools/${r.text("workforcePoolId")}`,
  outputs: { name: (r) => r.id, state: "ACTIVE", sessionDuration: "3600s" },
  keys: ["workforcePoolId", "name"],
  uniqueInWorld: true,
  timeouts: { create: 1200, update: 1200, delete: 1200 },
};

const workforceProvider: TypeEntry = {
  token: "gcp:iam/workforcePoolProvider:WorkforcePoolProvider",
  maps: ["attributeMapping"],
  check: poolId("providerId"),
  forceNew: ["location", "providerId", "workforcePoolId"],
  global: true,
  id: (r) =>
    `locations/${r.text("location")}/workforcePools/${lastPart(r.text("workforcePoolId"))}/providers/${r.text("providerId")}`,
  outputs: { name: (r) => r.id, state: "ACTIVE" },
  references: [
    {
      at: "workforcePoolId",
      to: workforceToken,
      by: ["workforcePoolId", "id"],
      cascades: true,
      missing: notFound("Requested entity was not found: workforce pool '{value}'"),
    },
  ],
  timeouts: { create: 1200, update: 1200, delete: 1200 },
};

/** The entries of identities and grants. */
export const identityTypes: readonly TypeEntry[] = [
  account,
  ...grantTypes,
  customRole,
  key,
  auditConfig,
  pool,
  provider,
  workforcePool,
  workforceProvider,
];
