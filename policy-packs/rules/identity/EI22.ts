/** Microsoft Learn, "Manage emergency access accounts": leave them out of every policy for all. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { accessPolicyType, isForAll, isInForce, policy } from "../shared/conditional-access.ts";

const lists = ["excludedGroups", "excludedUsers"];

export const EI22: Rule = {
  id: "EI22",
  sentence: "A policy for all users leaves out the emergency accounts.",
  why: "A lost second factor, or a wrong condition, locks out everybody, just when somebody has broken in.",
  severity: "high",
  tenets: ["T4", "T6"],
  controls: ["AC-3", "CP-2"],
  fix: "Put the group of emergency accounts into conditions.users.excludedGroups.",
  subjects: [accessPolicyType],
  needs: "resource",
  check: ({ inputs }, judge) => {
    if (!isInForce(inputs) || !isForAll(inputs)) return judge.notApplicable("not for all users");
    const users = inputs.at("conditions", "users");
    if (lists.some((list) => users.at(list).items().length > 0)) return;
    judge.fail(users, "nobody can sign in to mend the policy");
  },
  examples: [
    {
      kind: "violating",
      says: "everybody",
      expect: "fail",
      resources: [one({ excludedGroups: [] })],
      path: "conditions.users",
    },
    {
      kind: "clean",
      says: "all but a group that is planned as well",
      expect: "pass",
      resources: [one({ excludedGroups: [unknownHere] })],
    },
    {
      kind: "unknown",
      says: "who is left out is not known",
      expect: "unknown",
      resources: [one({ excludedGroups: unknownHere })],
      path: "conditions.users.excludedGroups",
    },
    { kind: "absent", says: "no list", expect: "fail", resources: [one({})] },
  ],
};

function one(users: { readonly [key: string]: Json }) {
  return policy("all", null, { users: { includedUsers: ["All"], ...users } });
}
