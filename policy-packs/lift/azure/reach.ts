/** From where packets can come to an interface at all, and whether its own find the internet. */
import type { Family } from "../../../model/base/address.ts";
import { everyLayer4, protocolInterval, protocolNumbers } from "../../../model/base/layer4.ts";
import type { Condition, Origin, PeerTerm, Rule, Stage } from "../../../model/network/topology.ts";
import type { View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { every4, every6, networkOnly } from "../address-set.ts";
import { portMax } from "../layer4.ts";
import { anyNetwork, networkGroup } from "../network-groups.ts";
import { settle, underConditions, unknownCondition } from "../uncertain.ts";
import type { AzureInterface } from "./interface.ts";
import type { AzureLink } from "./links.ts";
import type { RouteTable } from "./route-table.ts";
import { metadataAddress, platformAddress } from "./scope.ts";
import { anyTag } from "./types.ts";

const familyAddresses = { 4: every4, 6: every6 } as const;
const platform: readonly PeerTerm[] = [
  { addresses: platformAddress },
  { addresses: metadataAddress },
];

/**
 * The stage of packets that come in. `links` are those of the interface's network and those that
 * lead to it; `isGuarded`: whether any security group applies. Replies need no way of their own:
 * translation remembers its connections.
 */
export function reachStage(
  id: string,
  one: AzureInterface,
  links: readonly AzureLink[],
  isGuarded: boolean,
): Stage {
  const origin = originOf(one);
  const { network } = one.subnet;
  const linked = links.flatMap(({ from, to }) => [from.id, to.id]);
  const near = [...new Set([network.id, ...linked])].map((to) => ({ group: networkGroup(to) }));
  const forwarded = links.filter((link) => link.from.id === network.id && link.forwarded);
  const unseen = unknownCondition({ urn: network.id, path: "peerings and gateways" });
  return stage(id, "in", otherwiseOf(one, isGuarded), [
    rule("allow", [...platform, ...near], origin, []),
    // An appliance in a linked network may hand on what comes from beyond.
    ...forwarded.map((link) => {
      const place = { urn: link.origin.urn, path: "allowForwardedTraffic" };
      return rule("allow", [{ group: anyNetwork }], link.origin, [unknownCondition(place)]);
    }),
    ...(network.planned ? [] : [rule("allow", [{ group: anyNetwork }], origin, [unseen])]),
    rule("deny", [{ group: anyNetwork, addresses: networkOnly }], origin, []),
    ...fromInternet(one, origin, isGuarded),
  ]);
}

function otherwiseOf({ closed, publicFamilies }: AzureInterface, isGuarded: boolean): string {
  const isShut = closed && !isGuarded && publicFamilies.length > 0;
  return isShut
    ? "its Standard public address is closed while no security group applies"
    : "it has no public address and no public load balancer";
}

/**
 * Whatever is put into a subnet later may get a public address. A Standard one is "closed to inbound
 * traffic" until a security group allows it ("Public IP addresses", SKU).
 */
function fromInternet(one: AzureInterface, origin: Origin, isGuarded: boolean): Rule[] {
  const open = isGuarded || !one.closed;
  if (one.kind === "subnet") return open ? [rule("allow", [{}], origin, [])] : [];
  return [
    ...(open ? one.publicFamilies : []).map((family) =>
      rule("allow", internetOf(family), origin, []),
    ),
    ...one.balanced
      .filter(({ selectors }) => selectors.length > 0)
      .map(({ selectors, conditions }) => ({
        ...rule("allow", [{}], origin, conditions),
        selectors,
      })),
  ];
}

function internetOf(family: Family): PeerTerm[] {
  return [{ addresses: familyAddresses[family] }, { group: anyTag }];
}

/** The stage of calls to the internet, where not everything put there has a way; else undefined. */
export function outboundStage(
  id: string,
  one: AzureInterface,
  table: RouteTable,
): Stage | undefined {
  if (one.kind === "subnet") return undefined;
  const origin = originOf(one);
  const { families, conditions } = waysOut(one);
  const appliances = table.routes
    .filter(({ hop }) => hop === "appliance" || hop === "gateway" || hop === undefined)
    .map(({ at }) => unknownCondition(at.at("nextHopType")));
  const doubts = [...conditions, ...appliances];
  return stage(
    id,
    "out",
    "it has no public address, no NAT gateway and no default outbound access",
    [
      rule("allow", [...platform, { group: anyNetwork }], origin, []),
      ...families.map((family) => rule("allow", internetOf(family), origin, [])),
      ...(isTranslated(one)
        ? [{ ...rule("allow", internetOf(4), origin, []), ...translatable }]
        : []),
      ...(doubts.length > 0 ? [rule("allow", [{}], origin, doubts)] : []),
    ],
  );
}

/** What a NAT gateway translates ("What is Azure NAT Gateway?"). */
const translatable = {
  selectors: [protocolNumbers.tcp, protocolNumbers.udp].map((number) =>
    protocolInterval(number, 0, portMax),
  ),
};

function isTranslated({ subnet }: AzureInterface): boolean {
  return subnet.at.at("natGateway").state !== "absent";
}

/** Azure's own address for those that have none serves IPv4 ("Default outbound access"). */
function waysOut(one: AzureInterface): {
  readonly families: readonly Family[];
  readonly conditions: readonly Condition[];
} {
  const { at } = one.subnet;
  const families = new Set<Family>(one.publicFamilies);
  const conditions: Condition[] = [];
  for (const { outbound, conditions: open } of one.balanced) {
    if (!outbound) continue;
    if (open.length === 0) families.add(4);
    else conditions.push(...open);
  }
  if (isTranslated(one)) return { families: [...families], conditions };
  const byDefault = settle(() => flagOf(at.at("defaultOutboundAccess")));
  if (byDefault instanceof Undecided) conditions.push(unknownCondition(byDefault));
  else if (byDefault) families.add(4);
  return { families: [...families], conditions };
}

function flagOf(view: View): boolean {
  return view.flag() ?? true;
}

function originOf({ subnet, kind, id }: AzureInterface): Origin {
  return kind === "subnet"
    ? { urn: subnet.at.urn, path: subnet.at.path }
    : { urn: id.split(" ")[0] ?? id, path: "" };
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

function rule(
  action: "allow" | "deny",
  peers: readonly PeerTerm[],
  origin: Origin,
  conditions: readonly Condition[],
): Rule {
  return { action, peers, selectors: everyLayer4, origin, ...underConditions(conditions) };
}
