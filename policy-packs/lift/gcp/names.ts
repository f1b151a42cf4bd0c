/** The names of machines: network tags, secure tags, service accounts. */
import type { Condition } from "../../../model/network/topology.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { entriesOf } from "../entries.ts";
import { idsOfEach } from "../follow-each.ts";
import { settle, unknownCondition } from "../uncertain.ts";
import { accountOf } from "./ends.ts";
import { gcpTypes } from "./types.ts";

/** Where the names of a machine are written. */
export interface Names {
  readonly tags: View;
  readonly account: View;
  readonly secureTags: readonly View[];
}

/** The names by which rules may mean a machine, and why it may have others. */
export function readNames(plan: Plan, { tags, account, secureTags }: Names) {
  const open: Condition[] = [];
  const read = <T>(body: () => T, otherwise: T): T => {
    const value = settle(body);
    if (!(value instanceof Undecided)) return value;
    open.push(unknownCondition(value));
    return otherwise;
  };
  return {
    networkTags: read(() => entriesOf(tags).map((tag) => tag.text() ?? ""), []),
    secureTags: read(() => idsOfEach(plan, secureTags, gcpTypes.tagValue), []),
    account:
      account.state === "absent" ? undefined : read(() => accountOf(plan, account), undefined),
    open,
  };
}

/** Values of tag maps, and tags bound to the machine. */
export function secureTagViews(
  plan: Plan,
  resource: PlannedResource,
  ...maps: readonly View[]
): View[] {
  const inside = maps.flatMap((map) =>
    map.state === "unknown" ? [map] : tagKeys(map).map((key) => map.at(key)),
  );
  const bound = plan.ofType(gcpTypes.tagBinding).flatMap(({ inputs }) => {
    const owner = settle(() => boundTo(plan, inputs.at("parent"), resource.type));
    return owner === resource ? [inputs.at("tagValue")] : [];
  });
  return [...inside, ...bound];
}

/** The machine of a full resource name, which ends in the number that the service gave it. */
function boundTo(plan: Plan, parent: View, type: string): PlannedResource | undefined {
  const found = plan.follow(parent, type);
  if (found.state === "resource") return found.resource;
  if (found.state === "absent") return undefined;
  return plan.named(found.value.slice(found.value.lastIndexOf("/") + 1), type)[0];
}

/** Bindings of tags to what is not planned, or not told yet: somebody may carry the tag unseen. */
export function unseenBindings(plan: Plan): readonly View[] {
  const types = [gcpTypes.instance, gcpTypes.instanceFromTemplate];
  return plan.ofType(gcpTypes.tagBinding).flatMap(({ inputs }) => {
    const parent = inputs.at("parent");
    const owners = types.map((type) => settle(() => boundTo(plan, parent, type)));
    const isSeen = owners.some((owner) => owner !== undefined && !(owner instanceof Undecided));
    return isSeen ? [] : [parent];
  });
}

/** The provider keeps notes of its own beside the tags. */
function tagKeys(map: View): string[] {
  return map.keys().filter((key) => !key.startsWith("__"));
}
