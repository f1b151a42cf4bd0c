/** What Google Cloud does alike for many types. */

import { createHash } from "node:crypto";
import type { JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { Computed, Reference, ServiceError } from "../../../types/type.ts";

/** The URL under which Compute Engine shows a resource. */
export function selfLink(path: string): string {
  return `https://www.googleapis.com/compute/v1/${path}`;
}

/** Known at preview: the provider puts its own project where none is given. */
export const project: Readonly<Record<string, Computed>> = { project: (r) => r.account };

/** Known at preview for regional types. */
export const projectAndRegion: Readonly<Record<string, Computed>> = {
  ...project,
  region: (r) => r.region,
};

/** Known at preview for types with labels: the provider's default labels under the resource's own. */
export const labels: Readonly<Record<string, Computed>> = {
  effectiveLabels: allLabels,
  pulumiLabels: allLabels,
};

function allLabels(r: Resource): JsonObject {
  const defaults = r.scope.config["defaultLabels"];
  const shared = typeof defaults === "object" && defaults !== null ? (defaults as JsonObject) : {};
  return { ...shared, "goog-pulumi-provisioned": "true", ...r.object("labels") };
}

/** A block that the service always shows: the whole where it is not given, and what is missing in it. */
export function block(
  at: string,
  fields: Readonly<Record<string, Computed>>,
): Readonly<Record<string, Computed>> {
  return { [at]: () => ({}), ...within(at, fields) };
}

/** What is missing in a block, or in every item of a list (`at` ends in `[*]`), where it is given. */
export function within(
  at: string,
  fields: Readonly<Record<string, Computed>>,
): Readonly<Record<string, Computed>> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [`${at}.${key}`, value]));
}

/** Blocks that show as null where they are not given: the bridge has it so for blocks of one. */
export function absent(...blocks: readonly string[]): Readonly<Record<string, Computed>> {
  return Object.fromEntries(blocks.map((name) => [name, null]));
}

/** The number of a project: 12 digits, always the same for the same id. */
export function projectNumber(projectId: string): string {
  const digest = createHash("sha256").update(projectId).digest("hex").slice(0, 12);
  return String(100_000_000_000 + (Number.parseInt(digest, 16) % 900_000_000_000));
}

/** The last part of a path or URL. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** `europe-west4-a` → `europe-west4`. */
export function regionOf(location: string): string {
  return location.replace(/-[a-z]$/, "");
}

/** The path of a self link; paths stay as they are. */
export function pathOf(value: string): string {
  return value.replace(/^https:\/\/[a-z.]+\/(?:compute\/)?v\d\w*\//, "");
}

/** Zones of regions that do not have just a, b and c (Compute Engine, "Regions and zones"). */
const unusualZones: Readonly<Record<string, readonly string[]>> = {
  "us-central1": ["a", "b", "c", "f"],
  "us-east1": ["b", "c", "d"],
  "europe-west1": ["b", "c", "d"],
};

/** The zones of a region, by full name. */
export function zonesOf(region: string): string[] {
  return (unusualZones[region] ?? ["a", "b", "c"]).map((letter) => `${region}-${letter}`);
}

/** A name, a path or a self link of a global Compute resource, as a path. */
export function globalPath(r: Resource, collection: string, value: string): string {
  return value.includes("/") ? value : `projects/${r.account}/global/${collection}/${value}`;
}

/** A reference to a VPC network by name, path or self link; it holds its target. */
export function toNetwork(at: string): Reference {
  return {
    at,
    to: "gcp:compute/network:Network",
    key: (r, value) => globalPath(r, "networks", value),
    holds: true,
    within: "world",
    missing: notFound("The referenced network resource cannot be found."),
  };
}

/** A reference by id. */
export function toId(at: string, to: string | readonly string[], holds = true): Reference {
  return {
    at,
    to,
    holds,
    within: "world",
    missing: notFound("The resource '{value}' was not found"),
  };
}

/** Where a Compute Engine collection lies. */
export type Reach = "global" | "region" | "zone";

/** A reference to a Compute Engine resource by name, path or self link; it holds its target. */
export function toCompute(
  at: string,
  to: string | readonly string[],
  collection: string,
  reach: Reach,
): Reference {
  return {
    at,
    to,
    key: (r, value) =>
      value.includes("/") ? value : `${reachOf(r, reach)}/${collection}/${value}`,
    holds: true,
    within: "world",
    missing: {
      code: "400",
      says: `Invalid value for field '${at}': '{value}'. The referenced resource does not exist., invalid`,
    },
  };
}

function reachOf(r: Resource, reach: Reach): string {
  if (reach === "global") return `projects/${r.account}/global`;
  if (reach === "region") return `projects/${r.account}/regions/${r.region}`;
  return `projects/${r.account}/zones/${r.text("zone", String(r.scope.config["zone"] ?? ""))}`;
}

/** A reference to a subnet of the resource's region. */
export function toSubnet(at: string): Reference {
  return {
    ...toCompute(at, "gcp:compute/subnetwork:Subnetwork", "subnetworks", "region"),
    key: (r, value) =>
      value.includes("/")
        ? value
        : `projects/${r.account}/regions/${placeRegion(r)}/subnetworks/${value}`,
    missing: notFound("The resource 'subnetworks/{value}' was not found"),
  };
}

function placeRegion(r: Resource): string {
  const zone = r.text("zone", String(r.scope.config["zone"] ?? ""));
  return r.given("zone") === undefined && r.region !== "" ? r.region : regionOf(zone);
}

/** The fingerprint of some inputs: "generated by Compute Engine and changes after every request to modify" them. */
export function fingerprintOf(...paths: readonly string[]): (r: Resource) => string {
  return (r) => `${r.characters(r.content(...paths), 11)}=`;
}

/** The fingerprint of a whole resource. */
export function fingerprint(r: Resource): string {
  return `${r.characters(r.content(), 11)}=`;
}

/** An address outside, of a range that documentation owns (RFC 5737). */
export function outsideAddress(r: Resource): string {
  return `203.0.113.${(Number.parseInt(r.hex("address", 4), 16) % 254) + 1}`;
}

/** A reference to a Cloud KMS key, whose grants and users never block it: keys are not deleted. */
export function toCryptoKey(at: string): Reference {
  return toId(at, "gcp:kms/cryptoKey:CryptoKey", false);
}

/** Google's answer for something that is not there. */
export function notFound(says: string): ServiceError {
  return { code: "404", says: `${says}, notFound` };
}

/** Google's answer to a request that is wrong in itself. */
export function badRequest(says: string): ServiceError {
  return { code: "400", says: `${says}, badRequest` };
}

/** An etag as IAM writes it. */
export function iamEtag(r: Resource): string {
  return `Bw${r.characters(r.content(), 9, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")}=`;
}

/** Usual timeouts of Compute Engine, in seconds (provider schema). */
export const twentyMinutes = { create: 1200, update: 1200, delete: 1200 };
