/** Microsoft Learn, "Understand scope for Azure RBAC": what is given above is inherited by all below. */
import { assignmentType, definition, levelOf, roles } from "../shared/azure-roles.ts";
import { demandRule } from "../shared/flag-rule.ts";

const wide = "/providers/Microsoft.Management/managementGroups/acme";

export const EI26 = demandRule({
  id: "EI26",
  sentence: "Nobody contributes to a management group or the root.",
  why: "One stolen session changes and deletes everything in all subscriptions, those of tomorrow included.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-6", "AC-3"],
  fix: "Assign Contributor on the subscriptions or resource groups that are meant.",
  demands: {
    [assignmentType]: [
      {
        path: ["roleDefinitionId"],
        holds: (id) => id?.split("/").at(-1)?.toLowerCase() !== roles.contributor,
        when: (inputs) =>
          ["root", "management group"].includes(levelOf(inputs.at("scope").text() ?? "")),
        witness: "az group delete in any subscription",
        good: definition("reader"),
        bad: definition("contributor"),
      },
    ],
  },
  base: { [assignmentType]: { scope: wide } },
});
