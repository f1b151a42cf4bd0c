/** Compute Engine documentation, "What is Shielded VM?": only secure boot is off unless set. */

import { cis } from "../shared/benchmarks.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { machineTypes, ofEach } from "../shared/gcp-machines.ts";

const shield = (property: string, isDefault: boolean, witness: string): Demand => ({
  path: ["shieldedInstanceConfig", property],
  holds: (value) => (value === undefined ? isDefault : value === "true"),
  witness,
  good: true,
  bad: false,
});

export const GN13d = demandRule({
  id: "GN13d",
  sentence: "Every machine boots signed software only, and can prove what it booted.",
  why: "A root kit below the operating system stays through every restart, and nothing on the machine sees it.",
  severity: "high",
  tenets: ["T5"],
  controls: ["SI-7", "SC-39"],
  frameworks: [cis("cis-gcp-3.0.0", "4.8")],
  fix: "Set shieldedInstanceConfig.enableSecureBoot to true; leave enableVtpm and enableIntegrityMonitoring on.",
  demands: ofEach(
    machineTypes,
    shield("enableSecureBoot", false, "a boot loader or driver that nobody signed"),
    shield("enableVtpm", true, "a machine that cannot show what it booted"),
    shield("enableIntegrityMonitoring", true, "a changed boot sequence that nobody is told of"),
  ),
});
