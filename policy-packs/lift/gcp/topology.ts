/** Lifts everything of GCP in a plan into a topology. */
import { cidrSet } from "../../../model/base/address.ts";
import { segmentOfMarks } from "../../../model/network/marks.ts";
import type { Endpoint, Topology, UnknownInput } from "../../../model/network/topology.ts";
import type { Plan } from "../../../model/policy/view.ts";
import type { Draft } from "../draft.ts";
import { beginDraft } from "../draft.ts";
import { marksOf } from "../marks.ts";
import { anyNetwork, networkGroup } from "../network-groups.ts";
import { settle } from "../uncertain.ts";
import { readBalanced } from "./balancers.ts";
import type { RuleNames } from "./carriers.ts";
import { carriersIn, standIn } from "./carriers.ts";
import type { Identity } from "./firewall.ts";
import { firewallStage } from "./firewall.ts";
import { readPeerings, readSites, readTranslated } from "./links.ts";
import type { GcpInterface } from "./machines.ts";
import { readMachines } from "./machines.ts";
import { unseenBindings } from "./names.ts";
import type { GcpNetwork, GcpNetworks } from "./networks.ts";
import { readGcpNetworks } from "./networks.ts";
import { frontEndEndpoint, residualOf, servicesEndpoint } from "./platform.ts";
import type { Surroundings } from "./reach.ts";
import { outboundStage, reachStage } from "./reach.ts";
import type { Routing } from "./routes.ts";
import { routeStage } from "./routes.ts";
import type { RuleList } from "./rule-lists.ts";
import { namesIn, ruleLists } from "./rule-lists.ts";
import { readRoutes } from "./static-routes.ts";
import { accountGroup, gcpTypes, networkTagGroup, secureTagGroup, unseenTypes } from "./types.ts";

/** The lists of rules that guard a part of a network, and the names that they use. */
interface RuleLists {
  readonly all: readonly RuleList[];
  readonly names: RuleNames;
}

/** Everything that deciding about one interface needs. */
interface Lift {
  readonly plan: Plan;
  readonly draft: Draft;
  readonly found: GcpNetworks;
  readonly routing: Routing;
  readonly around: Surroundings;
  /** By network and region. */
  readonly lists: Map<string, RuleLists>;
}

/** The planned network in GCP, whoever wrote it. */
export function liftGcp(plan: Plan): Topology {
  const draft = beginDraft();
  const found = readGcpNetworks(plan, draft);
  const machines = readMachines(plan, found, draft);
  const peerings = readPeerings(plan, found, draft);
  const sites = readSites(plan, found, draft);
  const routes = readRoutes(plan, found, sites, draft);
  const balanced = readBalanced(plan, draft);
  const translated = readTranslated(plan, found, draft);
  const routing = { found, peerings, sites, routes };
  const around = { peerings, sites, routes, balanced, translated };
  const lift: Lift = { plan, draft, found, routing, around, lists: new Map() };
  const standIns = found.subnets.map((subnet) => standIn(plan, subnet));
  const carriers = found.networks.flatMap((network) =>
    carriersIn(plan, found, network, listsOf(lift, network, "").names),
  );
  for (const one of [...standIns, ...carriers, ...machines]) addInterface(lift, one);
  addOutsiders(lift);
  draft.open(...unseenBindings(plan), ...clusterRules(plan, found));
  draft.open(...plan.ofType(...unseenTypes).map(({ urn }) => ({ urn, path: "" })));
  return draft.finish();
}

/**
 * GKE adds VPC firewall rules for its clusters, which nobody plans. They say nothing where the
 * network's policies are read before them.
 */
function clusterRules(plan: Plan, { networkOf }: GcpNetworks): UnknownInput[] {
  return plan.ofType(gcpTypes.cluster).flatMap(({ urn, inputs }) => {
    const order = settle(() => {
      const network = networkOf(inputs.at("network"))?.resource;
      return network?.inputs.at("networkFirewallPolicyEnforcementOrder").text();
    });
    const path = "firewall rules that GKE adds";
    return order === "BEFORE_CLASSIC_FIREWALL" ? [] : [{ urn, path }];
  });
}

function listsOf(
  { plan, draft, found, lists }: Lift,
  network: GcpNetwork,
  region: string,
): RuleLists {
  const key = `${network.id} ${region}`;
  const known = lists.get(key);
  if (known !== undefined) return known;
  const all = ruleLists(plan, found, network, region, draft);
  const read = { all, names: namesIn(plan, all) };
  lists.set(key, read);
  return read;
}

