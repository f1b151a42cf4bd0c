/**
 * Cloud Armor at a proxy (Cloud Armor, "Security policy overview", "Rule evaluation order"): the lowest
 * priority number that matches decides; rules by address are read, those by expression are not.
 */

import { holds } from "../../address.ts";
import {
  type Deployed,
  type Live,
  numberOf,
  objectOf,
  objectsOf,
  textOf,
  textsOf,
} from "../../deployed.ts";
import type { Packet } from "../../packet.ts";
import { cannotTell, drops, passes, type Stage, type Walk } from "../../walk.ts";
import { byLink } from "../networks.ts";
import { gcp } from "../tokens.ts";

const stage: Stage = {
  stage: "Cloud Armor",
  document: "Cloud Armor: Security policy overview, Rule evaluation order",
};

/** Whether the policy of a backend service lets a client's requests in. */
export function* armor(deployed: Deployed, service: Live, packet: Packet): Walk {
  const policy = byLink(deployed, textOf(service.properties, "securityPolicy"), gcp.securityPolicy);
  if (policy === undefined) return;
  const rules = objectsOf(policy.properties, "rules")
    .filter((rule) => rule["preview"] !== true)
    .sort((a, b) => (numberOf(a, "priority") ?? 0) - (numberOf(b, "priority") ?? 0));
  for (const rule of rules) {
    const name = `rule ${String(rule["priority"])} ${String(rule["action"])}`;
    const match = objectOf(rule, "match");
    const ranges = textsOf(objectOf(match, "config"), "srcIpRanges");
    if (ranges.length === 0) {
      yield cannotTell(stage, policy.id, `which requests the expression of ${name} matches`);
    }
    if (!ranges.some((range) => range === "*" || holds(range, packet.source))) continue;
    if (rule["action"] === "allow") yield passes(stage, policy.id, name);
    else if (String(rule["action"]).startsWith("deny")) yield drops(stage, policy.id, name);
    else yield cannotTell(stage, policy.id, `what ${name} makes of the requests`);
    return;
  }
}
