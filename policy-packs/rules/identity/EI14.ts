/** Microsoft Learn, "Manage emergency access accounts": two accounts, or one group of them. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { accessPolicyType, isForAll, policy } from "../shared/conditional-access.ts";

/** How many of each may be left out. */
const atMost = {
  excludedUsers: 2,
  excludedGroups: 1,
  excludedRoles: 0,
  excludedGuestsOrExternalUsers: 0,
};

export const EI14: Rule = {
  id: "EI14",
  sentence: "A policy for all users leaves out one group, or two accounts, for emergencies.",
  why: "Whoever is left out signs in by password alone, and those are found by trying.",
  severity: "medium",
  tenets: ["T4", "T6"],
  controls: ["AC-3", "AC-6"],
  fix: "Keep one group of emergency accounts in excludedGroups and nothing else in the excluded lists.",
  subjects: [accessPolicyType],
  needs: "resource",
  check: ({ inputs }, judge) => {
    if (!isForAll(inputs)) return judge.notApplicable("not for all users");
    for (const [property, count] of Object.entries(atMost)) {
      judge.part(() => {
        const excluded = inputs.at("conditions", "users", property);
        if (excluded.items().length <= count) return;
        judge.fail(excluded, "a sign-in of somebody who is left out, by password alone");
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "three groups",
      expect: "fail",
      resources: [one({ excludedGroups: ["1", "2", "3"] })],
      path: "conditions.users.excludedGroups",
    },
    {
      kind: "violating",
      says: "guests",
      expect: "fail",
      resources: [
        one({ excludedGuestsOrExternalUsers: [{ guestOrExternalUserTypes: ["internalGuest"] }] }),
      ],
      path: "conditions.users.excludedGuestsOrExternalUsers",
    },
    {
      kind: "clean",
      says: "one group that is planned as well",
      expect: "pass",
      resources: [one({ excludedGroups: [unknownHere] })],
    },
    {
      kind: "clean",
      says: "a policy for some",
      expect: "not-applicable",
      resources: [one({ includedUsers: [], includedGroups: ["4"], excludedGroups: ["1", "2"] })],
    },
    {
      kind: "unknown",
      says: "how many are left out is not known",
      expect: "unknown",
      resources: [one({ excludedGroups: unknownHere })],
      path: "conditions.users.excludedGroups",
    },
    { kind: "absent", says: "nobody is left out", expect: "pass", resources: [one({})] },
  ],
};

function one(users: { readonly [key: string]: Json }) {
  return policy("all", null, { users: { includedUsers: ["All"], ...users } });
}
