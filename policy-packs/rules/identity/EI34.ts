/** Microsoft Learn, "Azure Policy exemption structure": one without expiresOn lasts for ever. */
import { demandRule } from "../shared/flag-rule.ts";

export const EI34 = demandRule({
  id: "EI34",
  sentence: "A policy exemption ends.",
  why: "What was let through for a week is still open in two years, and nobody asks why.",
  severity: "medium",
  tenets: ["T4"],
  controls: ["CA-7", "CM-3"],
  fix: "Set expiresOn.",
  demands: {
    "azure-native:authorization:PolicyExemption": [
      {
        path: ["expiresOn"],
        holds: (value) => value !== undefined && value !== "",
        witness: "a resource that the policy would have refused, for ever",
        good: "2027-01-31T00:00:00Z",
        bad: "",
      },
    ],
  },
});
