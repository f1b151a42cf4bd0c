/**
 * Records of operations on data as their services log them (Azure Monitor, "Common and service-specific
 * schemas for Azure resource logs"; Azure Key Vault, "Azure Key Vault logging: Interpret your Key Vault
 * logs"; Azure Storage, "Azure Blob Storage monitoring data reference: Resource logs").
 */

import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../protocol/value.ts";
import type { Call } from "../call.ts";
import { ticksText } from "./time.ts";

/** Beginning of the names of claims that Microsoft's own tokens have. */
export const identityClaims = "http://schemas.microsoft.com/identity/claims";

/** What of a call one service's log tells. */
interface DataEvent {
  readonly category: string;
  readonly record: JsonObject;
  /** The vault or storage account. */
  readonly resource: string;
}

/** Operations on data: how the service's log names them, and in which category. */
const operations: readonly (readonly [pattern: RegExp, category: string, operation: string])[] = [
  [/vaults\/secrets\/getSecret\/action$/i, "AuditEvent", "SecretGet"],
  [/vaults\/secrets\/setSecret\/action$/i, "AuditEvent", "SecretSet"],
  [/vaults\/secrets\/readMetadata\/action$/i, "AuditEvent", "SecretList"],
  [/vaults\/secrets\/delete$/i, "AuditEvent", "SecretDelete"],
  [/vaults\/secrets\/backup\/action$/i, "AuditEvent", "SecretBackup"],
  [/vaults\/secrets\/purge\/action$/i, "AuditEvent", "SecretPurge"],
  [/vaults\/keys\/sign\/action$/i, "AuditEvent", "KeySign"],
  [/vaults\/keys\/encrypt\/action$/i, "AuditEvent", "KeyEncrypt"],
  [/vaults\/keys\/decrypt\/action$/i, "AuditEvent", "KeyDecrypt"],
  [/vaults\/keys\/wrap\/action$/i, "AuditEvent", "KeyWrap"],
  [/vaults\/keys\/unwrap\/action$/i, "AuditEvent", "KeyUnwrap"],
  [/containers\/blobs\/read$/i, "StorageRead", "GetBlob"],
  [/containers\/blobs\/(write|add\/action)$/i, "StorageWrite", "PutBlob"],
  [/containers\/blobs\/delete$/i, "StorageDelete", "DeleteBlob"],
];

/** What a service's log tells of a call; `undefined` for operations that are not on data. */
export function dataEvent(call: Call): DataEvent | undefined {
  const found = operations.find(([pattern]) => pattern.test(call.action));
  if (found === undefined) return undefined;
  const [, category, operation] = found;
  const resource = call.resource.replace(/(\/vaults\/[^/]+|\/storageAccounts\/[^/]+).*$/i, "$1");
  const make = category === "AuditEvent" ? vaultRecord : blobRecord;
  return { category, resource, record: make(call, resource, category, operation) };
}

/** Versions of the API by which the services are asked. */
const vaultApi = "7.4";
const blobApi = "2023-11-03";

/** Key Vault writes the duration as a text, and who asked by three claims. */
function vaultRecord(
  call: Call,
  vault: string,
  category: string,
  operationName: string,
): JsonObject {
  const { at, error, sourceIp, resource, caller, userAgent } = call;
  const id = resource.replace(/^.*\/vaults\/([^/]+)/i, "https://$1.vault.azure.net");
  const upn = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn";
  return {
    time: ticksText(at),
    resourceId: vault.toUpperCase(),
    operationName,
    operationVersion: vaultApi,
    category,
    resultType: "Success",
    resultSignature: error === undefined ? "OK" : "Forbidden",
    resultDescription: error?.message ?? "",
    durationMs: "0",
    callerIpAddress: sourceIp,
    correlationId: randomUUID(),
    identity: {
      claim: {
        [`${identityClaims}/objectidentifier`]: caller.id,
        ...(caller.kind === "user" ? { [upn]: caller.name } : {}),
        appid: caller.uniqueId,
      },
    },
    properties: {
      clientInfo: userAgent,
      requestUri: `${id}?api-version=${vaultApi}`,
      id,
      httpStatusCode: error === undefined ? 200 : 403,
    },
  };
}

/** A port of a client stands behind its address. */
const clientPort = 49_152;

/** Statuses of what went well. */
const statusCodes: Readonly<Record<string, number>> = {
  GetBlob: 200,
  PutBlob: 201,
  DeleteBlob: 202,
};

/** Storage tells who asked as OAuth has it, and the object as the address of the blob. */
function blobRecord(
  call: Call,
  owner: string,
  category: string,
  operationName: string,
): JsonObject {
  const { at, error, sourceIp, resource, userAgent } = call;
  const accountName = /storageAccounts\/([^/]+)/i.exec(owner)?.[1] ?? "";
  const [, container = "", blob = ""] =
    /containers\/([^/]+)(?:\/blobs\/(.+))?$/i.exec(resource) ?? [];
  const path = [container, blob].filter((part) => part !== "").join("/");
  return {
    time: ticksText(at),
    resourceId: `${owner}/blobServices/default`,
    category,
    operationName,
    operationVersion: blobApi,
    schemaVersion: "1.0",
    statusCode: error === undefined ? (statusCodes[operationName] ?? 200) : 403,
    statusText: error === undefined ? "Success" : "AuthorizationPermissionMismatch",
    durationMs: 0,
    callerIpAddress: `${sourceIp}:${clientPort}`,
    correlationId: randomUUID(),
    identity: {
      type: "OAuth",
      authorization: [authorizationOf(call)],
      requester: requesterOf(call),
    },
    location: call.region,
    properties: {
      accountName,
      userAgentHeader: userAgent,
      serviceType: "blob",
      objectKey: `/${accountName}/${path}`,
    },
    uri: `https://${accountName}.blob.core.windows.net:443/${path}`,
    protocol: "HTTPS",
  };
}

function authorizationOf({ action, caller, error }: Call): JsonObject {
  const type = caller.kind === "user" ? "User" : "ServicePrincipal";
  return {
    action,
    principals: [{ id: caller.id, type }],
    result: error === undefined ? "Granted" : "Denied",
    reason: error === undefined ? "Policy" : "NotApplicable",
  };
}

function requesterOf({ caller }: Call): JsonObject {
  return {
    appId: caller.uniqueId,
    audience: "https://storage.azure.com/",
    objectId: caller.id,
    tenantId: caller.account,
    tokenIssuer: `https://sts.windows.net/${caller.account}/`,
    ...(caller.kind === "user" ? { upn: caller.name } : {}),
  };
}
