/** Networks at the other end of a virtual network gateway: VPN connections and their local gateways. */

import { type Address, holds, lengthOf } from "../address.ts";
import { type Deployed, type Live, objectOf, objectsOf, textOf, textsOf } from "../deployed.ts";
import { byId, idIn, networkOf, sameId, spaceOf } from "./networks.ts";
import { peeringsOf } from "./peerings.ts";
import { azure } from "./tokens.ts";

/** The gateway of a network: its own, or a peered network's whose gateways it uses. */
export function gatewayOf(deployed: Deployed, network: string): Live | undefined {
  const own = deployed.all(azure.gateway).find((one) => sameId(networkOfGateway(one), network));
  if (own !== undefined) return own;
  const lender = peeringsOf(deployed, network).find(({ useRemoteGateways }) => useRemoteGateways);
  return deployed
    .all(azure.gateway)
    .find((one) => lender !== undefined && sameId(networkOfGateway(one), lender.remote));
}

function networkOfGateway(gateway: Live): string | undefined {
  const [subnet] = objectsOf(gateway.properties, "ipConfigurations").flatMap(
    (one) => idIn(one, "subnet") ?? [],
  );
  return subnet === undefined ? undefined : networkOf(subnet);
}

/** What a gateway's connection leads to. */
export interface Site {
  readonly connection: Live;
  /** Id of the local network gateway, or of the other network's gateway. */
  readonly at: string;
  /** The other virtual network; `undefined` for a customer's own. */
  readonly network: string | undefined;
  readonly prefixes: readonly string[];
}

/** What the connections of a gateway lead to, as far as resources say so ("Local network gateways"). */
export function sitesBehind(deployed: Deployed, gateway: Live): readonly Site[] {
  return deployed.all(azure.connection).flatMap((connection): readonly Site[] => {
    const { properties } = connection;
    const near = idIn(properties, "virtualNetworkGateway1");
    if (!sameId(near, gateway.id)) return [];
    const local = byId(deployed, idIn(properties, "localNetworkGateway2"), azure.localGateway);
    if (local !== undefined) {
      const space = objectOf(local.properties, "localNetworkAddressSpace");
      const prefixes = textsOf(space, "addressPrefixes");
      return [{ connection, at: local.id, network: undefined, prefixes }];
    }
    const far = byId(deployed, idIn(properties, "virtualNetworkGateway2"), azure.gateway);
    const network = far === undefined ? undefined : networkOfGateway(far);
    if (far === undefined || network === undefined) return [];
    return [{ connection, at: far.id, network, prefixes: spaceOf(deployed, network) }];
  });
}

/** The prefixes that a gateway's connections lead to. */
export function prefixesBehind(deployed: Deployed, gateway: Live): readonly string[] {
  return sitesBehind(deployed, gateway).flatMap(({ prefixes }) => prefixes);
}

/** The connection that takes an address in, by the longest prefix. */
export function siteFor(deployed: Deployed, gateway: Live, address: Address): Site | undefined {
  const longest = (site: Site) =>
    Math.max(-1, ...site.prefixes.filter((one) => holds(one, address)).map(lengthOf));
  return sitesBehind(deployed, gateway)
    .filter((site) => longest(site) >= 0)
    .sort((a, b) => longest(b) - longest(a))[0];
}

/** Whether a gateway learns prefixes that no resource names: by BGP, or by an ExpressRoute circuit. */
export function isLearning(deployed: Deployed, gateway: Live): boolean {
  if (textOf(gateway.properties, "gatewayType") === "ExpressRoute") return true;
  return deployed
    .all(azure.connection)
    .some(
      ({ properties }) =>
        sameId(idIn(properties, "virtualNetworkGateway1"), gateway.id) &&
        properties["enableBgp"] === true,
    );
}
