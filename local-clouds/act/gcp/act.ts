/** An action in Google Cloud, named by the permission that it needs. */

import type { GcpPrincipal } from "../../probe/token/gcp/principal.ts";
import type { LiveWorld } from "../../probe/token/live.ts";
import type { Acting } from "../acting.ts";
import type { Question } from "../question.ts";
import { gcpCaller } from "./actor.ts";
import { decideGcp } from "./decide.ts";
import { gcpChange } from "./deeds.ts";
import { gcpResource } from "./resource.ts";

/** Looks at everything that an action in Google Cloud needs; nothing is changed yet. */
export function actInGcp(
  live: LiveWorld,
  principal: GcpPrincipal,
  question: Question,
  nowSeconds: number,
): Acting {
  const resource = gcpResource(live, question.resource);
  const { action } = question;
  const check = decideGcp(live, principal, resource, action, nowSeconds);
  return {
    cloud: "gcp",
    as: principal.name,
    caller: gcpCaller(live, principal),
    resource: resource.name,
    account: resource.project,
    region: resource.live?.region ?? "",
    check,
    change: () => gcpChange(action, { live, resource, with: question.with }),
    request: question.with,
    // google.rpc.Code 7 (API design guide, "Errors").
    refusal: {
      code: "7",
      message: `Permission '${action}' denied on resource '${resource.name}' (or it may not exist).`,
    },
  };
}
