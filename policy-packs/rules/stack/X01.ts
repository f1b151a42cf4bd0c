/**
 * From the internet to data over what can be taken over on the way. Who may read the data in whose
 * name is not asked here: the path of packets alone.
 */
import { formatAddress } from "../../../model/base/address.ts";
import { intervalSet, subtract } from "../../../model/base/interval-set.ts";
import { formatSelector } from "../../../model/base/layer4.ts";
import { unroutedAddresses } from "../../../model/base/special-addresses.ts";
import type { Endpoint, Topology, UnknownInput } from "../../../model/network/topology.ts";
import type { PacketEnd } from "../../../model/network/walk.ts";
import { unplannedName } from "../../../model/policy/gap.ts";
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { distinct } from "../../../model/reach/compare.ts";
import { computeReach } from "../../../model/reach/reach.ts";
import { machines } from "../../lift/aws/endpoint-machines.ts";
import { stores } from "../../lift/aws/endpoint-stores.ts";
import { azureTypes } from "../../lift/azure/types.ts";
import { gcpTypes } from "../../lift/gcp/types.ts";
import { liftNetwork } from "../../lift/network.ts";
import { pathExamples } from "../shared/attack-path-examples.ts";
import type { AttackPath, Hop, Part, Search } from "../shared/attack-paths.ts";
import { attackPaths, declaredBy } from "../shared/attack-paths.ts";
import { segmentationType } from "../shared/network-plans.ts";
import { networkIntentOf } from "../shared/network-proof.ts";
import { stackType } from "../shared/stack-type.ts";

const parts: ReadonlyMap<string, Part> = new Map<string, Part>([
  ...machines.map(({ type }) => [type, "machine"] as const),
  ...stores.map(({ type }) => [type, "data"] as const),
  ...["aws:lb/loadBalancer:LoadBalancer", "aws:elb/loadBalancer:LoadBalancer"].map(
    (type) => [type, "door"] as const,
  ),
  [azureTypes.applicationGateway, "door"],
  // What private endpoints are made for: stores, vaults and databases of the platform.
  [azureTypes.privateEndpoint, "data"],
  ...[azureTypes.interface, azureTypes.machine, azureTypes.scaleSet, azureTypes.cluster].map(
    (type) => [type, "machine"] as const,
  ),
  ...[gcpTypes.instance, gcpTypes.instanceFromTemplate, gcpTypes.template].map(
    (type) => [type, "machine"] as const,
  ),
]);

export const X01: Rule = {
  id: "X01",
  sentence: "No undeclared path leads from the internet over a machine to what holds data.",
  why: "Each hop looks harmless where it is written; whoever takes over the machine in the middle reads the data.",
  severity: "critical",
  tenets: ["T2", "T4"],
  controls: ["AC-4", "SC-7", "CA-7"],
  fix: "Close one hop: put the machine behind a load balancer that only takes web requests, take away its public address, or its way to the data; or declare the flows in the intent of a Segmentation.",
  subjects: [stackType],
  needs: "plan",
  check: (subject, judge, plan) => {
    const topology = apartFromInternet(liftNetwork(plan).topology);
    const partOf = partsIn(plan);
    if (!topology.endpoints.some((endpoint) => ["data", "machine"].includes(partOf(endpoint)))) {
      for (const unknown of topology.unknowns) judge.open(unknown);
      return judge.notApplicable("nothing planned stands in a network");
    }
    const intents = plan.ofType(segmentationType).map(networkIntentOf);
    const reach = computeReach(topology);
    const search = { reach, partOf, declared: declaredBy(intents) };
    const sure = attackPaths({ ...search, reading: "must" });
    for (const path of sure) judge.fail({ urn: urnOf(path), path: "" }, pathText(path));
    if (sure.length > 0) return;
    openQuestions(topology, search, judge, subject);
  },
  examples: pathExamples,
};

/** What nobody on the internet has, and no endpoint either, is not the internet. */
function apartFromInternet(topology: Topology): Topology {
  const taken = intervalSet(topology.endpoints.flatMap(({ addresses }) => [...addresses]));
  const nobodys: Endpoint = {
    id: unplannedName,
    name: unplannedName,
    addresses: subtract(unroutedAddresses, taken),
    unknownAddresses: [],
    groups: [],
    stages: [],
    outside: true,
  };
  return { ...topology, endpoints: [...topology.endpoints, nobodys] };
}

/** What is not known may hold the hop that is missing, or the rule that stops one. */
function openQuestions(
  topology: Topology,
  search: Omit<Search, "reading">,
  judge: Judge,
  subject: PlannedResource,
): void {
  for (const unknown of topology.unknowns) judge.open(unknown);
  for (const path of attackPaths({ ...search, reading: "may" })) {
    const inputs = distinct(path.flatMap((hop) => unknownsOf(topology, hop)));
    for (const input of inputs) judge.open(input);
    if (inputs.length === 0) judge.open({ urn: subject.urn, path: "" });
  }
}

function unknownsOf(topology: Topology, { from, to }: Hop): UnknownInput[] {
  const ids = new Set([...(from?.stages ?? []), ...to.stages]);
  return topology.stages
    .filter(({ id }) => ids.has(id))
    .flatMap(({ tiers }) => tiers.flatMap(({ rules }) => rules))
    .flatMap(({ conditions = [] }) => conditions)
    .flatMap((condition) => (condition.kind === "unknown" ? [condition.input] : []));
}

/** Endpoints are called after the resource that stands there, and what in it they are. */
function partsIn(plan: Plan): (endpoint: Endpoint) => Part {
  const byUrn = new Map(plan.resources.map((resource) => [resource.urn, resource.type]));
  return ({ id, outside }) => {
    const type = byUrn.get(id) ?? byUrn.get(id.split(" ")[0] ?? "");
    return outside === true ? "none" : (parts.get(type ?? "") ?? "none");
  };
}

function urnOf(path: AttackPath): string {
  return path.at(-1)?.to.id.split(" ")[0] ?? "";
}

function pathText(path: AttackPath): string {
  return path
    .map(({ from, to, packet }) => {
      const ends = [endText(from?.name ?? "internet", packet.from), endText(to.name, packet.to)];
      return `${ends.join(" → ")} ${formatSelector(packet.selector)}`;
    })
    .join(", then ");
}

function endText(name: string, { address }: PacketEnd): string {
  const text = typeof address === "bigint" ? formatAddress(address) : `some IPv${address.unknown}`;
  return `${name} (${text})`;
}
