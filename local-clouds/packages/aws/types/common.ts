/** What many AWS entries share. */

import { cidrInterval, formatAddress, tryParseCidr } from "../../../../model/base/address.ts";
import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { Computed, InputFault, Reference, ServiceError } from "../../../types/type.ts";

/** The ARN of a regional resource: `arn:aws:SERVICE:REGION:ACCOUNT:REST` (partition by region). */
export function arn(r: Resource, service: string, rest: string): string {
  return `arn:${partition(r.scope.region)}:${service}:${r.region}:${r.account}:${rest}`;
}

/** The ARN of a resource without region, e.g. IAM's. */
export function globalArn(r: Resource, service: string, rest: string): string {
  return `arn:${partition(r.scope.region)}:${service}::${r.account}:${rest}`;
}

/** The partition a region lies in (AWS General Reference, ARN format). */
export function partition(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** The domain under which a partition's services answer. */
export function dnsSuffix(region: string): string {
  return partition(region) === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}

/** All tags: the provider's default tags under the resource's own. */
export function tagsAll(r: Resource): JsonObject {
  const defaults = r.scope.config["defaultTags"];
  const shared =
    typeof defaults === "object" && defaults !== null && "tags" in defaults ? defaults.tags : {};
  return { ...(shared as JsonObject), ...r.object("tags") };
}

/** Known at preview for every regional type: the provider puts its own region where none is given. */
export const region: Readonly<Record<string, Computed>> = { region: (r) => r.region };

/** Known at preview for every regional type that takes tags. */
export const regionAndTags: Readonly<Record<string, Computed>> = { ...region, tagsAll };

/** Addresses at the start of a subnet that AWS keeps: network, router, DNS, future use. */
const reservedAddresses = 4n;

/** A free-looking address of a subnet's range: behind the reserved ones, before the broadcast address. */
export function freeAddress(r: Resource, cidr: Json | undefined, label: string): string {
  const range = tryParseCidr(typeof cidr === "string" ? cidr : "10.0.0.0/24");
  const { from, to } = range === undefined ? { from: 0n, to: 255n } : cidrInterval(range);
  const usable = to - from - reservedAddresses;
  return formatAddress(from + reservedAddresses + (BigInt(`0x${r.hex(label, 8)}`) % usable));
}

/** Whether a resource exists already, so that a search for its likes must leave it out. */
export function isUpdate(r: Resource): boolean {
  return r.before !== undefined;
}

/** The others of a type that stand beside this resource in its account and region. */
export function others(r: Resource, token: string = r.token): ReturnType<Resource["all"]> {
  const all = r.all(token);
  return isUpdate(r) && token === r.token ? all.filter(({ id }) => id !== r.id) : all;
}

/** A text property of a resource's outputs; `undefined` where it is absent or of another type. */
export function textOf(properties: JsonObject, key: string): string | undefined {
  const value = properties[key];
  return typeof value === "string" ? value : undefined;
}

/** The objects in a list; anything else in it is left out. */
export function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** The texts in a list; anything else in it is left out. */
export function textsIn(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** Whether plain data is an object. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** EC2's refusal to delete something that others depend on. */
export function ec2InUse(kind: string): ServiceError {
  return {
    code: "DependencyViolation",
    says: `The ${kind} '{id}' has dependencies and cannot be deleted.`,
  };
}

/** A reference to an EC2 resource by its id; it holds its target. */
export function ec2Reference(
  at: string,
  to: string | readonly string[],
  code: string,
  kind: string,
): Reference {
  return {
    at,
    to,
    holds: true,
    missing: { code, says: `The ${kind} '{value}' does not exist` },
  };
}

/** The fault of a property that must be one of a few texts, as the provider words it; none if it is. */
export function oneOf(value: string, property: string, allowed: readonly string[]): InputFault[] {
  if (allowed.includes(value)) return [];
  const quoted = allowed.map((item) => JSON.stringify(item)).join(" ");
  return [{ property, reason: `expected ${property} to be one of [${quoted}], got ${value}` }];
}

/** The fault of a set of properties of which exactly one must be given; none if so. */
export function exactlyOne(r: Resource, properties: readonly string[]): InputFault[] {
  const given = properties.filter((property) => r.given(property) !== undefined);
  if (given.length === 1) return [];
  const list = properties.join(",");
  const reason =
    given.length === 0
      ? `one of \`${list}\` must be specified`
      : `only one of \`${list}\` can be specified, but \`${given.join(",")}\` were specified.`;
  return [{ property: given[0] ?? properties[0] ?? "", reason }];
}
