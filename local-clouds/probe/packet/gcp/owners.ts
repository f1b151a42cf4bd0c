/** Who has an address in a VPC network. */

import { type Address, holds } from "../address.ts";
import { type Deployed, groupedBy } from "../deployed.ts";
import { frontendsOf } from "./balancing/frontends.ts";
import type { GcpInterface } from "./interface.ts";
import { imaginedIn, interfacesOf, rangesOf, sameLink, subnetsOf } from "./networks.ts";

/** An interface or a load balancer's frontend, or a new interface in the subnet that holds the address. */
export function ownerIn(
  deployed: Deployed,
  network: string,
  address: Address,
): GcpInterface | undefined {
  const owner = deployed
    .once(byAddress)
    .get(address.text)
    ?.find((one) => sameLink(one.network, network));
  if (owner !== undefined) return owner;
  const subnet = subnetsOf(deployed, network).find((one) =>
    rangesOf(one).some((range) => holds(range, address)),
  );
  return subnet === undefined ? undefined : imaginedIn(deployed, subnet, [], address);
}

function byAddress(deployed: Deployed): ReadonlyMap<string, readonly GcpInterface[]> {
  const pairs = [...interfacesOf(deployed), ...frontendsOf(deployed)].flatMap((one) =>
    one.addresses.map(({ text }) => ({ text, one })),
  );
  const groups = groupedBy(pairs, ({ text }) => text);
  return new Map([...groups].map(([text, found]) => [text, found.map(({ one }) => one)]));
}
