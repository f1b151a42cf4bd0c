/** Microsoft Learn, "Best practices for Azure RBAC": few owners, and none for whole subscriptions. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";
import { assignment, assignmentType, levelOfAssignment, roleOf } from "../shared/azure-roles.ts";

export const EI25: Rule = {
  id: "EI25",
  sentence:
    "No assignment gives ownership, or the right to give rights, over a subscription or more.",
  why: "Whoever gets hold of the principal gives himself and others everything in the subscription, for ever.",
  severity: "critical",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-6(5)"],
  fix: "Assign a smaller role, or on a resource group; make ownership eligible by Privileged Identity Management.",
  subjects: [assignmentType],
  needs: "plan",
  check: ({ inputs }, judge, plan) => {
    const role = roleOf(inputs);
    const delegates = role === "userAccessAdministrator" || role === "accessControlAdministrator";
    if (role !== "owner" && !delegates) return;
    // A condition can keep the holder from giving more than some roles; an owner has the rest.
    if (delegates && inputs.at("condition").text() !== undefined) return;
    if (levelOfAssignment(inputs, plan) === "below") return;
    judge.fail(inputs.at("scope"), "a role assignment of Owner to the attacker");
  },
  examples: [
    {
      kind: "violating",
      says: "owner of a subscription",
      expect: "fail",
      resources: assignment("owner", "/subscriptions/1"),
      path: "scope",
    },
    {
      kind: "violating",
      says: "giver of rights in a management group",
      expect: "fail",
      resources: assignment(
        "userAccessAdministrator",
        "/providers/Microsoft.Management/managementGroups/acme",
      ),
    },
    {
      kind: "clean",
      says: "owner of one resource group",
      expect: "pass",
      resources: assignment("owner", "/subscriptions/1/resourceGroups/shop"),
    },
    {
      kind: "clean",
      says: "reader of a subscription",
      expect: "pass",
      resources: assignment("reader", "/subscriptions/1"),
    },
    {
      kind: "clean",
      says: "giver of some roles",
      expect: "pass",
      resources: assignment("accessControlAdministrator", "/subscriptions/1", { condition: "(…)" }),
    },
    {
      kind: "clean",
      says: "owner of a resource group that is planned as well",
      expect: "pass",
      resources: [
        { ...assignment("owner", unknownHere)[0], dependsOn: { scope: ["shop"] } },
        { type: "azure-native:resources:ResourceGroup", name: "shop", props: {} },
      ],
    },
    {
      kind: "unknown",
      says: "the role is not known",
      expect: "unknown",
      resources: alone(assignmentType, {
        scope: "/subscriptions/1",
        roleDefinitionId: unknownHere,
      }),
      path: "roleDefinitionId",
    },
    {
      kind: "absent",
      says: "no role said",
      expect: "pass",
      resources: alone(assignmentType, { scope: "/subscriptions/1" }),
    },
  ],
};
