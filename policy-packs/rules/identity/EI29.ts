/** Microsoft Learn, "Delegate Azure role assignment management to others with conditions". */
import type { View } from "../../../model/policy/view.ts";
import { assignmentType, definition, roleOf } from "../shared/azure-roles.ts";
import { demandRule } from "../shared/flag-rule.ts";

export const EI29 = demandRule({
  id: "EI29",
  sentence: "Who assigns roles is limited by a condition.",
  why: "Whoever gets hold of the principal assigns himself Owner, and needs no other flaw.",
  severity: "medium",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-6(1)"],
  fix: "Set condition and conditionVersion so that only the roles and principals that are meant can be assigned.",
  demands: {
    [assignmentType]: [
      {
        path: ["condition"],
        holds: (condition) => (condition ?? "").trim() !== "",
        when: delegates,
        witness: "a role assignment of Owner to the attacker",
        good: "(@Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringEquals 'ServicePrincipal')",
        bad: "",
      },
    ],
  },
  base: { [assignmentType]: { roleDefinitionId: definition("accessControlAdministrator") } },
});

function delegates(inputs: View): boolean {
  const role = roleOf(inputs);
  return role === "userAccessAdministrator" || role === "accessControlAdministrator";
}
