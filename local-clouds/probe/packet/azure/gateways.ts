/** Networks at the other end of a virtual network gateway: VPN connections and their local gateways. */

import { type Deployed, type Live, objectOf, objectsOf, textsOf } from "../deployed.ts";
import { byId, idIn, networkOf, sameId } from "./networks.ts";
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

/** The prefixes that a gateway's connections lead to. */
export function prefixesBehind(deployed: Deployed, gateway: Live): readonly string[] {
  return deployed
    .all(azure.connection)
    .filter(({ properties }) => sameId(idIn(properties, "virtualNetworkGateway1"), gateway.id))
    .flatMap(({ properties }) => {
      const far = byId(deployed, idIn(properties, "localNetworkGateway2"), azure.localGateway);
      const space = objectOf(far?.properties ?? {}, "localNetworkAddressSpace");
      return textsOf(space, "addressPrefixes");
    });
}
