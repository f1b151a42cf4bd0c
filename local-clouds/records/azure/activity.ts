/**
 * Activity log records as they are exported (Azure Monitor, "Azure activity log event schema: Schema from
 * storage account and event hubs").
 */

import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../protocol/value.ts";
import type { Call, CallError, Caller } from "../call.ts";
import { dataEvent, identityClaims } from "./resource-logs.ts";
import { ticksText } from "./time.ts";

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

/** The event of a call; `undefined` for what no log tells: the activity log has no reads ("Azure activity log"). */
export function azureEvent(call: Call): AzureEvent | undefined {
  const { action, account, resource, at } = call;
  const data = dataEvent(call);
  if (data !== undefined) return { scope: "resource", account, at, ...data };
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

/** The mapping of the schema says what is `Administrative`, `0` and so on always. */
function activityRecord(call: Call): JsonObject {
  const { action, resource, at, error, sourceIp, request } = call;
  return {
    time: ticksText(at),
    resourceId: resource.toUpperCase(),
    operationName: action.toUpperCase(),
    category: "Administrative",
    resultType: error === undefined ? "Success" : "Failure",
    resultSignature: `${error === undefined ? "Succeeded" : "Failed"}.${error === undefined ? "" : statusOf(error)}`,
    durationMs: 0,
    callerIpAddress: sourceIp,
    correlationId: randomUUID(),
    identity: { authorization: authorizationOf(call), claims: claimsOf(call.caller, sourceIp, at) },
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

function authorizationOf({ resource, action, grounds = {}, caller }: Call): JsonObject {
  return {
    scope: resource,
    action,
    evidence: {
      role: grounds["role"] ?? "",
      roleAssignmentScope: grounds["scope"] ?? "",
      principalId: caller.id.replaceAll("-", ""),
      principalType: caller.kind === "user" ? "User" : "ServicePrincipal",
    },
  };
}

function statusOf({ code }: CallError): string {
  if (code === "ScopeLocked") return "Conflict";
  return code === "AuthorizationFailed" ? "Forbidden" : code;
}

/** How long an access token for ARM lasts (Microsoft identity platform, "Access token lifetime"), in seconds. */
const tokenSeconds = 3600;

/** Claims of the caller's token under the names that ARM writes; numbers are texts there. */
function claimsOf({ id, name, account, uniqueId, kind }: Caller, ip: string, at: Date): JsonObject {
  const seconds = Math.floor(at.getTime() / 1000);
  const schemas = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims";
  return {
    aud: "https://management.core.windows.net/",
    iss: `https://sts.windows.net/${account}/`,
    iat: String(seconds),
    nbf: String(seconds),
    exp: String(seconds + tokenSeconds),
    ver: "1.0",
    ipaddr: ip,
    [`${identityClaims}/objectidentifier`]: id,
    [`${identityClaims}/tenantid`]: account,
    ...(kind === "user"
      ? { name, [`${schemas}/upn`]: name, [`${schemas}/name`]: name }
      : { appid: uniqueId, idtyp: "app" }),
  };
}
