/** Secrets (Secret Manager API v1). */

import type { TypeEntry } from "../../../types/type.ts";
import { absent, labels, project, projectNumber, within } from "./common.ts";

const secretToken = "gcp:secretmanager/secret:Secret";

const secret: TypeEntry = {
  token: secretToken,
  required: ["secretId"],
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
  timeouts: { create: 1200, update: 1200, delete: 1200 },
};

/** The entries of Secret Manager. */
export const secretTypes: readonly TypeEntry[] = [secret];
