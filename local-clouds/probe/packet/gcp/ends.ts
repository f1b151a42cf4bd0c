/** What in Google Cloud can be an end of a packet's way. */

import type { Deployed, Live } from "../deployed.ts";
import { frontendOf, frontendsOf } from "./balancing/frontends.ts";
import type { GcpInterface } from "./interface.ts";
import { attachmentsOf, imaginedIn, interfacesOf } from "./networks.ts";
import { gcp } from "./tokens.ts";

/**
 * The (first) interface of a resource; `undefined` if it has none. `members` are what an interface
 * that does not exist yet has: ids of tag values, a service account, network tags.
 */
export function gcpEnd(
  deployed: Deployed,
  live: Live,
  members: readonly string[],
): GcpInterface | undefined {
  if (live.token === gcp.subnet) return imaginedIn(deployed, live, members);
  if (live.token === gcp.forwardingRule || live.token === gcp.globalForwardingRule) {
    return frontendOf(deployed, live);
  }
  return live.token === gcp.instance ? attachmentsOf(deployed, live)[0] : undefined;
}

/** Everything in Google Cloud that has an address. */
export function gcpInterfaces(deployed: Deployed): readonly GcpInterface[] {
  return [...interfacesOf(deployed), ...frontendsOf(deployed)];
}
