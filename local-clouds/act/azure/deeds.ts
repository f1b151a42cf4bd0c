/** What actions change in Azure and Entra (Azure REST API reference; Microsoft Graph API reference). */

import { randomUUID } from "node:crypto";
import { BadRequest, Refused } from "../../lifecycle/session.ts";
import { isObject, type Live, type LiveWorld, textAt } from "../../probe/token/live.ts";
import type { JsonObject, ValueObject } from "../../protocol/value.ts";
import { answers, type Change, removes, sets } from "../change.ts";
import { isDataAction } from "./role-definitions.ts";

/** An allowed call. */
export interface AzureCall {
  readonly live: LiveWorld;
  /** ARM id, or object id. */
  readonly id: string;
  readonly target: Live | undefined;
  readonly subscription: string;
  readonly tenant: string;
  readonly with: JsonObject;
}

type Deed = (call: AzureCall) => Change;

/** The change that a call makes; `undefined` where that is not known. */
export function azureChange(action: string, call: AzureCall): Change | undefined {
  const found = Object.keys(deeds).find((name) => name.toLowerCase() === action.toLowerCase());
  const deed = found === undefined ? undefined : deeds[found];
  if (deed !== undefined) return deed(call);
  if (/\/(read|\w*standard\/read)$/i.test(action) || /\/(list\w*|get\w*)\/action$/i.test(action))
    return answers();
  // What lies in a container, a queue or a vault is not of this world.
  if (isDataAction(action)) return answers();
  if (call.target === undefined) return undefined;
  // ARM's own pattern: DELETE removes what its id names, PATCH puts properties in place of what is there.
  if (/\/delete$/i.test(action)) return removes(call.target);
  return /\/write$/i.test(action) ? patched(call.target, call.with) : undefined;
}

/** Settings lie under `properties` or at the top, as the type has it. */
function patched(target: Live, given: JsonObject): Change {
  const inner = given["properties"];
  const changes = isObject(inner) && !("properties" in target.properties) ? inner : given;
  if (Object.keys(changes).length === 0)
    throw new BadRequest("the call needs --with and what to change");
  return sets(target, changes);
}

function param(call: AzureCall, key: string): string {
  const text = textAt(call.with, key) || textAt(call.with, `properties.${key}`);
  if (text !== "") return text;
  throw new BadRequest(`the call needs --with '{"${key}": …}'`);
}

function demanded({ target, id }: AzureCall): Live {
  if (target !== undefined) return target;
  throw new Refused("ResourceNotFound", `The Resource ${id} was not found.`);
}

function creates(
  call: AzureCall,
  token: string,
  name: string,
  inputs: ValueObject,
  shows = {},
): Change {
  const { tenant, subscription } = call;
  const config = token.startsWith("azuread:")
    ? { tenantId: tenant }
    : { subscriptionId: subscription, tenantId: tenant };
  return { kind: "create", token, name, inputs, config, shows };
}

const group = (id: string) => /\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? "";
const leaf = (id: string) => id.slice(id.lastIndexOf("/") + 1);

/** Azure looks the principal up where the caller does not say what it is. */
function typeOf(call: AzureCall): string {
  const id = param(call, "principalId");
  const found = call.live
    .of("azuread:index/user:User", "azuread:index/group:Group")
    .find(({ properties }) => textAt(properties, "objectId") === id);
  if (found === undefined) return "ServicePrincipal";
  return found.token === "azuread:index/user:User" ? "User" : "Group";
}

const deeds: Readonly<Record<string, Deed>> = {
  "Microsoft.Authorization/roleAssignments/write": (call) =>
    creates(
      call,
      "azure-native:authorization:RoleAssignment",
      "assignment",
      {
        scope: call.id,
        // The name of an assignment is a GUID that the caller chooses.
        roleAssignmentName: randomUUID(),
        principalId: param(call, "principalId"),
        principalType: textAt(call.with, "principalType") || typeOf(call),
        roleDefinitionId: param(call, "roleDefinitionId"),
      },
      { id: "id" },
    ),
  "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write": (call) =>
    creates(call, "azure-native:managedidentity:FederatedIdentityCredential", param(call, "name"), {
      resourceGroupName: group(call.id),
      resourceName: leaf(demanded(call).id),
      federatedIdentityCredentialResourceName: param(call, "name"),
      issuer: param(call, "issuer"),
      subject: param(call, "subject"),
      audiences: ["api://AzureADTokenExchange"],
    }),
  "Microsoft.Network/networkSecurityGroups/securityRules/write": (call) =>
    creates(call, "azure-native:network:SecurityRule", leaf(call.id), {
      resourceGroupName: group(call.id),
      networkSecurityGroupName: /networkSecurityGroups\/([^/]+)/i.exec(call.id)?.[1] ?? "",
      securityRuleName: leaf(call.id),
      ...call.with,
    }),
  "Microsoft.Compute/snapshots/write": (call) =>
    creates(
      call,
      "azure-native:compute:Snapshot",
      leaf(call.id),
      {
        resourceGroupName: group(call.id),
        snapshotName: leaf(call.id),
        location: param(call, "location"),
        creationData: { createOption: "Copy", sourceResourceId: param(call, "sourceResourceId") },
        incremental: true,
      },
      { id: "id" },
    ),
  // A time-limited link to the data: nothing in the world shows it.
  "Microsoft.Compute/snapshots/beginGetAccess/action": (call) =>
    answers({ access: demanded(call).id }),
  "Microsoft.Compute/virtualMachines/runCommand/action": () => answers(),
  "microsoft.directory/users/disable": (call) => sets(demanded(call), { accountEnabled: false }),
  "microsoft.directory/users/enable": (call) => sets(demanded(call), { accountEnabled: true }),
  // revokeSignInSessions has no property that a resource of the world shows.
  "microsoft.directory/users/invalidateAllRefreshTokens": () => answers(),
  "microsoft.directory/applications/credentials/update": (call) =>
    creates(
      call,
      "azuread:index/applicationPassword:ApplicationPassword",
      "password",
      { applicationId: demanded(call).id },
      { keyId: "keyId" },
    ),
  "microsoft.directory/groups/members/update": (call) =>
    creates(call, "azuread:index/groupMember:GroupMember", "member", {
      groupObjectId: textAt(demanded(call).properties, "objectId"),
      memberObjectId: param(call, "memberObjectId"),
    }),
};
