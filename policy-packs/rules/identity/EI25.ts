/** Microsoft Learn, "Best practices for Azure RBAC": few owners, and none for whole subscriptions. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { assignmentType, definition, levelOf, roleOf } from "../shared/azure-roles.ts";

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
  needs: "resource",
  check: ({ inputs }, judge) => {
    const scope = inputs.at("scope");
    if (levelOf(scope.text() ?? "") === "below") return;
    const role = roleOf(inputs);
    const delegates = role === "userAccessAdministrator" || role === "accessControlAdministrator";
    if (role !== "owner" && !delegates) return;
    // A condition can keep the holder from giving more than some roles; an owner has the rest.
    if (delegates && inputs.at("condition").text() !== undefined) return;
    judge.fail(scope, "a role assignment of Owner to the attacker");
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

function assignment(
  role: Parameters<typeof definition>[0],
  scope: string,
  more: { readonly [key: string]: Json } = {},
): readonly [ExampleResource] {
  return alone(assignmentType, { scope, roleDefinitionId: definition(role), ...more });
}
