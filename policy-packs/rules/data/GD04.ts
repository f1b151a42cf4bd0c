/** Cloud Key Management Service documentation, "Key rotation": symmetric keys only, and never by itself. */
import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { demandRule } from "../shared/flag-rule.ts";

const daysMax = 90;
const daySeconds = 24 * 60 * 60;
const good = `${daysMax * daySeconds}s`;

export const GD04 = demandRule({
  id: "GD04",
  sentence: `A key is rotated every ${daysMax} days.`,
  why: "Whatever is learnt of one key material opens everything that was ever encrypted.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-12", "SC-12(1)"],
  frameworks: [cis("cis-gcp-3.0.0", "1.10"), iso("gcp", "A.8.24", "kms_key_rotation_enabled")],
  fix: `Set rotationPeriod to ${good} or less.`,
  demands: {
    "gcp:kms/cryptoKey:CryptoKey": [
      {
        path: ["rotationPeriod"],
        holds: (value) => secondsOf(value) <= daysMax * daySeconds,
        when: canRotate,
        witness: "material copied once decrypts for ever",
        good,
        bad: `${365 * daySeconds}s`,
      },
    ],
  },
  more: [
    {
      kind: "clean",
      says: "a key that signs cannot be rotated",
      expect: "not-applicable",
      resources: alone("gcp:kms/cryptoKey:CryptoKey", { purpose: "ASYMMETRIC_SIGN" }),
    },
  ],
  // Old versions stay for decrypting, and nobody who uses the key notices.
  remedy: "safe",
});

function secondsOf(period: string | undefined): number {
  const [, seconds] = /^(\d+)(?:\.\d+)?s$/.exec(period ?? "") ?? [];
  return seconds === undefined ? Number.POSITIVE_INFINITY : Number(seconds);
}

function canRotate(inputs: View): boolean {
  if ((inputs.at("purpose").text() ?? "ENCRYPT_DECRYPT") !== "ENCRYPT_DECRYPT") return false;
  if (inputs.at("importOnly").flag() === true) return false;
  return !/^EXTERNAL/.test(inputs.at("versionTemplate", "protectionLevel").text() ?? "");
}
