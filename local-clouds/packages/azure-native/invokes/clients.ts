/** Who runs the provider. */

import type { InvokeCall, InvokeEntry } from "../../../types/invoke.ts";
import { usualClientId } from "../types/common.ts";
import { keyFrom } from "./keys.ts";

/** The object id of whoever runs the provider without a configured identity. */
export const usualObjectId = "00000000-0000-4000-8000-00000000cafe";

function clientId({ scope }: InvokeCall): string {
  const configured = scope.config["clientId"];
  return typeof configured === "string" && configured !== "" ? configured : usualClientId;
}

/** The functions about the caller. */
export const clientInvokes: readonly InvokeEntry[] = [
  {
    token: "azure-native:authorization:getClientConfig",
    run: (call) => ({
      clientId: clientId(call),
      objectId: usualObjectId,
      subscriptionId: call.scope.account,
      tenantId: call.scope.tenant,
    }),
  },
  {
    // No token of a real directory: nobody but the local clouds would take it.
    token: "azure-native:authorization:getClientToken",
    run: (call) => ({ token: `local.${keyFrom(clientId(call), "token")}` }),
  },
];
