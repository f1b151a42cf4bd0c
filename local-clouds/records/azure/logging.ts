/** Azure's and Entra's logging: diagnostic settings for calls and sign-ins, flow logs for packets. */

import type { Logging } from "../logging.ts";
import { azureEvent } from "./activity.ts";
import { auditEvent, signInEvent } from "./directory.ts";
import { flowLogToken, toFlowLogs } from "./flow-logs.ts";
import { settingTokens, toSettings } from "./settings.ts";

const tokens = [...Object.values(settingTokens), flowLogToken];

export const azureLogging: Logging = {
  tokens,
  sources: tokens,
  calls: (routes, call) => {
    const event = call.cloud === "entra" ? auditEvent(call) : azureEvent(call);
    return event === undefined ? [] : toSettings(routes, event);
  },
  signIns: (routes, signIn) => toSettings(routes, signInEvent(signIn)),
  flows: toFlowLogs,
};
