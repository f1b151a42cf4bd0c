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

/** The number of a project: 12 digits, always the same for the same id. */
export function projectNumber(projectId: string): string {
  const digest = createHash("sha256").update(projectId).digest("hex").slice(0, 12);
  return String(100_000_000_000 + (Number.parseInt(digest, 16) % 900_000_000_000));
}

/** The last part of a path or URL. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
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
  return `Bw${r.characters("etag", 9, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")}=`;
}

/** Usual timeouts of Compute Engine, in seconds (provider schema). */
export const twentyMinutes = { create: 1200, update: 1200, delete: 1200 };
