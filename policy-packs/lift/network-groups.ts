/** Names of the groups by which route stages speak of networks, in every cloud. */

/** Group of the ends in one network. */
export function networkGroup(id: string): string {
  return `network:${id}`;
}

/**
 * Group of the ends in any network, planned or linked. Ends without it are the internet: a route
 * there denies this group first, since private addresses of other networks do not lie behind it.
 */
export const anyNetwork = "network:any";
