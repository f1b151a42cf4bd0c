/** Microsoft Learn, "Prevent Shared Key authorization for an Azure Storage account". */
import { demandRule } from "../shared/flag-rule.ts";

const type = "azure-native:storage:StorageAccount";

export const EI31a = demandRule({
  id: "EI31a",
  sentence: "A storage account takes no requests signed with its keys.",
  why: "An account key names nobody, opens everything, and ends only when somebody changes it.",
  severity: "high",
  tenets: ["T6"],
  controls: ["IA-2", "IA-5"],
  fix: "Set allowSharedKeyAccess to false, and give callers roles on the data.",
  demands: {
    [type]: [
      {
        path: ["allowSharedKeyAccess"],
        holds: (value) => value === "false",
        witness: "a request signed with a leaked account key",
        good: false,
        bad: true,
      },
    ],
  },
  remedy: "opt-in",
});
