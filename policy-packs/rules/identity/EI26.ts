/** Microsoft Learn, "Understand scope for Azure RBAC": what is given above is inherited by all below. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";
import { assignment, assignmentType, levelOfAssignment, roleOf } from "../shared/azure-roles.ts";

const group = "/providers/Microsoft.Management/managementGroups/acme";

export const EI26: Rule = {
  id: "EI26",
  sentence: "Nobody contributes to a management group or the root.",
  why: "One stolen session changes and deletes everything in all subscriptions, those of tomorrow included.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-3"],
  fix: "Assign Contributor on the subscriptions or resource groups that are meant.",
  subjects: [assignmentType],
  needs: "plan",
  check: ({ inputs }, judge, plan) => {
    if (roleOf(inputs) !== "contributor") return;
    if (!["root", "management group"].includes(levelOfAssignment(inputs, plan))) return;
    judge.fail(inputs.at("scope"), "az group delete in any subscription");
  },
  examples: [
    {
      kind: "violating",
      says: "a management group",
      expect: "fail",
      resources: assignment("contributor", group),
      path: "scope",
    },
    {
      kind: "violating",
      says: "the root",
      expect: "fail",
      resources: assignment("contributor", "/"),
      path: "scope",
    },
    {
      kind: "unknown",
      says: "a management group that is planned as well",
      expect: "unknown",
      resources: [
        { ...assignment("contributor", unknownHere)[0], dependsOn: { scope: ["acme"] } },
        { type: "azure-native:management:ManagementGroup", name: "acme", props: {} },
      ],
    },
    {
      kind: "clean",
      says: "a subscription",
      expect: "pass",
      resources: assignment("contributor", "/subscriptions/1"),
    },
    {
      kind: "clean",
      says: "a reader",
      expect: "pass",
      resources: assignment("reader", group),
    },
    {
      kind: "unknown",
      says: "the scope is not known",
      expect: "unknown",
      resources: assignment("contributor", unknownHere),
      path: "scope",
    },
    { kind: "absent", says: "no role", expect: "pass", resources: alone(assignmentType, {}) },
  ],
};
