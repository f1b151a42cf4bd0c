/** Entra's conditional access policies. Microsoft Graph, "conditionalAccessPolicy resource type". */
import type { Example, ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { isGiven } from "./refers-to.ts";
import { someOf } from "./some-of.ts";

/** Canonical type. */
export const accessPolicyType = "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy";

/** Whether the list has the word, in any case. Throws `Undecided` where only an unknown could be it. */
export function has(list: View, ...words: readonly string[]): boolean {
  let doubt: View | undefined;
  for (const entry of entriesOf(list)) {
    if (entry.state === "unknown") doubt ??= entry;
    else if (words.some((word) => word.toLowerCase() === entry.text()?.toLowerCase())) return true;
  }
  if (doubt !== undefined) throw new Undecided(doubt.urn, doubt.path, "unknown");
  return false;
}

/** Whether the policy decides, instead of only telling what it would. */
export function isInForce(policy: View): boolean {
  return policy.at("state").text() === "enabled";
}

/** Whether it is for all users. */
export function isForAll(policy: View): boolean {
  return has(policy.at("conditions", "users", "includedUsers"), "All");
}

/** Whether it is for all applications, or for one of those named. */
export function isForApplications(policy: View, ...ids: readonly string[]): boolean {
  return has(policy.at("conditions", "applications", "includedApplications"), "All", ...ids);
}

/** Whether it lets nobody in on whom it applies. */
export function blocks(policy: View): boolean {
  return has(policy.at("grantControls", "builtInControls"), "block");
}

/** Whether it asks for a second factor. */
export function asksForFactor(policy: View): boolean {
  // A strength that is planned has no id yet, but it is there.
  if (isGiven(policy, "grantControls", "authenticationStrengthPolicyId")) return true;
  return has(policy.at("grantControls", "builtInControls"), "mfa");
}

interface SetRule
  extends Pick<
    Rule,
    "id" | "sentence" | "why" | "severity" | "tenets" | "controls" | "frameworks" | "fix"
  > {
  /** Whether one policy in force, for all users, does what is asked. Throws `Undecided`. */
  readonly does: (policy: View) => boolean;
  readonly witness: string;
  /** Conditions and grant controls of a policy that does. */
  readonly good: {
    readonly conditions?: { readonly [key: string]: Json };
    readonly grantControls: Json;
  };
}

/**
 * A rule about a tenant's policies as a whole. A stack that plans two or more of them for all users
 * is taken for where they are kept; one alone says nothing of the others.
 */
export function policySetRule({ does, witness, good, ...words }: SetRule): Rule {
  const fits = policy("good", good.grantControls, good.conditions);
  return {
    ...words,
    subjects: [accessPolicyType],
    needs: "plan",
    check: (subject, judge, plan) => {
      const policies = plan.ofType(accessPolicyType);
      if (policies[0] !== subject) return judge.notApplicable("the first policy stands for all");
      const forAll = policies.filter(({ inputs }) => isInForce(inputs) && isForAll(inputs));
      if (forAll.length < 2) return judge.notApplicable("these are not the tenant's policies");
      const found = someOf(judge, forAll, ({ inputs }) => does(inputs));
      if (found === "no") judge.fail({ urn: subject.urn, path: "conditions" }, witness);
    },
    examples: [
      {
        kind: "violating",
        says: "two policies about something else",
        expect: "fail",
        resources: [other("one"), other("two")],
        path: "conditions",
        witness,
      },
      { kind: "clean", says: "one that does", expect: "pass", resources: [other("one"), fits] },
      {
        kind: "clean",
        says: "one policy alone, of many kept elsewhere",
        expect: "not-applicable",
        resources: [other("one")],
      },
      {
        kind: "unknown",
        says: "a policy that is not known",
        expect: "unknown",
        resources: [
          other("one"),
          other("two"),
          { ...fits, props: { ...fits.props, conditions: unknownHere } },
        ],
      },
      {
        kind: "absent",
        says: "one that only reports",
        expect: "fail",
        resources: [
          other("one"),
          other("two"),
          { ...fits, props: { ...fits.props, state: "enabledForReportingButNotEnforced" } },
        ],
      },
    ] satisfies readonly Example[],
  };
}

/** A policy for all users and applications, with conditions besides. */
export function policy(
  name: string,
  grantControls: Json,
  conditions: { readonly [key: string]: Json } = {},
): ExampleResource {
  const all = {
    users: { includedUsers: ["All"], excludedGroups: ["break-glass"] },
    applications: { includedApplications: ["All"] },
    clientAppTypes: ["all"],
  };
  const props = { state: "enabled", conditions: { ...all, ...conditions }, grantControls };
  return { type: accessPolicyType, name, props };
}

function other(name: string): ExampleResource {
  return policy(
    name,
    { operator: "OR", builtInControls: ["passwordChange"] },
    { applications: { includedApplications: ["00000000-0000-0000-0000-000000000001"] } },
  );
}
