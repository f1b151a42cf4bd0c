/**
 * Members of segments by what they carry, as the intent says: for plans that bear no marks of our
 * own. What a mark says already, stays.
 */
import { cidrSet, tryParseCidr } from "../../model/base/address.ts";
import type { Cloud } from "../../model/base/cloud.ts";
import { intersect } from "../../model/base/interval-set.ts";
import { segmentAt, segmentsIn } from "../../model/network/ends.ts";
import type { MemberIntent, NetworkIntent, PlaceIntent } from "../../model/network/intent.ts";
import type { Endpoint, Topology } from "../../model/network/topology.ts";
import type { Plan, PlannedResource } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";
import { distinct } from "../../model/reach/compare.ts";
import { isClusterPod } from "./clusters/names.ts";
import { clusterBehind } from "./clusters/provider.ts";
import { accountGroup, networkTagGroup } from "./gcp/types.ts";
import { networksOf } from "./network-groups.ts";
import { settle } from "./uncertain.ts";

/** How types of resources begin in each cloud. */
const typePrefixes: Readonly<Record<Cloud, string>> = {
  aws: "aws:",
  azure: "azure-native:",
  gcp: "gcp:",
};

/** The topology with a segment on every endpoint that the intent names a member. */
export function withMembers(topology: Topology, intent: NetworkIntent, plan: Plan): Topology {
  if (intent.segments.every(({ members = [] }) => members.length === 0)) return topology;
  const byUrn = new Map(plan.resources.map((resource) => [resource.urn, resource]));
  const open = new Set<Undecided>();
  const endpoints = topology.endpoints.map((endpoint) => {
    const isPod = isClusterPod(endpoint);
    // Of a pod a mark says only where it runs.
    if ((endpoint.segment !== undefined && !isPod) || endpoint.outside === true) return endpoint;
    const urn = endpoint.id.split(" ")[0] ?? "";
    const resource = byUrn.get(endpoint.id) ?? byUrn.get(urn);
    const standing = isPod ? settle(() => clusterBehind(plan, urn)) : resource;
    if (standing instanceof Undecided) return endpoint;
    const place = placeOf(intent, endpoint, standing);
    if (place === undefined) return endpoint;
    const found = settle(() => memberOf(intent, place, endpoint, resource));
    if (found instanceof Undecided) open.add(found);
    if (found === undefined || found instanceof Undecided) return endpoint;
    return { ...endpoint, segment: segmentAt(found, place.name) };
  });
  const unknowns = [...topology.unknowns, ...open.values()];
  return {
    ...topology,
    endpoints,
    unknowns: distinct(unknowns.map(({ urn, path }) => ({ urn, path }))),
  };
}

/** The only place of its cloud, or the one in whose range its addresses lie. */
function placeOf(
  { places }: NetworkIntent,
  { id, addresses }: Endpoint,
  resource: PlannedResource | undefined,
): PlaceIntent | undefined {
  const type = resource?.type ?? id.split("::")[2] ?? "";
  const same = places.filter(({ cloud }) => type.startsWith(typePrefixes[cloud]));
  if (same.length === 1) return same[0];
  const holding = same.filter(({ cidr4 }) => {
    const range = tryParseCidr(cidr4);
    return range !== undefined && intersect(cidrSet([range]), addresses).length > 0;
  });
  return holding.length === 1 ? holding[0] : undefined;
}

/** Throws `Undecided` where several segments claim it. */
function memberOf(
  intent: NetworkIntent,
  place: PlaceIntent,
  endpoint: Endpoint,
  resource: PlannedResource | undefined,
): string | undefined {
  const [first, ...more] = segmentsIn(intent, place).filter(({ members = [] }) =>
    members.some((member) => isMember(member, endpoint, resource)),
  );
  if (more.length > 0) throw new Undecided(endpoint.id, "segment", "unreadable");
  return first?.name;
}

function isMember(
  member: MemberIntent,
  endpoint: Endpoint,
  resource: PlannedResource | undefined,
): boolean {
  const groups = (make: (network: string) => string) =>
    networksOf(endpoint).some((group) =>
      endpoint.groups.includes(make(group.slice("network:".length))),
    );
  if ("workload" in member) return workloadOf(endpoint) === member.workload;
  if ("serviceAccount" in member)
    return groups((network) => accountGroup(network, member.serviceAccount));
  const { key, value } = member.tag;
  if (value === "" && groups((network) => networkTagGroup(network, key))) return true;
  return resource !== undefined && carries(resource, key, value);
}

/**
 * Whether the endpoint is judged by what its cloud does to it. Pods carry what their nodes carry,
 * which answer for them, unless a segment with subnets names them as members.
 */
export function answersItself(
  intent: NetworkIntent,
  place: PlaceIntent,
): (endpoint: Endpoint) => boolean {
  const named = segmentsIn(intent, place).filter(({ members = [] }) =>
    members.some((member) => "workload" in member),
  );
  const segments = new Set(named.map(({ name }) => segmentAt(name, place.name)));
  return (endpoint) => !isClusterPod(endpoint) || segments.has(endpoint.segment ?? "");
}

/** Namespace and name of a pod's owner; of everything else its name. */
function workloadOf(endpoint: Endpoint): string {
  const [, pod = ""] = isClusterPod(endpoint) ? endpoint.id.split(" ") : ["", endpoint.name];
  return pod.replace(/\[\w+\](#\d+)?$/, "");
}

/** Tags of AWS and Azure, labels of GCP. */
function carries({ inputs }: PlannedResource, key: string, value: string): boolean {
  return ["tags", "labels"].some((list) => {
    const all = inputs.at(list);
    if (all.state === "absent" || (all.state === "known" && Array.isArray(all.plain()))) {
      return false;
    }
    return all.at(key).text() === value;
  });
}
