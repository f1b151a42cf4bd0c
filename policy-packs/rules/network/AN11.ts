/** Amazon VPC User Guide, "Network ACL rules": in ascending order, the first that matches decides. */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { covers, emptySet, has, intersect, union } from "../../../model/base/interval-set.ts";
import { everyLayer4, formatSelector } from "../../../model/base/layer4.ts";
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { every4, every6, somebodyIn } from "../../lift/address-set.ts";
import type { AclEntry } from "../../lift/aws/acl-entry.ts";
import { aclEntriesOf, aclOfEntry } from "../../lift/aws/acl-entry.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import { settle } from "../../lift/uncertain.ts";
import { aclExamples } from "../shared/acl-examples.ts";
import { cis } from "../shared/benchmarks.ts";
import { administrationPorts } from "../shared/service-ports.ts";

export const AN11: Rule = {
  id: "AN11",
  sentence: "No network ACL opens all ports, or those of administration, to everybody.",
  why: "The ACL is what remains when a group is opened by mistake; open itself, it stops nothing.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  frameworks: [cis("cis-aws-3.0.0", "5.1")],
  fix: "Name the prefixes that administer, or deny ports 20 to 22 and 3389 before the wider rule.",
  subjects: [awsTypes.acl, awsTypes.defaultAcl, awsTypes.aclRule],
  needs: "plan",
  check: (subject, judge, plan) => {
    const acl = aclOfEntry(subject, plan);
    const entries = aclEntriesOf(acl ?? subject, plan);
    const asked = administrationPorts.flatMap(({ from, to }) =>
      Array.from({ length: Number(to - from) + 1 }, (_, offset) => from + BigInt(offset)),
    );
    const told = new Set<string>();
    for (const selector of asked) follow(subject, judge, entries, selector, told);
  },
  examples: aclExamples,
};

/** Walks the entries in their order with packets of one selector. */
function follow(
  subject: PlannedResource,
  judge: Judge,
  entries: readonly AclEntry[],
  selector: bigint,
  told: Set<string>,
): void {
  let allowed: IntervalSet = emptySet;
  let denied: IntervalSet = emptySet;
  for (const entry of entries) {
    if (settle(entry.direction) === "out") continue;
    const rule = settle(entry.read);
    if (rule instanceof Undecided) {
      // Whatever comes after it hangs on it.
      judge.open(rule);
      return;
    }
    if (!has(rule.selectors, selector)) continue;
    const before = opens(allowed, denied);
    if (rule.action === "allow") allowed = union(allowed, rule.addresses);
    else denied = union(denied, rule.addresses);
    if (before || !opens(allowed, denied)) continue;
    if (entry.at.urn !== subject.urn || told.has(entry.at.path)) continue;
    told.add(entry.at.path);
    const who = somebodyIn(rule.addresses) ?? "anywhere";
    const what = covers(rule.selectors, everyLayer4) ? "any port" : formatSelector(selector);
    judge.fail(entry.at, `a packet from ${who} to ${what} passes the ACL`);
  }
}

/** Whether all of a family is allowed, but for those who were denied before. */
function opens(allowed: IntervalSet, denied: IntervalSet): boolean {
  return [every4, every6].some(
    (every) => covers(allowed, every) && !covers(intersect(denied, every), every),
  );
}
