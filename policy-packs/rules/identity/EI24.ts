/**
 * Microsoft Learn, "Configure PIM for Groups settings" and "Rules in PIM": of what is not said the
 * tenant's settings stay, of which approval is off and eight hours are the longest unless changed.
 */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";
import { has } from "../shared/conditional-access.ts";
import { isGiven } from "../shared/refers-to.ts";
import { isWithinHours } from "../shared/session-length.ts";

const group = "azuread:index/groupRoleManagementPolicy:GroupRoleManagementPolicy";
const resource = "azure-native:authorization:RoleManagementPolicy";
const longest_h = 8;

export const EI24: Rule = {
  id: "EI24",
  sentence: "Activating a role needs a second factor and approval, and ends within eight hours.",
  why: "Whoever stole a session makes himself administrator by one click, and stays it.",
  severity: "medium",
  tenets: ["T3", "T4"],
  controls: ["AC-2", "AC-6(5)", "IA-2(1)"],
  fix: "Require multifactor authentication, or an authentication context, and approval for activation, for PT8H at most.",
  subjects: [group, resource],
  needs: "resource",
  check: ({ type, inputs }, judge) => {
    if (type === group) return judgeGroup(inputs.at("activationRules"), judge);
    const rules = entriesOf(inputs.at("rules"));
    for (const rule of rules) judge.part(() => judgeRule(rule, rules, judge));
  },
  examples: [
    {
      kind: "violating",
      says: "a group's roles, for anybody eligible, for a day",
      expect: "fail",
      resources: activation({ requireApproval: false, maximumDuration: "P1D" }),
      path: "activationRules.maximumDuration",
    },
    {
      kind: "violating",
      says: "without a second factor",
      expect: "fail",
      resources: activation({ requireApproval: true, requireMultifactorAuthentication: false }),
      path: "activationRules.requireMultifactorAuthentication",
    },
    {
      kind: "violating",
      says: "a role of resources, by a reason alone",
      expect: "fail",
      resources: rules([{ id: "Enablement_EndUser_Assignment", enabledRules: ["Justification"] }]),
      path: "rules[0].enabledRules",
    },
    {
      kind: "violating",
      says: "a role of resources, without approval, for ten hours",
      expect: "fail",
      resources: rules([
        { id: "Expiration_EndUser_Assignment", maximumDuration: "PT10H" },
        { id: "Approval_EndUser_Assignment", setting: { isApprovalRequired: false } },
      ]),
      path: "rules[1].setting.isApprovalRequired",
    },
    {
      kind: "clean",
      says: "a group's roles, with all of it",
      expect: "pass",
      resources: activation({
        requireApproval: true,
        requiredConditionalAccessAuthenticationContext: "c1",
        requireMultifactorAuthentication: false,
        maximumDuration: "PT4H",
      }),
    },
    {
      kind: "clean",
      says: "a role of resources, with all of it; how long one is eligible is another matter",
      expect: "pass",
      resources: rules([
        { id: "Expiration_Admin_Eligibility", maximumDuration: "P365D" },
        { id: "Expiration_EndUser_Assignment", maximumDuration: "PT8H" },
        { id: "Enablement_EndUser_Assignment", enabledRules: ["MultiFactorAuthentication"] },
        { id: "Approval_EndUser_Assignment", setting: { isApprovalRequired: true } },
      ]),
    },
    {
      kind: "unknown",
      says: "the rules are not known",
      expect: "unknown",
      resources: alone(resource, { rules: unknownHere }),
      path: "rules",
    },
    {
      kind: "clean",
      says: "a role of resources, by an authentication context",
      expect: "pass",
      resources: rules([
        { id: "Enablement_EndUser_Assignment", enabledRules: [] },
        { id: "AuthenticationContext_EndUser_Assignment", isEnabled: true, claimValue: "c1" },
      ]),
    },
    { kind: "absent", says: "no rule", expect: "pass", resources: alone(resource, {}) },
  ],
};

function judgeGroup(rules: View, judge: Judge): void {
  const context = "requiredConditionalAccessAuthenticationContext";
  const factor = rules.at("requireMultifactorAuthentication");
  judge.part(() => judgeLength(rules.at("maximumDuration"), judge));
  judge.part(() => {
    if (factor.flag() !== false || isGiven(rules, context)) return;
    judge.fail(factor, "an activation with a stolen session");
  });
  judge.part(() => judgeApproval(rules.at("requireApproval"), judge));
}

function judgeRule(rule: View, all: readonly View[], judge: Judge): void {
  const id = rule.at("id").text();
  if (id === "Expiration_EndUser_Assignment") judgeLength(rule.at("maximumDuration"), judge);
  if (id === "Approval_EndUser_Assignment") {
    judgeApproval(rule.at("setting", "isApprovalRequired"), judge);
  }
  if (id === "Enablement_EndUser_Assignment") {
    const enabled = rule.at("enabledRules");
    if (!has(enabled, "MultiFactorAuthentication") && !all.some(asksByContext)) {
      judge.fail(enabled, "an activation with a stolen session");
    }
  }
}

/** An authentication context stands for a conditional access policy of its own. */
function asksByContext(rule: View): boolean {
  const is = rule.at("id").text() === "AuthenticationContext_EndUser_Assignment";
  return is && rule.at("isEnabled").flag() === true;
}

function judgeLength(view: View, judge: Judge): void {
  const text = view.text();
  if (text === undefined || isWithinHours(text, longest_h)) return;
  judge.fail(view, "the role, hours after its holder has gone home");
}

function judgeApproval(view: View, judge: Judge): void {
  if (view.flag() !== true) judge.fail(view, "an activation that nobody else has seen");
}

function activation(activationRules: Json) {
  return alone(group, { activationRules });
}

function rules(list: Json) {
  return alone(resource, { rules: list });
}
