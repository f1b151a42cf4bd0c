/** Amazon VPC User Guide, "Network ACL rules": in ascending order, the first that matches decides. */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import {
  covers,
  emptySet,
  has,
  intersect,
  subtract,
  union,
} from "../../../model/base/interval-set.ts";
import { everyLayer4, formatSelector } from "../../../model/base/layer4.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { every4, every6, isEverywhere, somebodyIn } from "../../lift/address-set.ts";
import type { AclEntry } from "../../lift/aws/acl-entry.ts";
import { aclEntriesOf, aclOfEntry } from "../../lift/aws/acl-entry.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import { settle } from "../../lift/uncertain.ts";
import { aclExamples } from "../shared/acl-examples.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { flowsDecide, isDeclared } from "../shared/declared-segment.ts";
import { administrationPorts } from "../shared/service-ports.ts";

export const AN11: Rule = {
  id: "AN11",
  sentence: "No network ACL opens all ports, or those of administration, to everybody.",
  why: "The ACL is what remains when a group is opened by mistake; open itself, it stops nothing.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  frameworks: [
    cis("cis-aws-3.0.0", "5.1"),
    iso("aws", "A.8.20", "ec2_networkacl_allow_ingress_any_port"),
    iso("aws", "A.8.22", "ec2_networkacl_allow_ingress_any_port"),
  ],
  fix: "Name the prefixes that administer, or deny ports 20 to 22 and 3389 before the wider rule.",
  subjects: [awsTypes.acl, awsTypes.defaultAcl, awsTypes.aclRule],
  needs: "plan",
  check: (subject, judge, plan) => {
    const acl = aclOfEntry(subject, plan) ?? subject;
    if (isDeclared(acl, plan)) return judge.notApplicable(flowsDecide);
    for (const { entry, says } of holesOf(acl, plan)) {
      if (says instanceof Undecided) judge.open(says);
      else if (entry.at.urn === subject.urn) judge.fail(entry.at, says);
    }
  },
  examples: aclExamples,
};

/** What is wrong at an entry, or what cannot be told from there on. */
interface Hole {
  readonly entry: AclEntry;
  readonly says: string | Undecided;
}

const asked = administrationPorts.flatMap(({ from, to }) =>
  Array.from({ length: Number(to - from) + 1 }, (_, offset) => from + BigInt(offset)),
);

/** A plan's resources are its own, so they know their plan. */
const known = new WeakMap<PlannedResource, readonly Hole[]>();

/** The holes of an ACL, or of an entry whose ACL is elsewhere; worked out once for all its entries. */
function holesOf(acl: PlannedResource, plan: Plan): readonly Hole[] {
  const before = known.get(acl);
  if (before !== undefined) return before;
  const entries = aclEntriesOf(acl, plan).filter(({ direction }) => settle(direction) !== "out");
  const found = new Map<AclEntry, Hole>();
  for (const selector of asked) {
    for (const family of [every4, every6]) {
      const hole = follow(entries, selector, family);
      if (hole !== undefined && !found.has(hole.entry)) found.set(hole.entry, hole);
    }
  }
  const holes = [...found.values()];
  known.set(acl, holes);
  return holes;
}

/** Walks the entries in their order with packets of one selector, until the whole family gets in. */
function follow(
  entries: readonly AclEntry[],
  selector: bigint,
  family: IntervalSet,
): Hole | undefined {
  let allowed: IntervalSet = emptySet;
  let denied: IntervalSet = emptySet;
  for (const entry of entries) {
    const rule = settle(entry.read);
    // Whatever comes after it hangs on it.
    if (rule instanceof Undecided) return { entry, says: rule };
    if (!has(rule.selectors, selector)) continue;
    if (rule.action === "deny") denied = union(denied, rule.addresses);
    // What was denied before stays so.
    else allowed = union(allowed, subtract(rule.addresses, denied));
    if (!isEverywhere(intersect(allowed, family))) continue;
    const who = somebodyIn(rule.addresses) ?? "anywhere";
    const what = covers(rule.selectors, everyLayer4) ? "any port" : formatSelector(selector);
    return { entry, says: `a packet from ${who} to ${what} passes the ACL` };
  }
  return undefined;
}
