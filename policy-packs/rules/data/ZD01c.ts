/**
 * Microsoft Learn, "Overview: Remediating anonymous read access for blob data": not allowed in new
 * accounts of which nothing is said.
 */
import { demandRule } from "../shared/flag-rule.ts";

const type = "azure-native:storage:StorageAccount";

export const ZD01c = demandRule({
  id: "ZD01c",
  sentence: "No container of a storage account can be made public.",
  why: "A container made public is found and read by anybody, without a credential.",
  severity: "high",
  tenets: ["T6"],
  controls: ["AC-3", "AC-6"],
  fix: "Leave allowBlobPublicAccess out or set it to false.",
  demands: {
    [type]: [
      {
        path: ["allowBlobPublicAccess"],
        holds: (value) => value !== "true",
        witness: "a container made public is read by anybody",
        good: false,
        bad: true,
      },
    ],
  },
  remedy: "safe",
});
