/** Microsoft Learn, "Require device compliance with Conditional Access". */
import { has, isForApplications, policySetRule } from "../shared/conditional-access.ts";

export const EI19 = policySetRule({
  id: "EI19",
  sentence: "Devices must be compliant.",
  why: "An account that is taken over is used from the attacker's own machine; a managed device he does not have.",
  severity: "medium",
  tenets: ["T4", "T5"],
  controls: ["AC-19", "IA-3"],
  fix: "Plan a policy for all users with the control compliantDevice or domainJoinedDevice.",
  does: (policy) => {
    const controls = policy.at("grantControls", "builtInControls");
    return isForApplications(policy) && has(controls, "compliantDevice", "domainJoinedDevice");
  },
  witness: "a sign-in from a machine that nobody here manages",
  good: { grantControls: { operator: "OR", builtInControls: ["compliantDevice"] } },
});
