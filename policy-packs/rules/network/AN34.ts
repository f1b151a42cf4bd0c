/** Amazon Route 53 Developer Guide, "Locking a domain to prevent unauthorized transfer". */
import { demandRule } from "../shared/flag-rule.ts";

export const AN34 = demandRule({
  id: "AN34",
  sentence: "A registered domain is locked against transfer.",
  why: "Who takes the domain to a registrar of his own answers for all of its names, and gets certificates for them.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-20", "CM-6"],
  fix: "Leave transferLock on.",
  demands: {
    "aws:route53domains/registeredDomain:RegisteredDomain": [
      {
        path: ["transferLock"],
        holds: (value) => value !== "false",
        witness: "a transfer of the domain by whoever knows its code",
        good: true,
        bad: false,
      },
    ],
  },
  // Names go on to work; only a transfer has to be unlocked first.
  remedy: "safe",
});
