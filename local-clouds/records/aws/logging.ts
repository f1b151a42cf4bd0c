/** AWS's logging: trails for calls and sign-ins, flow logs for packets. */

import type { Logging } from "../logging.ts";
import { trailEvent, webIdentityEvent } from "./cloudtrail.ts";
import { flowLogToken, toFlowLogs } from "./flow-logs.ts";
import { bucketPolicyToken, toTrails, trailToken } from "./trails.ts";

export const awsLogging: Logging = {
  tokens: [trailToken, flowLogToken, bucketPolicyToken, "aws:organizations/account:Account"],
  sources: [trailToken, flowLogToken],
  calls: (routes, call) => toTrails(routes, trailEvent(call), call.at),
  signIns: (routes, signIn) => toTrails(routes, webIdentityEvent(signIn), signIn.at),
  flows: toFlowLogs,
};
