/** Rules by which nobody unnamed has a role. IAM documentation, "Principal identifiers". */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { bindingRule, memberText } from "./gcp-bindings.ts";

const unnamed = /^(all(Authenticated)?Users)$/i;

/** Whether the word means everybody, or everybody with a Google account. */
export function isUnnamed(word: string): boolean {
  return unnamed.test(word);
}

/** Fails where the value means everybody. Throws `Undecided`. */
export function judgeWord(view: View, judge: Judge): void {
  const word = view.text() ?? "";
  if (isUnnamed(word)) judge.fail(view, `a request of ${word}, whoever that is`);
}

interface Words extends Pick<Rule, "id" | "sentence" | "why" | "frameworks" | "fix"> {
  readonly severity?: Rule["severity"];
  readonly families: readonly string[];
  /** A role of the service, for the examples. */
  readonly role: string;
  readonly others?: Readonly<Record<string, (subject: PlannedResource, judge: Judge) => void>>;
  readonly more?: Rule["examples"];
}

/** The rule about one service. */
export function publicMembersRule({ role, severity = "critical", ...words }: Words): Rule {
  return bindingRule({
    ...words,
    severity,
    tenets: ["T2", "T6"],
    controls: ["AC-3", "AC-14"],
    judge: ({ members }, judge, plan) => {
      for (const member of members) {
        judge.part(() => {
          const word = memberText(member, plan);
          if (isUnnamed(word)) judge.fail(member, `a request of ${word}, whoever that is`);
        });
      }
    },
    bad: { role, member: "allUsers" },
    good: { "a group": { role, member: "group:shop@example.com" } },
    names: "member",
  });
}
