/** Microsoft Learn, "Require reauthentication and disable browser persistence" for administrators. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import {
  accessPolicyType,
  blocks,
  isForAll,
  isInForce,
  policy,
} from "../shared/conditional-access.ts";
import { someOf } from "../shared/some-of.ts";

export const EI15: Rule = {
  id: "EI15",
  sentence: "Administrators sign in again after hours.",
  why: "A session stolen from an administrator's browser otherwise works for months.",
  severity: "medium",
  tenets: ["T3"],
  controls: ["AC-12", "IA-11"],
  fix: "Set sessionControls.signInFrequency with the period hours, or signInFrequencyInterval to everyTime.",
  subjects: [accessPolicyType],
  needs: "plan",
  check: ({ inputs }, judge, plan) => {
    if (!isInForce(inputs) || !isForRoles(inputs) || blocks(inputs)) {
      return judge.notApplicable("not about administrators who may sign in");
    }
    if (asksAgain(inputs)) return;
    const asks = (one: View) =>
      isInForce(one) && (isForRoles(one) || isForAll(one)) && asksAgain(one);
    const found = someOf(judge, plan.ofType(accessPolicyType), (one) => asks(one.inputs));
    if (found === "no") judge.fail(inputs.at("sessionControls"), "a cookie copied last month");
  },
  examples: [
    {
      kind: "violating",
      says: "once in a month",
      expect: "fail",
      resources: [admins({ signInFrequency: 30, signInFrequencyPeriod: "days" })],
      path: "sessionControls",
    },
    {
      kind: "clean",
      says: "after four hours",
      expect: "pass",
      resources: [admins({ signInFrequency: 4, signInFrequencyPeriod: "hours" })],
    },
    {
      kind: "clean",
      says: "every time, in another policy",
      expect: "pass",
      resources: [
        admins(null),
        { ...admins({ signInFrequencyInterval: "everyTime" }), name: "again" },
      ],
    },
    {
      kind: "unknown",
      says: "the session is not known",
      expect: "unknown",
      resources: [admins(unknownHere)],
      path: "sessionControls",
    },
    { kind: "absent", says: "no session control", expect: "fail", resources: [admins(null)] },
  ],
};

function isForRoles(one: View): boolean {
  return one.at("conditions", "users", "includedRoles").items().length > 0;
}

function asksAgain(one: View): boolean {
  const session = one.at("sessionControls");
  if (session.at("signInFrequencyInterval").text() === "everyTime") return true;
  const often = session.at("signInFrequency").number() ?? 0;
  return often > 0 && session.at("signInFrequencyPeriod").text() === "hours";
}

function admins(sessionControls: Json): ExampleResource {
  const users = { includedRoles: ["62e90394-69f5-4237-9190-012177145e10"] };
  const one = policy("admins", { operator: "OR", builtInControls: ["mfa"] }, { users });
  return { ...one, props: { ...one.props, sessionControls } };
}
