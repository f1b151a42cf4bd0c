/**
 * Activity log and resource log records as they are exported (Azure Monitor, "Azure activity log event
 * schema: Schema from storage account and event hubs", "Common and service-specific schemas for Azure
 * resource logs", "Logging in Azure Key Vault", "Azure Blob Storage monitoring data reference").
 */

import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../protocol/value.ts";
import type { Call, CallError, Caller } from "../call.ts";

/** A record with its category, which settings choose by. */
export interface AzureEvent {
  readonly category: string;
  /** `subscription`: the activity log; `resource`: a log of the resource; `tenant`: of the directory. */
  readonly scope: "subscription" | "resource" | "tenant";
  readonly record: JsonObject;
  readonly account: string;
  readonly resource: string;
  readonly at: Date;
}

/** Operations on data: how the service's log names them, and in which category. */
const dataLogs: readonly (readonly [pattern: RegExp, category: string, operation: string])[] = [
  [/vaults\/secrets\/getSecret\/action$/i, "AuditEvent", "SecretGet"],
  [/vaults\/secrets\/setSecret\/action$/i, "AuditEvent", "SecretSet"],
  [/vaults\/secrets\/readMetadata\/action$/i, "AuditEvent", "SecretList"],
  [/containers\/blobs\/read$/i, "StorageRead", "GetBlob"],
  [/containers\/blobs\/write$/i, "StorageWrite", "PutBlob"],
  [/containers\/blobs\/delete$/i, "StorageDelete", "DeleteBlob"],
];

/** The event of a call; `undefined` for what no log tells: the activity log has no reads ("Azure activity log"). */
export function azureEvent(call: Call): AzureEvent | undefined {
  const { action, account, resource, at } = call;
  const data = dataLogs.find(([pattern]) => pattern.test(action));
  if (data !== undefined) {
    const [, category, operation] = data;
    const owner = resource.replace(/(\/vaults\/[^/]+|\/storageAccounts\/[^/]+).*$/i, "$1");
    return {
      category,
      scope: "resource",
      record: dataRecord(call, owner, category, operation),
      account,
      resource: owner,
      at,
    };
  }
  if (/\/read$/i.test(action)) return undefined;
  return {
    category: "Administrative",
    scope: "subscription",
    record: activityRecord(call),
    account,
    resource,
    at,
  };
}

function activityRecord(call: Call): JsonObject {
  const { action, resource, at, error, sourceIp, grounds = {}, caller, request } = call;
  const method = /\/write$/i.test(action)
    ? "Write"
    : /\/delete$/i.test(action)
      ? "Delete"
      : "Action";
  const correlationId = randomUUID();
  return {
    time: at.toISOString(),
    resourceId: resource.toUpperCase(),
    operationName: action.toUpperCase(),
    category: method,
    resultType: error === undefined ? "Success" : "Failure",
    resultSignature: `${error === undefined ? "Succeeded" : "Failed"}.${error === undefined ? "" : statusOf(error)}`,
    durationMs: 0,
    callerIpAddress: sourceIp,
    correlationId,
    identity: {
      authorization: {
        scope: resource,
        action,
        evidence: {
          role: grounds["role"] ?? "",
          roleAssignmentScope: grounds["scope"] ?? "",
          principalId: caller.id,
          principalType: caller.kind === "user" ? "User" : "ServicePrincipal",
        },
      },
      claims: claimsOf(caller, sourceIp),
    },
    level: error === undefined ? "Information" : "Error",
    location: "global",
    properties: {
      entity: resource,
      eventCategory: "Administrative",
      message: action,
      hierarchy: call.account,
      ...(Object.keys(request).length === 0 ? {} : { requestbody: JSON.stringify(request) }),
      ...(error === undefined ? {} : { statusCode: statusOf(error), statusMessage: error.message }),
    },
  };
}

function statusOf({ code }: CallError): string {
  return code === "AuthorizationFailed" ? "Forbidden" : code;
}

/** Claims of the caller's token under the names that ARM writes. */
function claimsOf({ id, name, account, uniqueId, kind }: Caller, ip: string): JsonObject {
  const base = "http://schemas.microsoft.com/identity/claims";
  return {
    aud: "https://management.core.windows.net/",
    ipaddr: ip,
    [`${base}/objectidentifier`]: id,
    [`${base}/tenantid`]: account,
    ...(kind === "user"
      ? { name, "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn": name }
      : { appid: uniqueId, idtyp: "app" }),
  };
}

function dataRecord(
  call: Call,
  owner: string,
  category: string,
  operationName: string,
): JsonObject {
  const { at, error, sourceIp, resource, caller } = call;
  const common = {
    time: at.toISOString(),
    resourceId: owner.toUpperCase(),
    operationName,
    operationVersion: category === "AuditEvent" ? "7.4" : "2023-11-03",
    category,
    durationMs: 0,
    callerIpAddress: sourceIp,
    correlationId: randomUUID(),
  };
  const who = {
    claim: {
      "http://schemas.microsoft.com/identity/claims/objectidentifier": caller.id,
      appid: caller.uniqueId,
    },
  };
  if (category === "AuditEvent") {
    const id = resource.replace(/^.*\/vaults\/([^/]+)/i, "https://$1.vault.azure.net");
    return {
      ...common,
      resultType: "Success",
      resultSignature: error === undefined ? "OK" : "Forbidden",
      resultDescription: error?.message ?? "",
      identity: who,
      properties: {
        id,
        requestUri: `${id}?api-version=7.4`,
        httpStatusCode: error === undefined ? 200 : 403,
      },
    };
  }
  return {
    ...common,
    schemaVersion: "1.0",
    statusCode: error === undefined ? 200 : 403,
    statusText: error === undefined ? "Success" : "AuthorizationPermissionMismatch",
    identity: {
      type: "OAuth",
      requester: { appId: caller.uniqueId, objectId: caller.id, tenantId: caller.account },
    },
    location: "",
    uri: resource,
    protocol: "HTTPS",
    properties: {
      accountName: /storageAccounts\/([^/]+)/i.exec(owner)?.[1] ?? "",
      objectKey: resource,
    },
  };
}
