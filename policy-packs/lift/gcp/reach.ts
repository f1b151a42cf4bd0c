/** From where packets can come to an interface at all, and whether its own find the internet. */
import type { Family } from "../../../model/base/address.ts";
import { protocolInterval, protocolNumbers } from "../../../model/base/layer4.ts";
import type { PeerTerm, Rule, Stage } from "../../../model/network/topology.ts";
import { networkOnly } from "../address-set.ts";
import { portMax } from "../layer4.ts";
import { anyNetwork, networkGroup } from "../network-groups.ts";
import { unknownCondition } from "../uncertain.ts";
import type { Balanced } from "./balancers.ts";
import type { GcpPeering, GcpSite } from "./links.ts";
import type { GcpInterface } from "./machines.ts";
import { frontEndAddresses, metadataAddress } from "./platform.ts";
import { familyAddresses, rule } from "./routes.ts";
import type { StaticRoute } from "./static-routes.ts";
import { googleServices } from "./types.ts";

/** What the way in and out of an interface hangs on. */
export interface Surroundings {
  readonly peerings: readonly GcpPeering[];
  readonly sites: readonly GcpSite[];
  readonly routes: readonly StaticRoute[];
  readonly balanced: readonly Balanced[];
  /** Ids of translated subnetworks, and `NETWORK REGION` where all of a region are. */
  readonly translated: {
    readonly subnets: ReadonlySet<string>;
    readonly regions: ReadonlySet<string>;
  };
}

/** The stage of packets that come in. Replies need no way of their own. */
export function reachStage(id: string, one: GcpInterface, around: Surroundings): Stage {
  const { network } = one.identity;
  const { origin } = one;
  const linked = around.peerings
    .filter(({ from, to }) => [from.id, to.id].includes(network.id))
    .flatMap(({ from, to }) => [from.id, to.id]);
  const reached = [network.id, ...linked];
  const sites = around.sites
    .filter((site) => reached.includes(site.network.id))
    .map(({ id: site }) => site);
  const groups = [...new Set([...reached, ...sites])].map((to) => ({ group: networkGroup(to) }));
  const forwards = forwarded(one, around);
  const unseen = unknownCondition({ urn: network.id, path: "routes" });
  const rules = [
    rule(
      "allow",
      [{ addresses: metadataAddress }, { addresses: frontEndAddresses }, ...groups],
      [],
      origin,
    ),
    // What an appliance hands on comes from wherever it began.
    ...(forwards || network.resource === undefined
      ? [rule("allow", [{ group: anyNetwork }], [unseen], origin)]
      : []),
    rule("deny", [{ group: anyNetwork, addresses: networkOnly }], [], origin),
    ...one.external.map((family) => rule("allow", internetOf(family), [], origin)),
    ...around.balanced
      .filter(({ backend }) => backend === one.resource?.urn)
      .map(({ selectors, conditions }) => ({
        ...rule("allow", [{}], conditions, origin),
        selectors,
      })),
  ];
  return stage(id, "in", "it has no external address and no external load balancer", rules);
}

/** Whether routes of its network, or those it takes over, lead to an appliance. */
function forwarded({ identity }: GcpInterface, { routes, peerings }: Surroundings): boolean {
  const { id } = identity.network;
  const imported = peerings.filter(({ from, customRoutes }) => from.id === id && customRoutes);
  const near = [id, ...imported.map(({ to }) => to.id)];
  return routes.some(({ hop, network }) => hop === "appliance" && near.includes(network.id));
}

function internetOf(family: Family): PeerTerm[] {
  return [{ addresses: familyAddresses[family] }];
}

/** What Cloud NAT translates ("Cloud NAT overview", "Specifications"). */
const translatable = {
  selectors: [protocolNumbers.icmp, protocolNumbers.tcp, protocolNumbers.udp].map((number) =>
    protocolInterval(number, 0, portMax),
  ),
};
const mail = [protocolInterval(protocolNumbers.tcp, 25, 25)];

/** The stage of calls to the internet. */
export function outboundStage(id: string, one: GcpInterface, around: Surroundings): Stage {
  const { origin, subnets, identity } = one;
  const { translated } = around;
  const isTranslated = subnets.some(
    (subnet) =>
      translated.subnets.has(subnet.id) ||
      translated.regions.has(`${identity.network.id} ${subnet.region}`),
  );
  const services =
    one.external.length > 0 || isTranslated || subnets.some(({ googleAccess }) => googleAccess);
  const forwards = forwarded(one, around);
  const unseen = unknownCondition({ urn: identity.network.id, path: "routes" });
  // Of which region a subnetwork or a NAT is may be the provider's to say.
  const isDoubtful = [...translated.regions].some(
    (key) =>
      key.startsWith(`${identity.network.id} `) &&
      (key.endsWith(" ") || subnets.some(({ region }) => region === "")),
  );
  const region = unknownCondition({ urn: origin.urn, path: "region" });
  const near: PeerTerm[] = [
    { group: anyNetwork },
    { addresses: metadataAddress },
    { addresses: frontEndAddresses },
    ...(services ? [{ group: googleServices }] : []),
  ];
  // Most projects may not send mail to external addresses ("Blocked and limited traffic").
  const noMail: Rule = {
    ...rule("deny", [{}], [unknownCondition({ urn: origin.urn, path: "project" })], origin),
    selectors: mail,
  };
  return stage(id, "out", "it has no external address, and no Cloud NAT translates it", [
    rule("allow", near, [], origin),
    noMail,
    ...one.external.map((family) => rule("allow", internetOf(family), [], origin)),
    ...(isTranslated ? [{ ...rule("allow", internetOf(4), [], origin), ...translatable }] : []),
    ...(isDoubtful ? [{ ...rule("allow", internetOf(4), [region], origin), ...translatable }] : []),
    ...(forwards ? [rule("allow", [{}], [unseen], origin)] : []),
  ]);
}

function stage(
  id: string,
  direction: Stage["direction"],
  otherwiseOrigin: string,
  rules: readonly Rule[],
): Stage {
  const tiers = [{ rules, otherwise: "deny", otherwiseOrigin }] as const;
  return { id, plane: "route", direction, stateful: true, tiers };
}
