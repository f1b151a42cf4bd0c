/** The oldest version of TLS that a service of Azure takes. */
import type { Rule } from "../../../model/policy/rule.ts";
import type { Demand, DemandRule } from "./flag-rule.ts";
import { demandRule } from "./flag-rule.ts";

/** Whether all versions that the text names are 1.2 or newer: `1.2`, `TLS1_2`, `TLSv1.2,TLSv1.3`. */
function isNew(value: string): boolean {
  const minors = [...value.matchAll(/1(?:[._]?([0-3]))?(?!\d)/g)].map(([, minor = "0"]) => minor);
  return minors.length > 0 && minors.every((minor) => Number(minor) >= 2);
}

/** A floor that the service sets by itself where nothing is said. */
export function floor(path: Demand["path"], good = "1.2", bad = "1.0"): Demand {
  return {
    path,
    // Words such as `None` name no version, and are no floor.
    holds: (value) => value === undefined || isNew(value),
    witness: "a client that offers TLS 1.0",
    good,
    bad,
  };
}

type Words = Pick<
  DemandRule,
  "id" | "sentence" | "frameworks" | "fix" | "demands" | "base" | "absent"
>;

/** The rule about one service. */
export function tlsFloorRule(words: Words): Rule {
  return demandRule({
    ...words,
    why: "Older versions of TLS have known ways to read what they carry, and plaintext needs none.",
    severity: "high",
    tenets: ["T2"],
    controls: ["SC-8", "SC-13"],
    // Azure itself has ended TLS 1.0 and 1.1.
    remedy: "safe",
  });
}
