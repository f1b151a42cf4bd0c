/** Microsoft Learn, "Require multifactor authentication for Azure management". */
import { cis } from "../shared/benchmarks.ts";
import { asksForFactor, isForApplications, policySetRule } from "../shared/conditional-access.ts";

/** Windows Azure Service Management API: portal, command line and Resource Manager. */
const management = "797f4846-ba00-4fd7-ba43-dac1f8f63013";

export const EI21 = policySetRule({
  id: "EI21",
  sentence: "Azure's management asks for a second factor.",
  why: "One stolen password then changes networks, keys and machines of every subscription that its user has.",
  severity: "medium",
  tenets: ["T4", "T6"],
  controls: ["IA-2(1)", "AC-3"],
  frameworks: [cis("cis-azure-2.1.0", "1.2.6")],
  fix: "Plan a policy for all users and the Windows Azure Service Management API, or all applications, with the control mfa.",
  does: (policy) => isForApplications(policy, management) && asksForFactor(policy),
  witness: "az login with a stolen password",
  good: {
    conditions: { applications: { includedApplications: [management] } },
    grantControls: { operator: "OR", builtInControls: ["mfa"] },
  },
});
