/** Microsoft Learn, "Block authentication flows with Conditional Access policy". */
import { blocks, has, isForApplications, policySetRule } from "../shared/conditional-access.ts";

export const EI20 = policySetRule({
  id: "EI20",
  sentence: "The device code flow is blocked.",
  why: "A user who types a code that somebody sent him signs the sender's machine in, second factor and all.",
  severity: "medium",
  tenets: ["T4", "T6"],
  controls: ["IA-2", "AC-3"],
  fix: "Plan a policy for all users with authenticationFlowTransferMethods deviceCodeFlow and the control block.",
  does: (policy) => {
    const flows = policy.at("conditions", "authenticationFlowTransferMethods");
    return has(flows, "deviceCodeFlow") && blocks(policy) && isForApplications(policy);
  },
  witness: "a device code by mail, typed in by the user",
  good: {
    conditions: { authenticationFlowTransferMethods: ["deviceCodeFlow"] },
    grantControls: { operator: "OR", builtInControls: ["block"] },
  },
});
