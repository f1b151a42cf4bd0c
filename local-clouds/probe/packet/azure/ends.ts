/** What in Azure can be an end of a packet's way. */

import { type Deployed, type Live, objectOf, objectsOf, textOf } from "../deployed.ts";
import type { AzureInterface } from "./interface.ts";
import { balancerEnd } from "./load-balancers.ts";
import { attachmentOf, byId, imaginedIn, interfacesOf } from "./networks.ts";
import { azure } from "./tokens.ts";

/**
 * The interface by which a resource takes part; `undefined` if it has none. `members` are the
 * groups of an interface that does not exist yet: application security groups, and at most one
 * network security group.
 */
export function azureEnd(
  deployed: Deployed,
  live: Live,
  members: readonly string[],
): AzureInterface | undefined {
  if (live.token === azure.subnet) return imaginedIn(deployed, live, members);
  if (live.token === azure.machine) {
    const profile = objectOf(live.properties, "networkProfile");
    const [id] = objectsOf(profile, "networkInterfaces").flatMap((one) => textOf(one, "id") ?? []);
    const own = byId(deployed, id, azure.interface);
    return own && attachmentOf(deployed, own);
  }
  if (live.token === azure.loadBalancer) return balancerEnd(deployed, live);
  const attached = live.token === azure.interface || live.token === azure.privateEndpoint;
  return attached ? attachmentOf(deployed, live) : undefined;
}

/** Everything in Azure that has an address. */
export function azureInterfaces(deployed: Deployed): readonly AzureInterface[] {
  const balancers = deployed.all(azure.loadBalancer);
  return [
    ...interfacesOf(deployed),
    ...balancers.flatMap((live) => balancerEnd(deployed, live) ?? []),
  ];
}
