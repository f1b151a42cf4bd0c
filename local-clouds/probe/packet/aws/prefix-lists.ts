/** Customer-managed prefix lists (Amazon VPC User Guide, "Managed prefix lists"). */

import { type Deployed, objectsOf, textOf } from "../deployed.ts";
import { aws } from "./tokens.ts";

/** The prefixes of a list; `undefined` for a list that is not in the world, as AWS's own are. */
export function prefixesOf(deployed: Deployed, listId: string): readonly string[] | undefined {
  const list = deployed.find(listId, aws.prefixList);
  if (list === undefined) return undefined;
  const apart = deployed
    .where("prefixListId", listId, aws.prefixListEntry)
    .map(({ properties }) => properties);
  return [...objectsOf(list.properties, "entries"), ...apart].flatMap(
    (entry) => textOf(entry, "cidr") ?? [],
  );
}
