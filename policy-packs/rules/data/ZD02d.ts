/**
 * Microsoft Learn, "Configure an expiration policy for shared access signatures". Without shared
 * keys there are user delegation signatures only, which end after seven days by themselves.
 */
import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { demandRule } from "../shared/flag-rule.ts";

const daysMax = 7;

export const ZD02d = demandRule({
  id: "ZD02d",
  sentence: "A storage account limits how long a shared access signature is good.",
  why: "Whoever finds a signed link in a log or a mail has the data for as long as it is good.",
  severity: "medium",
  tenets: ["T3"],
  controls: ["AC-12", "IA-5"],
  fix: `Set sasPolicy.sasExpirationPeriod to at most ${daysMax} days, or allowSharedKeyAccess to false.`,
  demands: {
    "azure-native:storage:StorageAccount": [
      {
        path: ["sasPolicy", "sasExpirationPeriod"],
        holds: (value) => daysOf(value ?? "") <= daysMax,
        when: takesSharedKeys,
        witness: "a link signed for ten years",
        good: "1.00:00:00",
        bad: "3650.00:00:00",
      },
    ],
  },
  more: [
    {
      kind: "clean",
      says: "no shared keys, no long links",
      expect: "not-applicable",
      resources: alone("azure-native:storage:StorageAccount", { allowSharedKeyAccess: false }),
    },
  ],
});

function takesSharedKeys(inputs: View): boolean {
  return inputs.at("allowSharedKeyAccess").flag() !== false;
}

/** Days of `DD.HH:MM:SS`; without end where the text is none. */
function daysOf(period: string): number {
  const [, days, hours, minutes] = /^(?:(\d+)\.)?(\d+):(\d+):\d+$/.exec(period) ?? [];
  if (hours === undefined) return Number.POSITIVE_INFINITY;
  return Number(days ?? 0) + Number(hours) / 24 + Number(minutes) / 1440;
}
