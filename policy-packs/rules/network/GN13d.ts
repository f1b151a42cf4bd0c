/** Compute Engine documentation, "What is Shielded VM?": only secure boot is off unless set. */

import { cis } from "../shared/benchmarks.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { machineTypes, ofEach } from "../shared/gcp-machines.ts";

const shield = (
  property: string,
  isDefault: boolean,
  witness: string,
  below: readonly [string, ...string[]],
): Demand => ({
  path: [...below, property],
  holds: (value) => (value === undefined ? isDefault : value === "true"),
  witness,
  good: true,
  bad: false,
});

const shields = (...around: readonly string[]) => {
  const [first = "shieldedInstanceConfig", ...rest] = [...around, "shieldedInstanceConfig"];
  const below = [first, ...rest] as const;
  return [
    shield("enableSecureBoot", false, "a boot loader or driver that nobody signed", below),
    shield("enableVtpm", true, "a machine that cannot show what it booted", below),
    shield("enableIntegrityMonitoring", true, "a changed boot sequence nobody is told of", below),
  ];
};

export const GN13d = demandRule({
  id: "GN13d",
  sentence: "Every machine boots signed software only, and can prove what it booted.",
  why: "A root kit below the operating system stays through every restart, and nothing on the machine sees it.",
  severity: "high",
  tenets: ["T5"],
  controls: ["SI-7", "SC-39"],
  frameworks: [cis("cis-gcp-3.0.0", "4.8")],
  fix: "Set shieldedInstanceConfig.enableSecureBoot to true; leave enableVtpm and enableIntegrityMonitoring on.",
  demands: {
    ...ofEach([...machineTypes, "gcp:notebooks/instance:Instance"], ...shields()),
    "gcp:workbench/instance:Instance": shields("gceSetup"),
  },
});
