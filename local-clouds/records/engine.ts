/** What the engine does, as the calls that its providers send: whose they are, and how their clouds name them. */

import { createHash } from "node:crypto";
import { usualObjectId } from "../packages/azure-native/invokes/clients.ts";
import { usualClientId } from "../packages/azure-native/types/common.ts";
import { callerOf as directoryCaller } from "../packages/azuread/types/common.ts";
import { objectAt, textAt } from "../probe/token/live.ts";
import { type JsonObject, revealObject } from "../protocol/value.ts";
import type { Call, Caller, LogCloud } from "./call.ts";
import { awsCallOf, awsRequestOf } from "./engine/aws.ts";
import { azureCallOf } from "./engine/azure.ts";
import type { EngineDeed } from "./engine/deed.ts";
import { gcpCallOf } from "./engine/gcp.ts";

/** Packages whose calls some cloud logs. */
const clouds: Readonly<Record<string, LogCloud>> = {
  aws: "aws",
  "azure-native": "azure",
  azuread: "entra",
  gcp: "gcp",
  kubernetes: "kubernetes",
};

/** The engine runs on this machine, which no cloud knows (RFC 5737). */
const engineIp = "192.0.2.10";
const userAgent = "pulumi";

/** The cloud that logs what a package does; `undefined` for those that call none. */
export function logCloudOf(packageName: string): LogCloud | undefined {
  return clouds[packageName];
}

/**
 * The call; `undefined` for what is none at the cloud. Secrets are not in logs: parameters are the names of things, not their
 * contents.
 */
export function engineCall(cloud: LogCloud, deed: EngineDeed): Call | undefined {
  const outputs = revealObject(deed.outputs, deed.id);
  const named = names[cloud](deed, outputs);
  if (named === undefined) return undefined;
  return {
    cloud,
    caller: callerOf(cloud, deed),
    account: deed.account,
    region: deed.region,
    at: deed.at,
    response: {},
    sourceIp: engineIp,
    userAgent,
    ...named,
  };
}

/** The identity that providers answer when they are asked who they are. */
function callerOf(cloud: LogCloud, { account, tenant }: EngineDeed): Caller {
  const uniqueId = `AIDA${hex(`caller ${account}`, 17).toUpperCase()}`;
  const base = { name: "bulkhead", account, uniqueId, session: "", groups: [] };
  switch (cloud) {
    case "aws":
      return { ...base, kind: "user", id: `arn:aws:iam::${account}:user/bulkhead` };
    case "gcp":
      return { ...base, kind: "user", id: "bulkhead@example.com" };
    case "kubernetes":
      return {
        ...base,
        kind: "user",
        id: "kubernetes-admin",
        groups: ["system:masters", "system:authenticated"],
      };
    default:
      return ofApplication(cloud, tenant);
  }
}

/** Whom a provider without configured application says it is. */
function ofApplication(cloud: "azure" | "entra", tenant: string): Caller {
  const { clientId, objectId } =
    cloud === "azure"
      ? { clientId: usualClientId, objectId: usualObjectId }
      : directoryCaller(tenant, {});
  return {
    kind: "service principal",
    id: objectId,
    name: "bulkhead",
    account: tenant,
    uniqueId: clientId,
    session: "",
    groups: [],
  };
}

function hex(of: string, length: number): string {
  return createHash("sha256").update(of).digest("hex").slice(0, length);
}

type Named = Pick<Call, "action" | "resource" | "request" | "method" | "grounds">;

const names: Readonly<
  Record<LogCloud, (deed: EngineDeed, outputs: JsonObject) => Named | undefined>
> = {
  aws: awsNames,
  azure: ({ operation, token, id }) => {
    const action = azureCallOf(token, id, operation);
    if (action === undefined) return undefined;
    return { action, resource: id, request: {}, grounds: { role: "", scope: "" } };
  },
  entra: ({ operation, token, id }) => ({
    action: `microsoft.directory/${kindOf(token)}s/${operation}`,
    resource: id,
    request: {},
  }),
  gcp: gcpNames,
  kubernetes: kubernetesNames,
};

function kindOf(token: string): string {
  const kind = token.slice(token.lastIndexOf(":") + 1);
  return kind.charAt(0).toLowerCase() + kind.slice(1);
}

function awsNames({ operation, token, id }: EngineDeed, outputs: JsonObject): Named | undefined {
  const action = awsCallOf(token, operation);
  if (action === undefined) return undefined;
  const request = awsRequestOf(token, id, outputs);
  return { action, resource: textAt(outputs, "arn") || id, request };
}

function gcpNames({ operation, token, id }: EngineDeed): Named | undefined {
  const call = gcpCallOf(token, operation);
  if (call === undefined) return undefined;
  return { action: call.permission, method: call.method, resource: id, request: {} };
}

function kubernetesNames({ operation, token, id }: EngineDeed, outputs: JsonObject): Named {
  const [, api = "core/v1", kind = ""] = token.split(":");
  const [group = "", version = "v1"] = api.split("/");
  const metadata = objectAt(outputs, "metadata");
  const [namespace, name] = [textAt(metadata, "namespace"), textAt(metadata, "name")];
  const resource = pluralOf(kind);
  // The provider applies on the server: an update is a patch (Kubernetes docs, "Server-Side Apply").
  const verb = operation === "update" ? "patch" : operation;
  const grounds = {
    verb,
    group: group === "core" ? "" : group,
    version,
    resource,
    namespace,
    name,
    decision: "allow",
    reason: "",
    cluster: "",
  };
  return { action: `${resource} ${verb}`, resource: id, request: {}, grounds };
}

/** English plurals as API servers form them. */
function pluralOf(kind: string): string {
  const lower = kind.toLowerCase();
  if (/(s|x|ch)$/.test(lower)) return lower.endsWith("endpoints") ? lower : `${lower}es`;
  return lower.endsWith("y") && !/[aeiou]y$/.test(lower) ? `${lower.slice(0, -1)}ies` : `${lower}s`;
}
