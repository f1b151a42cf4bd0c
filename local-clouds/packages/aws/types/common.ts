/** What many AWS entries share. */

import type { JsonObject } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";

/** The ARN of a regional resource: `arn:aws:SERVICE:REGION:ACCOUNT:REST` (partition by region). */
export function arn(r: Resource, service: string, rest: string): string {
  return `arn:${partition(r.region)}:${service}:${r.region}:${r.account}:${rest}`;
}

/** The ARN of a resource without region, e.g. IAM's. */
export function globalArn(r: Resource, service: string, rest: string): string {
  return `arn:${partition(r.region)}:${service}::${r.account}:${rest}`;
}

/** The partition a region lies in (AWS General Reference, ARN format). */
export function partition(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** All tags: the provider's default tags under the resource's own. */
export function tagsAll(r: Resource): JsonObject {
  const defaults = r.scope.config["defaultTags"];
  const shared =
    typeof defaults === "object" && defaults !== null && "tags" in defaults ? defaults.tags : {};
  return { ...(shared as JsonObject), ...r.object("tags") };
}
