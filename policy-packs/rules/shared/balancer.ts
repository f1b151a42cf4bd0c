/** How load balancers of AWS speak: to their clients by listeners, to their targets by groups. */
import type { View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";

/** Policies that take nothing older than TLS 1.2. */
const newPolicies = /^ELBSecurityPolicy-(TLS13-1-[23]-|TLS-1-2-|FS-1-2-)/;

/** HTTP is what an application load balancer speaks where only a port is given. */
export function speaksHttp(inputs: View): boolean {
  const protocol = inputs.at("protocol").text();
  if (protocol !== undefined) return protocol === "HTTP";
  return inputs.at("port").state !== "absent" && inputs.at("targetType").text() !== "lambda";
}

/** Whether all that a listener does is refuse, or send clients to HTTPS. */
export function servesNothing(inputs: View): boolean {
  const actions = entriesOf(inputs.at("defaultActions"));
  return actions.length > 0 && actions.every(isHarmless);
}

function isHarmless(action: View): boolean {
  const type = action.at("type").text();
  if (type === "redirect") return action.at("redirect", "protocol").text() === "HTTPS";
  return type === "fixed-response";
}

/** Whether a listener speaks TLS by a policy, or by the lack of one, that takes TLS 1.0 or 1.1. */
export function takesOldTls(inputs: View): boolean {
  if (!["HTTPS", "TLS"].includes(inputs.at("protocol").text() ?? "")) return false;
  return !newPolicies.test(inputs.at("sslPolicy").text() ?? "");
}
