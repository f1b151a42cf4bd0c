/**
 * Records of the directory as they are exported (Microsoft Entra, "Learn about the identity logs you can
 * stream to an endpoint"; Microsoft Graph, "signIn resource type", "directoryAudit resource type").
 */

import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../protocol/value.ts";
import type { Call } from "../call.ts";
import type { SignIn } from "../sign-in.ts";
import type { AzureEvent } from "./activity.ts";

/** Categories of sign-ins by who signs in. */
const signInCategories: Readonly<Record<string, string>> = {
  user: "SignInLogs",
  "service principal": "ServicePrincipalSignInLogs",
  "managed identity": "ManagedIdentitySignInLogs",
};

/** Result code of a sign-in that Conditional Access or the trust refused ("Microsoft Entra authentication and authorization error codes"). */
const refusedCode = 50105;

/** The event of a sign-in. */
export function signInEvent(signIn: SignIn): AzureEvent {
  const { caller, at, account, error, sourceIp, target } = signIn;
  const category = signInCategories[caller.kind] ?? "NonInteractiveUserSignInLogs";
  const id = randomUUID();
  const errorCode = error === undefined ? 0 : refusedCode;
  const isUser = caller.kind === "user";
  const record: JsonObject = {
    time: at.toISOString(),
    resourceId: `/tenants/${account}/providers/Microsoft.aadiam`,
    operationName: "Sign-in activity",
    operationVersion: "1.0",
    category,
    tenantId: account,
    resultType: String(errorCode),
    resultSignature: "None",
    ...(error === undefined ? {} : { resultDescription: error.message }),
    durationMs: 0,
    callerIpAddress: sourceIp,
    correlationId: randomUUID(),
    identity: caller.name,
    Level: 4,
    location: "",
    properties: {
      id,
      createdDateTime: at.toISOString(),
      ...(isUser
        ? {
            userDisplayName: caller.name,
            userPrincipalName: caller.name,
            userId: caller.id,
            isInteractive: true,
            clientAppUsed: "Browser",
          }
        : {
            servicePrincipalId: caller.id,
            servicePrincipalName: caller.name,
            servicePrincipalCredentialKeyId: "",
            federatedCredentialId: signIn.subject,
          }),
      appId: caller.uniqueId,
      appDisplayName: caller.name,
      ipAddress: sourceIp,
      status: { errorCode, ...(error === undefined ? {} : { failureReason: error.message }) },
      conditionalAccessStatus: error === undefined ? "notApplied" : "failure",
      resourceDisplayName: target,
      resourceId: target,
      riskLevelAggregated: "none",
      riskLevelDuringSignIn: "none",
      riskState: "none",
    },
  };
  return { category, scope: "tenant", record, account, resource: `/tenants/${account}`, at };
}

/** Names of activities in the audit log ("Microsoft Entra audit log activity reference"). */
const activities: Readonly<
  Record<string, readonly [category: string, activity: string, type: string]>
> = {
  "microsoft.directory/users/disable": ["UserManagement", "Disable account", "Update"],
  "microsoft.directory/users/enable": ["UserManagement", "Enable account", "Update"],
  "microsoft.directory/users/invalidateAllRefreshTokens": [
    "UserManagement",
    "Update StsRefreshTokenValidFrom Timestamp",
    "Update",
  ],
  "microsoft.directory/applications/credentials/update": [
    "ApplicationManagement",
    "Update application – Certificates and secrets management",
    "Update",
  ],
  "microsoft.directory/groups/members/update": ["GroupManagement", "Add member to group", "Assign"],
};

/** The audit event of a change in the directory; reads are in no log of it. */
export function auditEvent(call: Call): AzureEvent {
  const { action, at, account, error, sourceIp, caller, resource } = call;
  const [, kind = "", verb = ""] = action.split("/");
  const usual = ["DirectoryManagement", `${verb} ${kind}`, "Update"] as const;
  const [category, activity, type] = activities[action] ?? usual;
  const initiated =
    caller.kind === "user"
      ? { user: { id: caller.id, userPrincipalName: caller.name, ipAddress: sourceIp } }
      : {
          app: { servicePrincipalId: caller.id, displayName: caller.name, appId: caller.uniqueId },
        };
  const record: JsonObject = {
    time: at.toISOString(),
    resourceId: `/tenants/${account}/providers/Microsoft.aadiam`,
    operationName: activity,
    operationVersion: "1.0",
    category: "AuditLogs",
    tenantId: account,
    resultSignature: "None",
    resultType: error === undefined ? "Success" : "Failure",
    durationMs: 0,
    callerIpAddress: sourceIp,
    correlationId: randomUUID(),
    Level: 4,
    properties: {
      id: randomUUID(),
      category,
      correlationId: randomUUID(),
      result: error === undefined ? "success" : "failure",
      resultReason: error?.message ?? "",
      activityDisplayName: activity,
      activityDateTime: at.toISOString(),
      loggedByService: "Core Directory",
      operationType: type,
      initiatedBy: initiated,
      targetResources: [{ id: resource, displayName: null, type: kind, modifiedProperties: [] }],
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
