/** Exemptions, which a session hands over as if they were resources, with the day of the run. */
import {
  exemptionDaysMax,
  exemptionType,
  parseExemptions,
  standing,
} from "../../../model/policy/exemption.ts";
import type { Example, ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";

export const X13: Rule = {
  id: "X13",
  sentence: `An exemption is narrow and owned, ends at most ${exemptionDaysMax} days ahead, and then it is gone.`,
  why: "What was excused once, and for a while, otherwise stays open for ever, and nobody remembers why.",
  severity: "critical",
  tenets: ["T4", "T5"],
  controls: ["CA-7", "CM-3", "RA-7"],
  fix: "Mend the finding and delete the exemption, or have a new end reviewed.",
  subjects: [exemptionType],
  needs: "resource",
  check: (subject, judge) => {
    const { now, ...entry } = (subject.inputs.plain() ?? {}) as { readonly [key: string]: Json };
    const { exemptions, problems } = parseExemptions([entry], "exemption");
    for (const { place, got, allowed } of problems) {
      const path = place.replace(/^exemption\[0\]\.?/, "");
      judge.fail({ urn: subject.urn, path }, `${path} is ${got}, not ${allowed}`);
    }
    for (const { rule, owner, ticket, expires, ...rest } of exemptions) {
      const state = standing({ rule, owner, ticket, expires, ...rest }, Number(now));
      if (state === "valid") continue;
      const end = state === "expired" ? "ended on" : "runs until";
      const witness = `exemption of ${rule} by ${owner} (${ticket}) ${end} ${expires}`;
      judge.fail({ urn: subject.urn, path: "" }, witness);
    }
  },
  examples: [
    wrong("it is over", { expires: "2026-02-28" }, "ended on 2026-02-28"),
    wrong("it runs for a year", { expires: "2027-02-28" }, "runs until 2027-02-28"),
    wrong("nobody owns it", { owner: "" }, "owner"),
    wrong("it is about everything", { urn: "urn:pulumi:dev::shop::*::*" }, "urn"),
    {
      kind: "clean",
      says: "a month for one resource",
      expect: "pass",
      resources: exemption({}),
    },
    {
      kind: "unknown",
      says: "its end is not known",
      expect: "unknown",
      resources: exemption({ expires: unknownHere }),
    },
    {
      kind: "absent",
      says: "without reason, owner, ticket or end",
      expect: "fail",
      resources: [{ type: exemptionType, name: "AN02", props: { rule: "AN02" } }],
    },
  ],
};

function exemption(change: ExampleResource["props"]): readonly [ExampleResource] {
  const props = {
    rule: "AN02",
    urn: "urn:pulumi:dev::shop::aws:ec2/securityGroup:SecurityGroup::web",
    reason: "the partner has no fixed address yet",
    owner: "ada",
    ticket: "SHOP-1",
    expires: "2026-03-31",
    now: Date.UTC(2026, 2, 1),
    ...change,
  };
  return [{ type: exemptionType, name: "AN02", props }];
}

function wrong(says: string, change: ExampleResource["props"], witness: string): Example {
  return { kind: "violating", says, expect: "fail", resources: exemption(change), witness };
}