function addInterface(lift: Lift, one: GcpInterface): void {
  const { draft } = lift;
  const { identity } = one;
  const network = identity.network.id;
  const endpoint: Endpoint = {
    id: one.id,
    name: one.name,
    ...segmentOf(lift, one),
    addresses: one.addresses,
    unknownAddresses: one.unknownAddresses,
    groups: [
      networkGroup(network),
      anyNetwork,
      ...identity.networkTags.map((tag) => networkTagGroup(network, tag)),
      ...identity.secureTags.map(secureTagGroup),
      ...(identity.account === undefined ? [] : [accountGroup(network, identity.account)]),
    ],
    stages: [...routeStages(lift, one), ...firewallStages(lift, identity)],
  };
  draft.endpoints.push(endpoint);
  draft.residuals.push(residualOf(one.id));
  // Of a network outside the plan, other rules and routes are not seen.
  if (identity.network.resource === undefined) draft.open({ urn: network, path: "firewall rules" });
  // Who may carry a name that rules ask for may be whoever they mean.
  for (const condition of identity.open)
    if (condition.kind === "unknown") draft.open(condition.input);
}

/** The segment of the secure tag it carries. */
function segmentOf(
  { plan }: Lift,
  { segment, identity }: GcpInterface,
): { readonly segment?: string } {
  if (segment !== undefined) return { segment };
  for (const value of plan.ofType(gcpTypes.tagValue)) {
    if (!identity.secureTags.includes(value.urn)) continue;
    const marks = settle(() => marksOf(value));
    const carried = marks instanceof Error ? undefined : segmentOfMarks(marks);
    if (carried !== undefined) return { segment: carried };
  }
  return {};
}

function routeStages({ draft, routing, around }: Lift, one: GcpInterface): string[] {
  const { network, networkTags } = one.identity;
  const tagged = routing.routes.flatMap(({ tags }) => tags ?? []);
  const tags = networkTags.filter((tag) => tagged.includes(tag)).toSorted();
  const out = ["routes", network.id, ...tags].join(" | ");
  return [
    draft.stage(out, (id) => routeStage(id, network, tags, routing)),
    draft.stage(`reach | ${one.id}`, (id) => reachStage(id, one, around)),
    draft.stage(`outbound | ${one.id}`, (id) => outboundStage(id, one, around)),
  ];
}

/** One pair of stages for all that are named alike. */
function firewallStages(lift: Lift, identity: Identity): string[] {
  const { plan, draft, found } = lift;
  const { all, names } = listsOf(lift, identity.network, identity.region);
  const named = {
    networkTags: identity.networkTags.filter((tag) => names.networkTags.has(tag)).toSorted(),
    secureTags: identity.secureTags.filter((tag) => names.secureTags.has(tag)).toSorted(),
    account: names.accounts.has(identity.account ?? "") ? identity.account : undefined,
  };
  const open = identity.open.map((one) =>
    one.kind === "unknown" ? `${one.input.urn} ${one.input.path}` : "",
  );
  const key = [identity.network.id, identity.region, JSON.stringify(named), ...open].join(" | ");
  return (["in", "out"] as const).map((direction) =>
    draft.stage(`firewall ${direction} | ${key}`, (id) =>
      firewallStage(id, plan, found, direction, all, { ...identity, ...named }),
    ),
  );
}

/** Google's own ends, networks outside the plan, and sites behind tunnels. */
function addOutsiders({ draft, found, routing }: Lift): void {
  if (found.networks.length === 0) return;
  draft.endpoints.push(frontEndEndpoint);
  if (found.subnets.some(({ googleAccess }) => googleAccess))
    draft.endpoints.push(servicesEndpoint);
  const inside = new Set(found.subnets.map(({ network }) => network.id));
  for (const network of found.networks) {
    if (network.resource !== undefined || inside.has(network.id)) continue;
    draft.endpoints.push(outsider(network.id, network.name, [4, 6]));
  }
  for (const { id, name, dynamic } of routing.sites) {
    const ranges = routing.routes.flatMap(({ hop, range }) =>
      typeof hop === "object" && hop.site === id && range !== undefined ? [range] : [],
    );
    const addresses = cidrSet(ranges);
    const end = outsider(id, name, dynamic || ranges.length === 0 ? [4, 6] : []);
    draft.endpoints.push({ ...end, addresses });
  }
}

function outsider(id: string, name: string, unknown: Endpoint["unknownAddresses"]): Endpoint {
  return {
    id,
    name,
    addresses: [],
    unknownAddresses: unknown,
    groups: [networkGroup(id), anyNetwork],
    stages: [],
    outside: true,
  };
}
