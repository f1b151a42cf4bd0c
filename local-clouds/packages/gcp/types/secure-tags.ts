/** Secure tags: keys, values and what they are bound to (Resource Manager API). */

import type { Json } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../types/type.ts";
import { badRequest, lastPart, toId, twentyMinutes } from "./common.ts";

const tagKeyToken = "gcp:tags/tagKey:TagKey";
/** Type of the values that rules name. */
export const tagValueToken = "gcp:tags/tagValue:TagValue";

const tagKey: TypeEntry = {
  token: tagKeyToken,
  forceNew: ["parent", "shortName", "purpose", "purposeData"],
  id: (r) => `tagKeys/${r.digits("number", 12)}`,
  maps: ["purposeData"],
  outputs: {
    name: (r) => r.digits("number", 12),
    namespacedName: (r) => `${lastPart(r.text("parent"))}/${r.text("shortName")}`,
    createTime: (r) => r.createdAt,
    updateTime: (r) => r.createdAt,
  },
  keys: ["name", "namespacedName"],
  admit: (r) =>
    taken(
      r,
      tagKeyToken,
      (other) => other["parent"] === r.text("parent") && other["shortName"] === r.text("shortName"),
    ) ?? purposeWithoutNetwork(r),
  inUse: {
    code: "400",
    says: "Cannot delete tag key {id}: it still has tag values, failedPrecondition",
  },
  timeouts: twentyMinutes,
};

/** A firewall tag belongs to one network or to an organisation (Secure tags for firewalls). */
function purposeWithoutNetwork(r: Resource): ServiceError | undefined {
  if (r.text("purpose", "") !== "GCE_FIREWALL") return undefined;
  const data = r.object("purposeData");
  return data["network"] === undefined && data["organization"] === undefined
    ? badRequest("purpose_data must name a network or an organization when purpose is GCE_FIREWALL")
    : undefined;
}

function taken(
  r: Resource,
  token: string,
  same: (properties: { readonly [key: string]: Json }) => boolean,
): ServiceError | undefined {
  if (r.before !== undefined) return undefined;
  return r.all(token).some(({ properties }) => same(properties))
    ? {
        code: "409",
        says: `A resource with the short name '${r.text("shortName")}' already exists, alreadyExists`,
      }
    : undefined;
}

const tagValue: TypeEntry = {
  token: tagValueToken,
  forceNew: ["parent", "shortName"],
  id: (r) => `tagValues/${r.digits("number", 12)}`,
  outputs: {
    name: (r) => r.digits("number", 12),
    namespacedName: (r) =>
      `${String(r.target("parent")?.properties["namespacedName"])}/${r.text("shortName")}`,
    createTime: (r) => r.createdAt,
    updateTime: (r) => r.createdAt,
  },
  keys: ["name", "namespacedName"],
  references: [toId("parent", tagKeyToken)],
  admit: (r) =>
    taken(
      r,
      tagValueToken,
      (other) => other["parent"] === r.text("parent") && other["shortName"] === r.text("shortName"),
    ),
  inUse: {
    code: "400",
    says: "Cannot delete tag value {id}: it is still used by {value}, failedPrecondition",
  },
  timeouts: twentyMinutes,
};

const tagBinding: TypeEntry = {
  token: "gcp:tags/tagBinding:TagBinding",
  forceNew: ["parent", "tagValue"],
  global: true,
  id: (r) => `tagBindings/${encodeURIComponent(r.text("parent"))}/${r.text("tagValue")}`,
  outputs: { name: (r) => `${encodeURIComponent(r.text("parent"))}/${r.text("tagValue")}` },
  references: [toId("tagValue", tagValueToken)],
  check: (r) =>
    r.text("parent").startsWith("//")
      ? []
      : [
          {
            property: "parent",
            reason: `parent must be a full resource name such as //cloudresourcemanager.googleapis.com/projects/123: ${r.text("parent")}`,
          },
        ],
  timeouts: { create: 1200, delete: 1200 },
};

/** The entries of secure tags. */
export const secureTagTypes: readonly TypeEntry[] = [tagKey, tagValue, tagBinding];
