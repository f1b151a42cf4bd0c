/**
 * What guardrails become in Azure: security admin rules, which are read before every security group.
 * A deny ends there, so no group undoes it. Whom a flow names that calls from outside is handed on
 * to the groups first (`Allow`), and they decide. Health probes come from the host's own address,
 * which belongs to `VirtualNetwork` ("Virtual network service tags"), so a deny for `Internet` is
 * none for them. `AlwaysAllow` would pass by the groups, which alone know who is a member.
 */
import { createHash } from "node:crypto";
import { commonPorts } from "../../../../model/base/layer4.ts";
import type { ParsedGuardrail } from "../../../../model/network/guardrails.ts";
import { parseGuardrails } from "../../../../model/network/guardrails.ts";
import type { NetworkIntent, PlaceIntent } from "../../../../model/network/intent.ts";
import type { LocalFlow } from "../../../../model/network/local-flows.ts";
import { declaredFlows, ofFamily, prefixesOf } from "../../../../model/network/local-flows.ts";
import { stableSlots } from "../../../../model/network/slots.ts";
import { adminRulesMax, azureFlowsMax } from "../limits.ts";
import { azureProtocolOf } from "../protocol.ts";

/** Somebody by address. */
export interface AzureAdminPeer {
  readonly addressPrefix: string;
  readonly addressPrefixType: "IPPrefix" | "ServiceTag";
}

/** One rule for what comes in. */
export interface AzureAdminRuleRecord {
  readonly name: string;
  /** Its name inside the collection. */
  readonly ruleName: string;
  readonly access: "Allow" | "Deny";
  readonly priority: number;
  readonly protocol: "Tcp" | "Udp" | "Icmp" | "Any";
  readonly destinationPortRanges: readonly string[];
  readonly sources: readonly AzureAdminPeer[];
  readonly destinations: readonly AzureAdminPeer[];
  readonly description: string;
}

/** The network manager with one configuration of one collection, for the place's network. */
export interface AzureGuardrailsRecord {
  /** Logical names. */
  readonly manager: string;
  readonly group: string;
  readonly member: string;
  readonly configuration: string;
  readonly collection: string;
  readonly commit: string;
  readonly rules: readonly AzureAdminRuleRecord[];
  /** Changes whenever a rule does: what is configured has an effect only once it is deployed. */
  readonly deployed: string;
}

/** Lowers the guardrails of one Azure place; the intent must have been checked. */
export function lowerGuardrails(
  base: string,
  intent: NetworkIntent,
  place: PlaceIntent,
): { readonly guardrails?: AzureGuardrailsRecord } {
  const guardrails = parseGuardrails(place);
  if (guardrails.length === 0) return {};
  const rules = [...exemptions(base, intent, place, guardrails), ...denies(base, guardrails)];
  return {
    guardrails: {
      manager: `${base}-manager`,
      group: `${base}-guarded`,
      member: `${base}-guarded-network`,
      configuration: `${base}-guardrails`,
      collection: `${base}-guardrails-all`,
      commit: `${base}-guardrails-deployed`,
      rules,
      deployed: createHash("sha256").update(JSON.stringify(rules)).digest("hex"),
    },
  };
}

/** Priorities: those below are free for people; exemptions stand before what they exempt from. */
const exemptionsFrom = 100;
const prioritiesPerFlow = 2;
const deniesFrom = exemptionsFrom + azureFlowsMax * prioritiesPerFlow;

/** One rule for each family: Azure takes no list that mixes them. */
function exemptions(
  base: string,
  intent: NetworkIntent,
  place: PlaceIntent,
  guardrails: readonly ParsedGuardrail[],
): AzureAdminRuleRecord[] {
  const flows = declaredFlows(intent, place).filter(
    ({ direction, peer, range }) =>
      direction === "in" &&
      peer.kind === "elsewhere" &&
      guardrails.some((guardrail) => commonPorts(guardrail.range, range) !== undefined),
  );
  const slots = stableSlots(
    flows.map(({ key }) => key),
    azureFlowsMax,
  );
  return flows.flatMap((flow) =>
    flow.families.flatMap((family, index): AzureAdminRuleRecord[] => {
      const sources = peerPrefixes(flow, family);
      const destinations = ofFamily(prefixesOf(intent, flow.segment, place.name), family);
      if (sources.length === 0 || destinations.length === 0) return [];
      const slot = slots.get(flow.key) ?? 0;
      const priority = exemptionsFrom + slot * prioritiesPerFlow + index;
      return [
        {
          name: `${base}-${flow.key}_exempt${family}`,
          ruleName: `exempt-${priority}`,
          access: "Allow",
          priority,
          ...adminProtocolOf(flow.range),
          sources: sources.map(prefix),
          destinations: destinations.map(prefix),
          description: flow.because,
        },
      ];
    }),
  );
}

function denies(base: string, guardrails: readonly ParsedGuardrail[]): AzureAdminRuleRecord[] {
  const slots = stableSlots(
    guardrails.map(({ key }) => key),
    adminRulesMax,
  );
  return guardrails.map(({ key, range, because }) => ({
    name: `${base}-deny-${key}`,
    ruleName: `deny-${key}`,
    access: "Deny",
    priority: deniesFrom + (slots.get(key) ?? 0),
    ...adminProtocolOf(range),
    sources: [{ addressPrefix: "Internet", addressPrefixType: "ServiceTag" }],
    destinations: [prefix("*")],
    description: because,
  }));
}

function peerPrefixes({ peer }: LocalFlow, family: 4 | 6): string[] {
  return "prefixes" in peer ? ofFamily(peer.prefixes, family) : [];
}

function prefix(addressPrefix: string): AzureAdminPeer {
  return { addressPrefix, addressPrefixType: "IPPrefix" };
}

/** Like a group's rule, in the words of admin rules. */
function adminProtocolOf(
  range: ParsedGuardrail["range"],
): Pick<AzureAdminRuleRecord, "protocol" | "destinationPortRanges"> {
  const { protocol, destinationPortRange: ports } = azureProtocolOf(range);
  return {
    protocol: protocol === "*" ? "Any" : protocol,
    destinationPortRanges: [ports === "*" ? "0-65535" : ports],
  };
}
