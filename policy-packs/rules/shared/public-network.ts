/** The property by which Azure's services take themselves off the public network. */
import type { Rule } from "../../../model/policy/rule.ts";
import type { View } from "../../../model/policy/view.ts";
import type { Demand } from "./flag-rule.ts";

/** What every rule about it says alike. */
export const publicNetwork: Pick<Rule, "why" | "severity" | "tenets" | "controls"> = {
  why: "Whoever has got hold of a key, a token or a flaw uses it from anywhere on the internet.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-3"],
};

export const publicNetworkFix =
  "Set publicNetworkAccess to Disabled, and let callers come by a private endpoint.";

/** All services are on the public network until they say otherwise. */
export function offPublicNetwork(
  path: Demand["path"] = ["publicNetworkAccess"],
  when?: Demand["when"],
): Demand {
  return {
    path,
    ...(when === undefined ? {} : { when }),
    holds: isOff,
    witness: "a request from 203.0.113.7 to the service's public name",
    good: "Disabled",
    bad: "Enabled",
  };
}

/** In a perimeter the perimeter's own rules say who gets in. */
function isOff(value: string | undefined): boolean {
  return /^(disabled|securedbyperimeter)$/i.test(value ?? "");
}

/** Whether the service says so at that place. */
export function isOffPublicNetwork(access: View): boolean {
  return isOff(access.text());
}
