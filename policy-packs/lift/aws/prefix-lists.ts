/** The contents of managed prefix lists that are planned. */
import type { Cidr } from "../../../model/base/address.ts";
import type { Condition } from "../../../model/network/topology.ts";
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../entries.ts";
import { readOr } from "../uncertain.ts";
import type { AwsLift } from "./lift.ts";
import { resourceAt } from "./lift.ts";
import { cidrAt } from "./networks.ts";
import { awsTypes } from "./types.ts";

/** What a list holds. */
export interface ListContents {
  readonly cidrs: readonly Cidr[];
  /** One for each entry that is not known. */
  readonly open: readonly Condition[];
}

/** The contents of every planned list, by its URN. */
export function readPrefixLists(lift: AwsLift): Map<string, ListContents> {
  const entries = new Map<string, View[]>();
  const add = (list: PlannedResource, more: readonly View[]) =>
    entries.set(list.urn, [...(entries.get(list.urn) ?? []), ...more]);
  for (const list of lift.plan.ofType(awsTypes.prefixList)) {
    add(
      list,
      entriesOf(list.inputs.at("entries")).map((entry) => entry.at("cidr")),
    );
  }
  for (const entry of lift.plan.ofType(awsTypes.prefixListEntry)) {
    const list = resourceAt(lift, entry.inputs.at("prefixListId"), awsTypes.prefixList);
    if (list !== undefined) add(list, [entry.inputs.at("cidr")]);
  }
  return new Map([...entries].map(([urn, views]) => [urn, contentsOf(views)]));
}

function contentsOf(views: readonly View[]): ListContents {
  const read = views.map((view) => readOr<Cidr | undefined>(() => cidrAt(view), undefined));
  return {
    cidrs: read.flatMap(({ value }) => (value === undefined ? [] : [value])),
    open: read.flatMap(({ conditions }) => conditions),
  };
}
