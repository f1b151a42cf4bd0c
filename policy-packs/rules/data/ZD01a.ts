/** Microsoft Learn, "Require secure transfer to ensure secure connections". */
import { demandRule } from "../shared/flag-rule.ts";

const type = "azure-native:storage:StorageAccount";

export const ZD01a = demandRule({
  id: "ZD01a",
  sentence: "A storage account takes no plaintext requests.",
  why: "Whoever listens on the way reads the data and the credentials.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-8"],
  fix: "Set enableHttpsTrafficOnly to true.",
  demands: {
    [type]: [
      {
        path: ["enableHttpsTrafficOnly"],
        holds: (value) => value !== "false",
        witness: "a request in plaintext",
        good: true,
        bad: false,
      },
    ],
  },
  remedy: "safe",
});
