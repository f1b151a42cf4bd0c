/**
 * Rules of firewall policies, hierarchical, global and regional alike.
 *
 * Cloud NGFW, "Firewall policy rules": the lowest priority number decides; `goto_next` hands the
 * packet to the next level. Targets are secure tags, service accounts or (hierarchical) networks.
 */

import type { JsonObject } from "../../../protocol/value.ts";
import { isPublic } from "../address.ts";
import { type Live, numberOf, objectOf, objectsOf, textOf, textsOf } from "../deployed.ts";
import { carries, inRanges, type Layer4, type Sight, senderByTag } from "./matching.ts";
import { sameLink } from "./networks.ts";

/** What a policy says: `undefined` action where nobody here can tell. */
export interface PolicyDecision {
  readonly action: "allow" | "deny" | "goto_next" | undefined;
  readonly rule: string;
}

/** The rule of a policy that decides; `undefined` if none matches. */
export function policyRule(rules: readonly Live[], sight: Sight): PolicyDecision | undefined {
  const ordered = rules
    .map(({ properties }) => properties)
    .filter((rule) => rule["disabled"] !== true && textOf(rule, "direction") === sight.direction)
    .sort((a, b) => priorityOf(a) - priorityOf(b));
  for (const rule of ordered) {
    const matched = isTarget(rule, sight) && matches(objectOf(rule, "match"), sight);
    if (matched === false) continue;
    const action = textOf(rule, "action") ?? "";
    const text = `rule ${priorityOf(rule)} ${action}`;
    if (matched === undefined) return { action: undefined, rule: `what ${text} matches` };
    if (action === "allow" || action === "deny" || action === "goto_next") {
      return { action, rule: text };
    }
    return { action: undefined, rule: `what the inspection of ${text} finds` };
  }
  return undefined;
}

function priorityOf(rule: JsonObject): number {
  return numberOf(rule, "priority") ?? 0;
}

function isTarget(rule: JsonObject, { own }: Sight): boolean {
  const tags = objectsOf(rule, "targetSecureTags").flatMap((tag) => textOf(tag, "name") ?? []);
  const accounts = textsOf(rule, "targetServiceAccounts");
  const networks = textsOf(rule, "targetResources");
  if (networks.length > 0 && !networks.some((one) => sameLink(one, own.network))) return false;
  if (tags.length > 0) return tags.some((tag) => own.secureTags.includes(tag));
  return accounts.length === 0 || accounts.some((account) => account === own.serviceAccount);
}

function matches(match: JsonObject, sight: Sight): boolean | undefined {
  if (!carries(layer4Of(match), sight.packet)) return false;
  const source = sourceMatches(match, sight);
  const destination = destinationMatches(match, sight);
  if (source === false || destination === false) return false;
  return source === true && destination === true ? true : undefined;
}

/** The sources of a rule are alternatives; a rule without sources means everybody. */
function sourceMatches(match: JsonObject, sight: Sight): boolean | undefined {
  const { packet } = sight;
  const tags = objectsOf(match, "srcSecureTags").flatMap((tag) => textOf(tag, "name") ?? []);
  const sender = senderByTag(sight);
  const byTag = tags.some((tag) => sender?.secureTags.includes(tag));
  const ranges = textsOf(match, "srcIpRanges");
  const byScope = scopeMatches(match, "src", isPublic(packet.source));
  if (byTag || inRanges(ranges, packet.source) || byScope === true) return true;
  if (isOpaque(match, "src") && isPublic(packet.source)) return undefined;
  return tags.length + ranges.length === 0 && byScope === undefined && !isOpaque(match, "src");
}

function destinationMatches(match: JsonObject, { packet }: Sight): boolean | undefined {
  const ranges = textsOf(match, "destIpRanges");
  const byScope = scopeMatches(match, "dest", isPublic(packet.destination));
  if (inRanges(ranges, packet.destination) || byScope === true) return true;
  if (isOpaque(match, "dest") && isPublic(packet.destination)) return undefined;
  return ranges.length === 0 && byScope === undefined && !isOpaque(match, "dest");
}

/** Network scope `INTERNET` or `NON_INTERNET`; `undefined` where the rule has none. */
function scopeMatches(match: JsonObject, side: "src" | "dest", fromInternet: boolean) {
  const scope = textOf(match, `${side}NetworkScope`) ?? textOf(match, `${side}NetworkContext`);
  if (scope === undefined) return undefined;
  return (scope === "INTERNET") === fromInternet;
}

/** Names, places and lists of threats, whose addresses are not in this world. */
function isOpaque(match: JsonObject, side: "src" | "dest"): boolean {
  return ["Fqdns", "RegionCodes", "ThreatIntelligences", "AddressGroups"].some(
    (kind) => textsOf(match, `${side}${kind}`).length > 0,
  );
}

function layer4Of(match: JsonObject): readonly Layer4[] {
  return objectsOf(match, "layer4Configs").map((entry) => ({
    protocol: textOf(entry, "ipProtocol") ?? "all",
    ports: textsOf(entry, "ports"),
  }));
}
