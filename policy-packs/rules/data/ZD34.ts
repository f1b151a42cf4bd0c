/** Microsoft Learn, "Azure SQL and Synapse: Microsoft Entra-only authentication". */
import { demandRule } from "../shared/flag-rule.ts";

export const ZD34 = demandRule({
  id: "ZD34",
  sentence: "A Synapse workspace takes logins of Entra only.",
  why: "The administrator's password names nobody, stands in every copy of the template, and ends only when somebody changes it.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["IA-2", "IA-5"],
  fix: "Set azureADOnlyAuthentication to true, and leave sqlAdministratorLoginPassword out.",
  demands: {
    "azure-native:synapse:Workspace": [
      {
        path: ["azureADOnlyAuthentication"],
        holds: (value) => value === "true",
        witness: "a login with the administrator's password from wherever it leaked",
        good: true,
        bad: false,
      },
    ],
  },
});
