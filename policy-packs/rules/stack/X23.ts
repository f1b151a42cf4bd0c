/** A deny that never denies, because a wider allow is read before it. */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { covers } from "../../../model/base/interval-set.ts";
import { everyLayer4, formatSelector } from "../../../model/base/layer4.ts";
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { somebodyIn } from "../../lift/address-set.ts";
import { settle } from "../../lift/uncertain.ts";
import { deadDenyExamples } from "../shared/dead-deny-examples.ts";
import type { OrderedEntry } from "../shared/ordered-rules.ts";
import { orderedFirewalls, orderedTypes } from "../shared/ordered-rules.ts";
import type { OrderedRule } from "../shared/rule-shadow.ts";
import { shadowOf } from "../shared/rule-shadow.ts";

export const X23: Rule = {
  id: "X23",
  sentence: "No deny of a firewall comes after an allow for the same packets.",
  why: "Whoever reads the rules believes that somebody is kept out; the firewall lets him in.",
  severity: "high",
  tenets: ["T2", "T4"],
  controls: ["AC-4", "SC-7", "CM-6"],
  fix: "Give the deny a lower number than the allow, narrow the allow, or delete the deny.",
  subjects: orderedTypes,
  needs: "plan",
  check: (subject, judge, plan) => {
    const entries = orderedFirewalls(plan).get(subject) ?? [];
    for (const entry of entries) if (entry.in === subject) judgeEntry(judge, entry, entries);
  },
  examples: deadDenyExamples,
};

function judgeEntry(judge: Judge, entry: OrderedEntry, entries: readonly OrderedEntry[]): void {
  if (entry.action !== undefined && settle(entry.action) === "allow") return;
  judge.part(() => {
    const deny = entry.read();
    if (deny?.action !== "deny") return;
    const doubts: Undecided[] = [];
    const allows = entries.flatMap((other) => {
      const rule = settle(other.read);
      if (rule instanceof Undecided) doubts.push(rule);
      return rule instanceof Undecided || rule?.action !== "allow" ? [] : [{ other, rule }];
    });
    const shadow = shadowOf(allows, deny);
    const names = new Set(shadow.by.map(({ other }) => other.in.name));
    if (names.size > 0) {
      const by = [...names].join(", ");
      judge.fail(entry.at, `${packetOf(deny)} is let through by ${by} before it`);
    } else for (const doubt of [...doubts, ...shadow.doubts]) judge.open(doubt);
  });
}

function packetOf({ direction, selectors, other }: OrderedRule): string {
  const who = somebodyIn(other.addresses) ?? "whom it names";
  return `a packet ${direction === "in" ? "from" : "to"} ${who} on ${portOf(selectors)}`;
}

function portOf(selectors: IntervalSet): string {
  return covers(selectors, everyLayer4) ? "any port" : formatSelector(selectors[0]?.from ?? 0n);
}
