/** Secrets (Secret Manager API v1). */

import type { Resource } from "../../../types/resource.ts";
import type { TypeEntry } from "../../../types/type.ts";
import {
  absent,
  badRequest,
  labels,
  notFound,
  project,
  projectNumber,
  toCryptoKey,
  toId,
  twentyMinutes,
  within,
} from "./common.ts";
import { grants } from "./iam-grants.ts";

const secretToken = "gcp:secretmanager/secret:Secret";

const secret: TypeEntry = {
  token: secretToken,
  autoname: { property: "secretId", charactersMax: 255 },
  forceNew: ["project", "replication", "secretId", "ttl"],
  id: (r) => `projects/${r.account}/secrets/${r.text("secretId")}`,
  planned: {
    ...project,
    ...labels,
    ...within("replication", absent("auto", "userManaged")),
    ...within("replication.userManaged.replicas[*]", absent("customerManagedEncryption")),
  },
  maps: ["versionAliases"],
  outputs: {
    name: (r) => `projects/${projectNumber(r.account)}/secrets/${r.text("secretId")}`,
    annotations: {},
    createTime: (r) => r.createdAt,
    expireTime: "",
    labels: {},
    topics: [],
    versionAliases: {},
    ...absent("rotation"),
  },
  keys: ["name", "secretId"],
  references: [
    toCryptoKey("replication.auto.customerManagedEncryption.kmsKeyName"),
    toCryptoKey("replication.userManaged.replicas[*].customerManagedEncryption.kmsKeyName"),
    toId("topics[*].name", "gcp:pubsub/topic:Topic", false),
  ],
  // Rotation is told to topics (Secret Manager, "Rotation schedules").
  admit: (r) =>
    r.given("rotation") !== undefined && r.list("topics").length === 0
      ? badRequest("Secret rotation requires at least one topic to be configured")
      : undefined,
  timeouts: { create: 1200, update: 1200, delete: 1200 },
};

/** One value of a secret; values are never changed, only followed by others. */
const version: TypeEntry = {
  token: "gcp:secretmanager/secretVersion:SecretVersion",
  defaults: { deletionPolicy: "DELETE", enabled: true, isSecretDataBase64: false },
  forceNew: ["isSecretDataBase64", "secret", "secretData", "secretDataWoVersion"],
  id: (r) => `${numbered(r)}/versions/${nextVersion(r)}`,
  outputs: {
    createTime: (r) => r.createdAt,
    destroyTime: "",
    name: (r) => r.id,
    version: (r) => r.id.slice(r.id.lastIndexOf("/") + 1),
  },
  keys: ["name"],
  secrets: ["secretData"],
  references: [
    {
      ...toId("secret", secretToken, false),
      by: ["id", "name"],
      cascades: true,
      missing: notFound("Secret [{value}] not found."),
    },
  ],
  // One value is at most 64 KiB (Secret Manager, "Quotas and limits").
  admit: (r) =>
    Buffer.byteLength(r.text("secretData", "")) > payloadBytesMax
      ? badRequest(`Secret payload is larger than ${payloadBytesMax} bytes`)
      : undefined,
  timeouts: twentyMinutes,
};

const payloadBytesMax = 65_536;

/** The secret's name with the project's number, as versions spell it. */
function numbered(r: Resource): string {
  return String(r.target("secret")?.properties["name"]);
}

function nextVersion(r: Resource): number {
  const taken = r
    .all("gcp:secretmanager/secretVersion:SecretVersion")
    .filter(({ id }) => id.startsWith(`${numbered(r)}/versions/`))
    .map(({ properties }) => Number(properties["version"]));
  return Math.max(0, ...taken) + 1;
}

/** The entries of Secret Manager. */
export const secretTypes: readonly TypeEntry[] = [
  secret,
  version,
  ...grants({
    family: "gcp:secretmanager/secretIam",
    input: "secretId",
    to: secretToken,
    form: "projects/{project}/secrets/{secretId}",
    fullName: true,
  }),
];
