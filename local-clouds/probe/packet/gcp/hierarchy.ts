/** Where a project lies in its organisation (Resource Manager, "Resource hierarchy"). */

import { type Deployed, textOf } from "../deployed.ts";
import { gcp } from "./tokens.ts";

/** What lies above a project, from the organisation down. */
export interface Ancestors {
  /** `organizations/ID` and `folders/ID`; the word `organizations` where only that is sure. */
  readonly ancestors: readonly string[];
  /** The project's whole way up is in the world. */
  readonly complete: boolean;
}

/**
 * The ancestors of a project. One that is not in the world lies in the world's organisation, and
 * nobody can tell in which folder.
 */
export function ancestorsOf(deployed: Deployed, project: string): Ancestors {
  const live = deployed.where("projectId", project, gcp.project)[0];
  if (live === undefined) return { ancestors: ["organizations"], complete: false };
  const organisation = textOf(live.properties, "orgId");
  if (organisation !== undefined) {
    return { ancestors: [organisationOf(organisation)], complete: true };
  }
  const folder = textOf(live.properties, "folderId");
  return folder === undefined
    ? { ancestors: [], complete: true }
    : { ancestors: foldersUp(deployed, folderOf(folder)), complete: true };
}

function foldersUp(deployed: Deployed, folder: string): readonly string[] {
  const live = deployed
    .all(gcp.folder)
    .find(({ id, properties }) => id === folder || textOf(properties, "name") === folder);
  const parent = textOf(live?.properties ?? {}, "parent");
  if (parent === undefined) return ["organizations", folder];
  return parent.startsWith("folders/")
    ? [...foldersUp(deployed, parent), folder]
    : [parent, folder];
}

function organisationOf(id: string): string {
  return id.startsWith("organizations/") ? id : `organizations/${id}`;
}

function folderOf(id: string): string {
  return id.startsWith("folders/") ? id : `folders/${id}`;
}
