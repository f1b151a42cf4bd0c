/** AWS's logging: trails for calls and sign-ins, flow logs for packets. */

import { textAt } from "../../probe/token/live.ts";
import { revealObject } from "../../protocol/value.ts";
import type { World } from "../../world/world.ts";
import type { Logging } from "../logging.ts";
import { trailEvents, webIdentityEvent } from "./cloudtrail.ts";
import { flowLogToken, toFlowLogs } from "./flow-logs.ts";
import { bucketPolicyToken, toTrails, trailToken } from "./trails.ts";

export const awsLogging: Logging = {
  tokens: [trailToken, flowLogToken, bucketPolicyToken, "aws:organizations/account:Account"],
  sources: [trailToken, flowLogToken],
  calls: (routes, call) => trailEvents(call).flatMap((event) => toTrails(routes, event, call.at)),
  signIns: (routes, signIn) => {
    const event = webIdentityEvent(signIn, uniqueIdOf(routes.world, signIn.target));
    return toTrails(routes, event, signIn.at);
  },
  flows: toFlowLogs,
};

/** The unchanging id of a role, by its ARN. */
function uniqueIdOf(world: World, arn: string): string {
  const role = world
    .ofToken("aws:iam/role:Role", { account: arn.split(":")[4] ?? "" })
    .map(({ outputs, id }) => revealObject(outputs, id))
    .find((outputs) => textAt(outputs, "arn") === arn);
  return textAt(role, "uniqueId");
}
