/** What Azure itself is in a network: the host's services, and what service tags stand for. */

import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { intervalSet, union } from "../../../model/base/interval-set.ts";
import { protocolInterval, protocolNumbers } from "../../../model/base/layer4.ts";
import type { Endpoint, Residual } from "../../../model/network/topology.ts";
import { metadataAddress, platformAddress, platformTags } from "./scope.ts";
import type { SecurityRule } from "./security-rules.ts";
import { anyTag, tagGroup } from "./types.ts";

const { tcp, udp } = protocolNumbers;

/** The host's address as an end: health probes come from there. */
export const platformEndpoint: Endpoint = {
  id: "azure platform",
  name: "Azure platform (168.63.129.16)",
  addresses: platformAddress,
  unknownAddresses: [],
  groups: [],
  stages: [],
  outside: true,
};

/** What stands for the services of a tag; their addresses are Microsoft's to choose. */
export function tagEndpoint(tag: string): Endpoint {
  const [base = tag] = tag.split(".");
  const groups = [...new Set([tag, base, "AzureCloud"].map(tagGroup)), anyTag];
  return {
    id: `azure service tag ${tag}`,
    name: `service tag ${tag}`,
    addresses: [],
    unknownAddresses: [4, 6],
    groups,
    stages: [],
    outside: true,
  };
}

/** Tags named by rules that stand for services. */
export function tagsOf(rules: readonly SecurityRule[]): string[] {
  const ordinary = new Set(["virtualnetwork", "internet", "azureloadbalancer", ...platformTags]);
  const tags = rules
    .flatMap(({ peers }) => peers)
    .flatMap((peer) => (peer.kind === "tag" ? [peer.tag] : []))
    .filter((tag) => !ordinary.has(tag.toLowerCase()));
  return [...new Map(tags.map((tag) => [tag.toLowerCase(), tag])).values()];
}

const considerations = "Microsoft Learn, Network security groups, Azure platform considerations";
const hostAddress = "Microsoft Learn, What is IP address 168.63.129.16?";

interface Kept {
  readonly says: string;
  readonly to: IntervalSet;
  readonly selectors: IntervalSet;
  readonly document: string;
  /** The tag by which a security group can close the path. */
  readonly tag?: string;
}

const services: readonly Kept[] = [
  {
    says: "Azure's resolver",
    to: platformAddress,
    selectors: ports([tcp, 53, 53], [udp, 53, 53]),
    document: considerations,
    tag: "azureplatformdns",
  },
  {
    says: "instance metadata",
    to: metadataAddress,
    selectors: ports([tcp, 80, 80]),
    document: considerations,
    tag: "azureplatformimds",
  },
  {
    says: "the host's agent endpoint",
    to: platformAddress,
    selectors: ports([tcp, 80, 80], [tcp, 443, 443], [tcp, 32526, 32526]),
    document: hostAddress,
  },
  {
    says: "DHCP",
    to: union(platformAddress, metadataAddress),
    selectors: ports([udp, 67, 67]),
    document: considerations,
  },
];

function ports(...all: readonly (readonly [number, number, number])[]): IntervalSet {
  return intervalSet(all.map(([protocol, from, to]) => protocolInterval(protocol, from, to)));
}

/** The paths that stay open for an endpoint whose groups deny those tags. */
export function residualsOf(endpoint: string, closed: ReadonlySet<string>): Residual[] {
  return services
    .filter(({ tag }) => tag === undefined || !closed.has(tag))
    .map(({ tag: _, ...kept }) => ({ ...kept, endpoints: [endpoint] }));
}

/** Platform tags that the rules surely deny on their way out. */
export function closedTags(rules: readonly SecurityRule[]): ReadonlySet<string> {
  const denies = rules.filter(
    ({ action, direction, conditions }) =>
      action === "deny" && direction === "out" && conditions.length === 0,
  );
  const tags = denies.flatMap(({ peers }) =>
    peers.flatMap((peer) => (peer.kind === "tag" ? [peer.tag.toLowerCase()] : [])),
  );
  return new Set(tags.filter((tag) => platformTags.has(tag)));
}
