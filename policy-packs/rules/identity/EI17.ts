/** Microsoft Learn, "Block legacy authentication": those protocols cannot ask for a second factor. */
import { blocks, has, isForApplications, policySetRule } from "../shared/conditional-access.ts";

export const EI17 = policySetRule({
  id: "EI17",
  sentence: "Legacy authentication is blocked.",
  why: "Old mail protocols take a password alone, whatever other policies ask for: that is where lists of stolen passwords are tried.",
  severity: "high",
  tenets: ["T4", "T6"],
  controls: ["IA-2(1)", "CM-7"],
  fix: "Plan a policy for all users with clientAppTypes exchangeActiveSync and other, and the control block.",
  does: (policy) => {
    const clients = policy.at("conditions", "clientAppTypes");
    if (!blocks(policy) || !isForApplications(policy)) return false;
    return has(clients, "all") || (has(clients, "other") && has(clients, "exchangeActiveSync"));
  },
  witness: "an IMAP login with a stolen password",
  good: {
    conditions: { clientAppTypes: ["exchangeActiveSync", "other"] },
    grantControls: { operator: "OR", builtInControls: ["block"] },
  },
});
