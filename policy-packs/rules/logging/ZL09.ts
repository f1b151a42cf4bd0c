/**
 * Microsoft Learn, "Create or edit an activity log alert rule". What is missing is said where the
 * plan has one of these alerts: that is where the subscription is watched. Alerts of other things
 * are nothing to this rule.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { entriesOf, isEmpty } from "../../lift/entries.ts";
import { cis } from "../shared/benchmarks.ts";
import { someOf } from "../shared/some-of.ts";

const type = "azure-native:monitor:ActivityLogAlert";
const operations = [
  "Microsoft.Authorization/policyAssignments/delete",
  "Microsoft.Authorization/policyAssignments/write",
  "Microsoft.Network/networkSecurityGroups/delete",
  "Microsoft.Network/networkSecurityGroups/write",
  "Microsoft.Sql/servers/firewallRules/delete",
  "Microsoft.Sql/servers/firewallRules/write",
];

export const ZL09: Rule = {
  id: "ZL09",
  sentence:
    "Changes of policies, network security groups and SQL firewalls raise alerts that somebody gets.",
  why: "An attacker opens a network or lifts a policy, and nobody notices.",
  severity: "medium",
  tenets: ["T5", "T7"],
  controls: ["SI-4", "AU-6", "CM-3"],
  frameworks: ["1", "2", "3", "4", "7", "8"].map((last) => cis("cis-azure-2.1.0", `5.2.${last}`)),
  fix: `Plan ActivityLogAlerts with an action group for the operations ${operations.join(", ")}.`,
  subjects: [type],
  needs: "plan",
  check: (subject, judge, plan) => {
    const { inputs } = subject;
    if (!watchesAny(inputs)) return judge.notApplicable("it watches something else");
    judge.part(() => {
      const enabled = inputs.at("enabled");
      if (enabled.flag() === false) judge.fail(enabled, "a change that raises no alert");
    });
    judge.part(() => {
      const groups = inputs.at("actions", "actionGroups");
      if (isEmpty(groups)) judge.fail(groups, "an alert that reaches nobody");
    });
    judge.part(() => {
      const alerts = plan.ofType(type);
      // One of them speaks for what all leave out.
      if (alerts.find((alert) => watchesAny(alert.inputs)) !== subject) return;
      for (const operation of operations) {
        const watched = someOf(judge, alerts, (alert) => watches(alert.inputs, operation));
        if (watched === "no") judge.fail(inputs.at("condition"), `${operation} goes unnoticed`);
      }
    });
  },
  examples: [
    {
      kind: "violating",
      says: "network security groups only",
      expect: "fail",
      resources: [alert(operations.slice(2, 4))],
      path: "condition",
      witness: "firewallRules/write",
    },
    {
      kind: "violating",
      says: "nobody is told",
      expect: "fail",
      resources: [alert(operations, { actions: { actionGroups: [] } })],
      path: "actions.actionGroups",
    },
    {
      kind: "violating",
      says: "switched off",
      expect: "fail",
      resources: [alert(operations, { enabled: false })],
      path: "enabled",
    },
    { kind: "clean", says: "all of them", expect: "pass", resources: [alert(operations)] },
    {
      kind: "clean",
      says: "an alert of the service's health",
      expect: "not-applicable",
      resources: [
        alert(operations, {
          condition: { allOf: [{ field: "category", equals: "ServiceHealth" }] },
        }),
      ],
    },
    {
      kind: "unknown",
      says: "what is watched is not known",
      expect: "unknown",
      resources: [alert(operations, { condition: unknownHere })],
      path: "condition",
    },
    {
      kind: "absent",
      says: "no action groups",
      expect: "fail",
      resources: [alert(operations, { actions: {} })],
    },
  ],
};

function watchesAny(inputs: View): boolean {
  return operations.some((operation) => watches(inputs, operation));
}

function watches(inputs: View, operation: string): boolean {
  return entriesOf(inputs.at("condition", "allOf")).some((condition) =>
    [condition, ...entriesOf(condition.at("anyOf"))].some((leaf) => matches(leaf, operation)),
  );
}

function matches(leaf: View, operation: string): boolean {
  if (leaf.at("field").text()?.toLowerCase() !== "operationname") return false;
  const words = [leaf.at("equals"), ...entriesOf(leaf.at("containsAny"))];
  return words.some((word) => word.text()?.toLowerCase() === operation.toLowerCase());
}

function alert(
  watched: readonly string[],
  more: { readonly [key: string]: Json } = {},
): ExampleResource {
  const anyOf = watched.map((equals) => ({ field: "operationName", equals }));
  const props = {
    condition: { allOf: [{ field: "category", equals: "Administrative" }, { anyOf }] },
    actions: { actionGroups: [{ actionGroupId: "soc" }] },
    ...more,
  };
  return { type, name: "alert", props };
}
