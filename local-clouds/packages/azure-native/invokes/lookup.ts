/** Finding the resource that a function's arguments name. */

import type { InvokeCall } from "../../../types/invoke.ts";
import type { Neighbour } from "../../../types/resource.ts";
import { type ArmEntry, groupId, groupToken, isArm } from "../types/arm.ts";
import { nameOf } from "../types/common.ts";
import { azureNativeTypes } from "../types/index.ts";

/** The resource of a token that the arguments name; refuses the call as Azure does where there is none. */
export function demand(call: InvokeCall, token: string): Neighbour {
  const entry = azureNativeTypes.find((one) => one.token === token);
  if (entry === undefined || !isArm(entry)) throw new RangeError(`no path to ${token}`);
  return demandOf(call, entry);
}

/** Like {@link demand}, for an entry at hand. */
export function demandOf(call: InvokeCall, entry: ArmEntry): Neighbour {
  const group = call.args["resourceGroupName"];
  if (typeof group === "string") demandGroup(call, group);
  const id = entry.idFrom(call.scope.account, (input) => String(call.args[input] ?? ""));
  const found = call.find(entry.token, id);
  if (found !== undefined) return found;
  return call.refuse({
    code: "ResourceNotFound",
    says: `The Resource '${entry.armType}/${nameOf(id)}' under resource group '${String(group ?? "<null>")}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  });
}

/** A resource group of the provider's subscription. */
export function demandGroup(call: InvokeCall, name: string): Neighbour {
  const found = call.find(groupToken, groupId(call.scope.account, name));
  if (found !== undefined) return found;
  return call.refuse({
    code: "ResourceGroupNotFound",
    says: `Resource group '${name}' could not be found.`,
  });
}
