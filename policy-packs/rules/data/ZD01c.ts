/** Microsoft Learn, "Overview: Remediating anonymous read access for blob data". */
import { demandRule } from "../shared/flag-rule.ts";

const type = "azure-native:storage:StorageAccount";

export const ZD01c = demandRule({
  id: "ZD01c",
  sentence: "No container of a storage account can be made public.",
  why: "A container made public is found and read by anybody, without a credential.",
  severity: "high",
  tenets: ["T6"],
  controls: ["AC-3", "AC-6"],
  fix: "Set allowBlobPublicAccess to false.",
  demands: {
    [type]: [
      {
        path: ["allowBlobPublicAccess"],
        holds: (value) => value === "false",
        witness: "a container made public is read by anybody",
        good: false,
        bad: true,
      },
    ],
  },
  remedy: "safe",
});
