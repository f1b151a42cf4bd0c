/** Finds what the policies of a place's cluster could not hold or tell apart, before deployment. */
import type { Problem } from "../../../model/base/problem.ts";
import { checkNetworkIntent } from "../../../model/network/check-intent.ts";
import {
  clusterFlows,
  clusterSegments,
  workloadsOf,
} from "../../../model/network/cluster-flows.ts";
import { parseEnd } from "../../../model/network/ends.ts";
import { parseFlows } from "../../../model/network/flow-key.ts";
import type { NetworkIntent, PlaceIntent } from "../../../model/network/intent.ts";
import { closingPriority } from "./cluster-policies.ts";
import { lowerClusterSegmentation } from "./lower.ts";
import type { PolicyApi } from "./policy-api.ts";
import { policyApis } from "./policy-api.ts";
import { clusterPolicyFilters, networkPolicyFilters } from "./ports.ts";

/** A namespace is a DNS label (RFC 1123); so is a label's value, of which the longest is 63. */
const workloadPattern = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\/[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Problems of the cluster of one place; an empty list means that it can be lowered. */
export function checkClusterSegmentation(
  intent: NetworkIntent,
  place: PlaceIntent,
  policyApi?: PolicyApi,
): Problem[] {
  const problems = [...checkNetworkIntent(intent), ...checkPolicyApi(place, policyApi)];
  if (problems.length > 0) return problems;
  const unfit = [...checkWorkloads(intent, place), ...checkFlows(intent, place, policyApi)];
  return unfit.length > 0 ? unfit : checkPriorities(intent, place, policyApi);
}

function checkPolicyApi({ name }: PlaceIntent, policyApi: PolicyApi | undefined): Problem[] {
  if (policyApi === undefined || policyApis.includes(policyApi)) return [];
  return [
    {
      code: "input-unknown",
      place: `clusters.${name}.policyApi`,
      got: JSON.stringify(policyApi),
      allowed: policyApis.join(", "),
      next: "Name the API that the cluster's network plugin brings, or leave it out.",
    },
  ];
}

function checkWorkloads(intent: NetworkIntent, place: PlaceIntent): Problem[] {
  return clusterSegments(intent, place).flatMap((segment) =>
    workloadsOf(segment)
      .map(({ namespace, name }) => `${namespace}/${name}`)
      .filter((workload) => !workloadPattern.test(workload))
      .map((workload) => ({
        code: "input-type",
        place: `segments.${segment.name}.members`,
        got: JSON.stringify(workload),
        allowed: "namespace/name, each of small letters, digits and dashes",
        next: "Name the namespace of the workload, and its pods' label `app`.",
      })),
  );
}

/** Flows with an end at a workload of the cluster. */
function checkFlows(
  intent: NetworkIntent,
  place: PlaceIntent,
  policyApi: PolicyApi | undefined,
): Problem[] {
  const tiers = policyApi !== undefined;
  const keys = new Set(clusterFlows(intent, place).least.map(({ key }) => key));
  const holders = intent.segments.flatMap(({ name, holdsPods }) => (holdsPods ? [name] : []));
  return parseFlows(intent).flatMap((flow, index) => {
    if (!keys.has(flow.key)) return [];
    const problems: Problem[] = [];
    if (!networkPolicyFilters(flow.range) || (tiers && !clusterPolicyFilters(flow.range))) {
      problems.push({
        code: "port-invalid",
        place: `flows[${index}].ports`,
        got: JSON.stringify(flow.ports),
        allowed: tiers
          ? `what ${policyApi} can say: any, or tcp, udp and sctp with ports, 1-65535 at most`
          : "what NetworkPolicies can say: any, tcp, udp and sctp, ports from 1 on",
        next: "Write all ports of a protocol as tcp/1-65535; of ICMP no policy can speak.",
      });
    }
    const ends = [flow.from, flow.to].map(parseEnd);
    const holder = ends.find(
      ({ name, place: at = place.name }) => holders.includes(name) && at === place.name,
    );
    if (holder !== undefined) {
      problems.push({
        code: "input-type",
        place: `flows[${index}]`,
        got: `${flow.from} to ${flow.to}`,
        allowed: "workloads together with segments that do not hold all pods of the place",
        next: `Name the workloads of ${holder.name} in a segment of their own.`,
      });
    }
    return problems;
  });
}

function checkPriorities(
  intent: NetworkIntent,
  place: PlaceIntent,
  policyApi: PolicyApi | undefined,
): Problem[] {
  const { clusterPolicies } = lowerClusterSegmentation(intent, place, policyApi);
  const before = clusterPolicies.filter(
    ({ spec }) => Number(spec?.["priority"]) >= closingPriority,
  );
  // The policy that closes has the last one.
  if (before.length <= 1) return [];
  return [
    {
      code: "limit-reached",
      place: "flows",
      got: `${before.length - 1} policies too many`,
      allowed: `${closingPriority} policies of one segment, with a priority each`,
      next: "Join flows that share their ends into one range of ports, or split the segment.",
    },
  ];
}
