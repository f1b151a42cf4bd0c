/** The provider functions of azuread that the local clouds answer. */

import type { JsonObject } from "../../protocol/value.ts";
import type { InvokeCall, InvokeEntry } from "../../types/invoke.ts";
import type { Neighbour } from "../../types/resource.ts";
import { callerOf } from "./types/common.ts";

function clientConfig({ scope }: InvokeCall): JsonObject {
  const { clientId, objectId } = callerOf(scope.tenant, scope.config);
  return {
    id: `${scope.tenant}-${clientId}-${objectId}`,
    tenantId: scope.tenant,
    clientId,
    objectId,
  };
}

/** Looks an object up by the first of some properties that the call gives. */
function lookUp(
  token: string,
  kind: string,
  properties: readonly string[],
): (call: InvokeCall) => JsonObject {
  return (call) => {
    const property = properties.find((key) => typeof call.args[key] === "string");
    if (property === undefined) {
      return call.refuse({
        code: "InvalidArgument",
        says: `one of \`${properties.join(",")}\` must be specified`,
      });
    }
    const wanted = String(call.args[property]).toLowerCase();
    const fits = (one: Neighbour) => String(one.properties[property]).toLowerCase() === wanted;
    const found = call.all(token).filter(fits);
    if (found.length > 1) {
      return call.refuse({
        code: "ObjectConflict",
        says: `More than one ${kind} found with ${property}: ${wanted}`,
      });
    }
    return (
      found[0]?.properties ??
      call.refuse({
        code: "Request_ResourceNotFound",
        says: `No ${kind} found matching ${property}: ${wanted}`,
      })
    );
  };
}

/** Every function of azuread. */
export const azureadInvokes: readonly InvokeEntry[] = [
  { token: "azuread:index/getClientConfig:getClientConfig", run: clientConfig },
  {
    token: "azuread:index/getGroup:getGroup",
    run: lookUp("azuread:index/group:Group", "group", ["objectId", "displayName", "mailNickname"]),
  },
  {
    token: "azuread:index/getUser:getUser",
    run: lookUp("azuread:index/user:User", "user", [
      "objectId",
      "userPrincipalName",
      "mailNickname",
      "mail",
    ]),
  },
  {
    token: "azuread:index/getApplication:getApplication",
    run: lookUp("azuread:index/application:Application", "application", [
      "objectId",
      "clientId",
      "displayName",
    ]),
  },
  {
    token: "azuread:index/getServicePrincipal:getServicePrincipal",
    run: lookUp("azuread:index/servicePrincipal:ServicePrincipal", "service principal", [
      "objectId",
      "clientId",
      "displayName",
    ]),
  },
];
