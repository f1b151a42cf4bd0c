/**
 * Ends that no machine is planned for: whoever stands in a subnetwork, and whoever carries a tag or
 * runs as an account by which rules name them.
 */
import type { Family } from "../../../model/base/address.ts";
import { union } from "../../../model/base/interval-set.ts";
import type { Marks } from "../../../model/network/marks.ts";
import { segmentOfMarks } from "../../../model/network/marks.ts";
import type { Origin } from "../../../model/network/topology.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { marksOf } from "../marks.ts";
import { settle } from "../uncertain.ts";
import type { Identity } from "./firewall.ts";
import type { GcpInterface } from "./machines.ts";
import type { GcpNetwork, GcpNetworks, GcpSubnet } from "./networks.ts";
import { allRanges } from "./networks.ts";
import { gcpTypes } from "./types.ts";

/** Names by which the rules of a network mean ends. */
export interface RuleNames {
  readonly networkTags: ReadonlySet<string>;
  readonly secureTags: ReadonlySet<string>;
  readonly accounts: ReadonlySet<string>;
}

/** A subnetwork, for whoever stands there without any name, at an alias address perhaps. */
export function standIn(plan: Plan, subnet: GcpSubnet): GcpInterface {
  const identity = anonymous(subnet.network, subnet.region);
  const { id, name, origin } = subnet;
  const { addresses } = allRanges(subnet);
  const place = { ...anywhereIn([subnet]), addresses, identity, origin };
  return { ...place, id, name, kind: "subnet", segment: segmentOfSubnet(plan, subnet) };
}

/** Where membership is by tag, whoever has none is in no segment. */
function segmentOfSubnet(plan: Plan, { resource }: GcpSubnet): string | undefined {
  const own = marks(resource);
  const byTag = plan.ofType(gcpTypes.tagValue).some((value) => {
    const other = marks(value);
    return other?.segment === own?.segment && other?.place === own?.place;
  });
  return byTag ? undefined : segmentOfMarks(own);
}

function marks(resource: PlannedResource | undefined): Marks | undefined {
  const read = resource === undefined ? undefined : settle(() => marksOf(resource));
  return read instanceof Error ? undefined : read;
}

/** Whoever the rules of a network mean by name, and whoever is a member of a segment there. */
export function carriersIn(
  plan: Plan,
  found: GcpNetworks,
  network: GcpNetwork,
  names: RuleNames,
): GcpInterface[] {
  const subnets = found.subnets.filter((subnet) => subnet.network.id === network.id);
  const nobody = anonymous(network, "");
  const origin = { urn: network.id, path: "" };
  const carrier = (what: string, identity: Identity, where: readonly GcpSubnet[], from: Origin) =>
    ({
      ...anywhereIn(where),
      id: `${network.id} ${what}`,
      name: what,
      kind: "carrier",
      identity,
      segment: undefined,
      origin: from,
    }) as const;
  return [
    ...[...names.networkTags].map((tag) =>
      carrier(`network tag ${tag}`, { ...nobody, networkTags: [tag] }, subnets, origin),
    ),
    ...[...names.accounts].map((account) =>
      carrier(`account ${lastOf(account)}`, { ...nobody, account }, subnets, origin),
    ),
    ...[...new Set([...names.secureTags, ...firewallTags(plan, network)])].map((tag) => {
      const value = plan.ofType(gcpTypes.tagValue).find(({ urn }) => urn === tag);
      const own = marks(value);
      const marked = subnets.filter((subnet) => {
        const other = marks(subnet.resource);
        return (
          own?.segment !== undefined && other?.segment === own.segment && other.place === own.place
        );
      });
      const where = marked.length > 0 ? marked : subnets;
      const identity = { ...nobody, secureTags: [tag] };
      const from = { urn: value?.urn ?? network.id, path: "" };
      return {
        ...carrier(`secure tag ${lastOf(tag)}`, identity, where, from),
        segment: segmentOfMarks(own),
      };
    }),
  ];
}

/** Values of the keys that are made for the network's firewall, named by a rule or not. */
function firewallTags(plan: Plan, network: GcpNetwork): string[] {
  return plan.ofType(gcpTypes.tagValue).flatMap(({ urn, inputs }) => {
    const owner = settle(() => {
      const key = plan.follow(inputs.at("parent"), gcpTypes.tagKey);
      if (key.state !== "resource") return undefined;
      const reference = key.resource.inputs.at("purposeData", "network");
      if (reference.state !== "known") return plan.follow(reference, gcpTypes.network);
      // Written as `PROJECT/NAME`.
      const name = (reference.text() ?? "").replace(/^.*\//, "");
      const [resource] = plan.named(name, gcpTypes.network);
      return resource === undefined ? undefined : ({ state: "resource", resource } as const);
    });
    if (owner instanceof Error || owner?.state !== "resource") return [];
    return owner.resource.urn === network.id ? [urn] : [];
  });
}

function lastOf(text: string): string {
  return text.slice(Math.max(text.lastIndexOf("::") + 2, 0));
}

function anonymous(network: GcpNetwork, region: string): Identity {
  return { network, region, networkTags: [], secureTags: [], account: undefined, open: [] };
}

/** Any address of the subnetworks, reachable from outside as whatever is put there may be. */
function anywhereIn(subnets: readonly GcpSubnet[]) {
  const open = (family: Family) =>
    subnets.some(({ own, families }) => own.open.length > 0 && families.includes(family));
  const unknownAddresses = ([4, 6] as const).filter(open);
  // An internal IPv6 range is not reached from the internet, whatever is put there.
  const reached = (family: Family) =>
    subnets.some(
      ({ families, external6 }) => families.includes(family) && (family === 4 || external6),
    );
  const external = ([4, 6] as const).filter(reached);
  const addresses = subnets.map(({ own }) => own.addresses).reduce(union, []);
  return { subnets, addresses, unknownAddresses, external, resource: undefined };
}
