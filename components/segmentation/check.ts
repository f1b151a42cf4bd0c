/** Finds what a cloud of the intent could not hold or tell apart, before anything is deployed. */
import type { PortRange } from "../../model/base/layer4.ts";
import type { Problem } from "../../model/base/problem.ts";
import { checkNetworkIntent } from "../../model/network/check-intent.ts";
import { parseFlows } from "../../model/network/flow-key.ts";
import { parseGuardrails } from "../../model/network/guardrails.ts";
import type { Cloud, NetworkIntent, PlaceIntent } from "../../model/network/intent.ts";
import { adminRulesMax, azureFlowsMax } from "./azure/limits.ts";
import { azureFilters } from "./azure/protocol.ts";
import { countRules } from "./count-rules.ts";
import { gcpFlowsMax } from "./gcp/lower.ts";
import { lowerSegmentation } from "./plan.ts";

/** What a cloud's filters can express and hold. */
interface Ability {
  readonly filters: (range: PortRange) => boolean;
  readonly says: string;
  /** Longest description of a rule in characters; undefined where the vendor names no limit. */
  readonly descriptionCharactersMax?: number;
  readonly descriptionPattern?: RegExp;
  /** Flows for which there are priorities; undefined where rules have none. */
  readonly flowsMax?: number;
}

const abilities: Record<Cloud, Ability> = {
  // EC2 API, IpRange.
  aws: {
    filters: (range) => range.protocol !== "sctp" || (range.from === 0 && range.to === 65535),
    says: "tcp and udp with ports, sctp without, icmp, icmp6, any",
    descriptionCharactersMax: 255,
    descriptionPattern: /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]*$/,
  },
  // Azure REST API, SecurityRule.
  azure: {
    filters: azureFilters,
    says: "tcp, udp, icmp, any",
    descriptionCharactersMax: 140,
    flowsMax: azureFlowsMax,
  },
  gcp: { filters: () => true, says: "everything", flowsMax: gcpFlowsMax },
};

/** Problems of the intent as a whole; an empty list means that every place can be lowered. */
export function checkSegmentation(intent: NetworkIntent): Problem[] {
  const problems = checkNetworkIntent(intent);
  // What is no intent cannot be lowered, so limits can only be proved once it is one.
  if (problems.length > 0) return problems;
  return intent.places.flatMap((place) => {
    const unfit = [
      ...checkFlowCount(intent, place),
      ...checkFlows(intent, place),
      ...checkGuardrails(intent, place),
    ];
    const lowers = !unfit.some(({ place: at }) => unlowered.test(at));
    return lowers ? [...unfit, ...checkQuota(intent, place)] : unfit;
  });
}

/** Where a problem stands with which nothing can be lowered, nor counted. */
const unlowered = /^flows$|\.(ports|deny|guardrails)$/;

function checkFlowCount({ flows }: NetworkIntent, place: PlaceIntent): Problem[] {
  const max = abilities[place.cloud].flowsMax;
  if (max === undefined || flows.length <= max) return [];
  return [
    {
      code: "limit-reached",
      place: "flows",
      got: `${flows.length} flows`,
      allowed: `at most ${max} in ${place.cloud}, whose rules need priorities of their own`,
      next: "Join flows that share their ends into one range of ports.",
    },
  ];
}

function checkFlows(intent: NetworkIntent, place: PlaceIntent): Problem[] {
  return parseFlows(intent).flatMap(({ range, ports, because }, index) => [
    ...checkFiltered(range, ports, `flows[${index}].ports`, place),
    ...checkReason(because, `flows[${index}].because`, place),
  ]);
}

function checkFiltered(range: PortRange, got: string, at: string, place: PlaceIntent): Problem[] {
  const ability = abilities[place.cloud];
  if (ability.filters(range)) return [];
  return [
    {
      code: "port-invalid",
      place: at,
      got: JSON.stringify(got),
      allowed: `what ${place.cloud} can filter in place ${place.name}: ${ability.says}`,
      next: "Widen it knowingly, or keep the traffic out of this place.",
    },
  ];
}

function checkGuardrails({ places }: NetworkIntent, place: PlaceIntent): Problem[] {
  const list = `places[${places.indexOf(place)}].guardrails`;
  const all = parseGuardrails(place);
  if (all.length > adminRulesMax) {
    return [
      {
        code: "limit-reached",
        place: list,
        got: `${all.length} guardrails`,
        allowed: `at most ${adminRulesMax}, as admin rules of a network manager are`,
        next: "Join neighbouring ports into ranges.",
      },
    ];
  }
  return all.flatMap(({ range, deny, because }, index) => [
    ...checkFiltered(range, deny, `${list}[${index}].deny`, place),
    ...checkReason(because, `${list}[${index}].because`, place),
  ]);
}

function checkReason(reason: string, at: string, place: PlaceIntent): Problem[] {
  const { descriptionCharactersMax: charactersMax, descriptionPattern } = abilities[place.cloud];
  const problems: Problem[] = [];
  if (charactersMax !== undefined && reason.length > charactersMax) {
    problems.push({
      code: "limit-reached",
      place: at,
      got: `${reason.length} characters`,
      allowed: `at most ${charactersMax} characters, the description of a rule in ${place.cloud}`,
      next: "Say it shorter; the sentence stands in every rule made from the flow.",
    });
  }
  if (descriptionPattern !== undefined && !descriptionPattern.test(reason)) {
    problems.push({
      code: "input-type",
      place: at,
      got: JSON.stringify(reason),
      allowed: `letters a-z, digits, spaces and ._-:/()#,@[]+=&;{}!$*, as ${place.cloud} demands`,
      next: "Write the reason without quotes and accents.",
    });
  }
  return problems;
}

function checkQuota(intent: NetworkIntent, place: PlaceIntent): Problem[] {
  return countRules(lowerSegmentation("", intent, place))
    .filter(({ rules, max }) => rules > max)
    .map(({ segment, of, rules, max, holder }) => ({
      code: "limit-reached",
      place: `places.${place.name}.${segment}`,
      got: `${rules} ${of}`,
      allowed: `at most ${max} in ${holder}`,
      next: "Join flows that share their ends into one range of ports, or split the segment.",
    }));
}
