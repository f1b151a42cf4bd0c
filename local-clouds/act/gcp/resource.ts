/** What an action is about in Google Cloud, and what it lies in (Resource Manager, "Resource hierarchy"). */

import { projectNumber } from "../../packages/gcp/types/common.ts";
import { type Live, type LiveWorld, textAt } from "../../probe/token/live.ts";

/** A place at which grants can be: as `Grant.kind` and `Grant.on` name it. */
export interface Place {
  readonly kind: string;
  readonly names: ReadonlySet<string>;
}

/** A resource. */
export interface GcpResource {
  /** Full name without service, e.g. `projects/_/buckets/B/objects/O`. */
  readonly name: string;
  readonly project: string;
  readonly live: Live | undefined;
  /** Itself, its project, folders and organization, nearest first. */
  readonly places: readonly Place[];
  /** Folders and organization are known to be all. */
  readonly whole: boolean;
}

const projectToken = "gcp:organizations/project:Project";
const folderToken = "gcp:organizations/folder:Folder";
/** Folders lie in each other up to ten deep ("Creating and managing Folders"). */
const foldersMax = 10;

/** The resource that a text names: `gs://B/O`, `projects/…`, an address of a service account, an id, a URN or its end. */
export function gcpResource(live: LiveWorld, text: string): GcpResource {
  const name = text
    .replace(/^gs:\/\/([^/]+)\/(.+)$/, "projects/_/buckets/$1/objects/$2")
    .replace(/^gs:\/\//, "projects/_/buckets/");
  const found = deployed(live, name);
  const project = projectOf(name) || found?.account || "";
  const above = placesAbove(live, project);
  const own = found === undefined ? placeNamed(name) : placeOf(found);
  return {
    name: fullName(name, found),
    project,
    live: found,
    places: [...(own === undefined ? [] : [own]), ...above.places],
    whole: above.whole,
  };
}

/** Of a project by itself nothing need be deployed: it may have been there before. */
function projectOf(name: string): string {
  return /^projects\/([^_/][^/]*)/.exec(name)?.[1] ?? "";
}

function deployed(live: LiveWorld, name: string): Live | undefined {
  const [, bucket] = /^projects\/_\/buckets\/([^/]+)/.exec(name) ?? [];
  const all = live.like(/^gcp:/);
  const byId = (id: string) => all.find((one) => one.id === id && !/I[aA][mM]/.test(one.token));
  if (bucket !== undefined)
    return live.of("gcp:storage/bucket:Bucket").find(({ id }) => id === bucket);
  const short = name.replace(/\/versions\/[^/]+$/, "");
  return (
    byId(name) ??
    byId(short) ??
    live
      .of("gcp:serviceaccount/account:Account")
      .find(({ properties }) => textAt(properties, "email") === name.replace(/^.*\//, "")) ??
    all.find(({ urn }) => urn !== "" && (urn === name || urn.endsWith(`:${name}`)))
  );
}

function fullName(name: string, found: Live | undefined): string {
  if (found === undefined || name.startsWith("projects/")) return name;
  if (found.token === "gcp:storage/bucket:Bucket") return `projects/_/buckets/${found.id}`;
  return textAt(found.properties, "name").startsWith("projects/")
    ? textAt(found.properties, "name")
    : found.id;
}

function placeNamed(name: string): Place | undefined {
  const [, bucket] = /^projects\/_\/buckets\/([^/]+)/.exec(name) ?? [];
  return bucket === undefined ? undefined : { kind: "storage", names: new Set([bucket]) };
}

function placeOf(live: Live): Place | undefined {
  const kind = /^gcp:([^/]+)\//.exec(live.token)?.[1] ?? "";
  if (live.token === projectToken) return undefined;
  const names = ["name", "email", "secretId", "accountId"].map((key) =>
    textAt(live.properties, key),
  );
  const email = textAt(live.properties, "email");
  const all = [live.id, ...names, ...(email === "" ? [] : [`projects/-/serviceAccounts/${email}`])];
  return { kind, names: new Set(all.filter((one) => one !== "")) };
}

function placesAbove(
  live: LiveWorld,
  project: string,
): { readonly places: Place[]; readonly whole: boolean } {
  const own: Place = {
    kind: "projects",
    names: new Set([project, `projects/${project}`, projectNumber(project)]),
  };
  const found = live
    .of(projectToken)
    .find(({ properties }) => textAt(properties, "projectId") === project);
  if (found === undefined) return { places: [own], whole: false };
  const places = [own];
  const folder = textAt(found.properties, "folderId").replace(/^folders\//, "");
  let parent =
    folder === "" ? `organizations/${textAt(found.properties, "orgId")}` : `folders/${folder}`;
  for (let depth = 0; depth < foldersMax && parent.startsWith("folders/"); depth++) {
    const id = parent.replace("folders/", "");
    places.push({ kind: "folder", names: new Set([id, parent]) });
    const above = live
      .of(folderToken)
      .find((one) => one.id === parent || textAt(one.properties, "folderId") === id);
    if (above === undefined) return { places, whole: false };
    parent = textAt(above.properties, "parent");
  }
  const organization = parent.replace("organizations/", "");
  if (organization !== "") {
    places.push({ kind: "organizations", names: new Set([organization, parent]) });
  }
  return { places, whole: true };
}
