/**
 * Records of the directory as they are exported (Microsoft Entra, "Interpret the Microsoft Entra sign-in logs schema in Azure Monitor",
 * "Interpret the audit logs schema in Azure Monitor"; Microsoft Graph, "signIn resource type", "directoryAudit resource type").
 */

import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../protocol/value.ts";
import type { Call, Caller } from "../call.ts";
import type { SignIn } from "../sign-in.ts";
import { activityOf } from "./activities.ts";
import type { AzureEvent } from "./activity.ts";
import { offsetText, ticksText } from "./time.ts";

/** Categories of sign-ins by who signs in. */
const signInCategories: Readonly<Record<string, string>> = {
  user: "SignInLogs",
  "service principal": "ServicePrincipalSignInLogs",
  "managed identity": "ManagedIdentitySignInLogs",
};

/** Result code of a sign-in that Conditional Access or the trust refused ("Microsoft Entra authentication and authorization error codes"). */
const refusedCode = 50105;

/** What stands around the properties in both logs. */
function around(at: Date, tenant: string, category: string, correlationId: string, ip: string) {
  return {
    time: ticksText(at),
    resourceId: `/tenants/${tenant}/providers/Microsoft.aadiam`,
    operationVersion: "1.0",
    category,
    tenantId: tenant,
    resultSignature: "None",
    durationMs: 0,
    callerIpAddress: ip,
    correlationId,
  };
}

/** The event of a sign-in. */
export function signInEvent(signIn: SignIn): AzureEvent {
  const { caller, at, account, error, sourceIp } = signIn;
  const category = signInCategories[caller.kind] ?? "NonInteractiveUserSignInLogs";
  const correlationId = randomUUID();
  const errorCode = error === undefined ? 0 : refusedCode;
  const record: JsonObject = {
    ...around(at, account, category, correlationId, sourceIp),
    operationName: "Sign-in activity",
    resultType: String(errorCode),
    ...(error === undefined ? {} : { resultDescription: error.message }),
    identity: caller.name,
    Level: 4,
    location: "",
    properties: {
      ...signInProperties(signIn, correlationId),
      ...(caller.kind === "user" ? ofUser(caller) : ofPrincipal(caller)),
      status: { errorCode, ...(error === undefined ? {} : { failureReason: error.message }) },
      conditionalAccessStatus: error === undefined ? "notApplied" : "failure",
    },
  };
  return { category, scope: "tenant", record, account, resource: `/tenants/${account}`, at };
}

function signInProperties(signIn: SignIn, correlationId: string): JsonObject {
  const { caller, at, account, sourceIp, target } = signIn;
  return {
    id: randomUUID(),
    createdDateTime: offsetText(at),
    appId: caller.uniqueId,
    appDisplayName: caller.name,
    ipAddress: sourceIp,
    location: { city: "", state: "", countryOrRegion: "" },
    correlationId,
    appliedConditionalAccessPolicies: [],
    originalRequestId: correlationId,
    authenticationProcessingDetails: [],
    networkLocationDetails: [],
    processingTimeInMilliseconds: 0,
    riskDetail: "none",
    riskLevelAggregated: "none",
    riskLevelDuringSignIn: "none",
    riskState: "none",
    riskEventTypes: [],
    riskEventTypes_v2: [],
    resourceDisplayName: target,
    resourceId: target,
    resourceTenantId: account,
    homeTenantId: account,
    tokenIssuerName: "",
    tokenIssuerType: "AzureAD",
  };
}

function ofUser(caller: Caller): JsonObject {
  return {
    userDisplayName: caller.name,
    userPrincipalName: caller.name,
    userId: caller.id,
    isInteractive: true,
    clientAppUsed: "Browser",
    deviceDetail: { deviceId: "", operatingSystem: "", browser: "" },
    userType: "Member",
    servicePrincipalId: "",
  };
}

/** Which credential was used is told by its id, which a token does not carry. */
function ofPrincipal(caller: Caller): JsonObject {
  return {
    servicePrincipalId: caller.id,
    servicePrincipalName: caller.name,
    servicePrincipalCredentialKeyId: "",
    federatedCredentialId: "",
  };
}

/** The audit event of a change in the directory; reads are in no log of it. */
export function auditEvent(call: Call): AzureEvent {
  const { action, at, account, error, sourceIp, caller, resource } = call;
  const { name, category, operationType, target } = activityOf(action);
  const correlationId = randomUUID();
  const record: JsonObject = {
    ...around(at, account, "AuditLogs", correlationId, sourceIp),
    operationName: name,
    resultType: error === undefined ? "Success" : "Failure",
    resultDescription: error?.message ?? "",
    identity: caller.name,
    level: "Informational",
    properties: {
      id: `Directory_${randomUUID()}`,
      category,
      correlationId,
      result: error === undefined ? "success" : "failure",
      resultReason: error?.message ?? "",
      activityDisplayName: name,
      activityDateTime: offsetText(at),
      loggedByService: "Core Directory",
      operationType,
      initiatedBy: initiatorOf(caller, sourceIp),
      targetResources: [{ id: resource, displayName: null, type: target, modifiedProperties: [] }],
      additionalDetails: [],
    },
  };
  return {
    category: "AuditLogs",
    scope: "tenant",
    record,
    account,
    resource: `/tenants/${account}`,
    at,
  };
}

/** Of user and app one is told ("auditActivityInitiator resource type"). */
function initiatorOf({ kind, id, name, uniqueId }: Caller, ipAddress: string): JsonObject {
  if (kind === "user")
    return { user: { id, displayName: null, userPrincipalName: name, ipAddress, roles: [] } };
  return {
    app: { appId: uniqueId, displayName: name, servicePrincipalId: id, servicePrincipalName: null },
  };
}
