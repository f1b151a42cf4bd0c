/** `getX` of every type X: what a program reads of a resource that somebody else made. */

import type { InvokeEntry } from "../../../types/invoke.ts";
import type { TypeEntry } from "../../../types/type.ts";
import { type ArmEntry, isArm } from "../types/arm.ts";
import { azureNativeTypes } from "../types/index.ts";
import { demandGroup, demandOf } from "./lookup.ts";

const resourceGroup: InvokeEntry = {
  token: "azure-native:resources:getResourceGroup",
  run: (call) => demandGroup(call, String(call.args["resourceGroupName"])).properties,
};

function getter(entry: ArmEntry): InvokeEntry {
  return {
    token: entry.token.replace(/:(\w+)$/, ":get$1"),
    run: (call) => demandOf(call, entry).properties,
  };
}

/** Settings that hold secrets are read by a `list…` function alone. */
const listed = [
  "ApplicationSettings",
  "ApplicationSettingsSlot",
  "ConnectionStrings",
  "AuthSettingsV2",
].map((settings) => `azure-native:web:WebApp${settings}`);

/** Types of the provider's own making are not in the API: nothing reads them by name. */
function isRead(entry: TypeEntry): entry is ArmEntry {
  return (
    isArm(entry) &&
    entry.outputs?.["azureApiVersion"] !== undefined &&
    !listed.includes(entry.token)
  );
}

/** The functions that read resources. */
export const getters: readonly InvokeEntry[] = [
  resourceGroup,
  ...azureNativeTypes.filter(isRead).map(getter),
];
