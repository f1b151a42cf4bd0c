/** Microsoft Learn, "Connect to Azure Blob Storage with SFTP": local users have a password or key of their own. */
import { demandRule } from "../shared/flag-rule.ts";

export const EI31b = demandRule({
  id: "EI31b",
  sentence: "A storage account has no local users.",
  why: "A local user's password is known to no directory: no second factor, no risk, no end of employment stops it.",
  severity: "high",
  tenets: ["T6"],
  controls: ["IA-2", "IA-5"],
  fix: "Set isLocalUserEnabled to false.",
  demands: {
    "azure-native:storage:StorageAccount": [
      {
        path: ["isLocalUserEnabled"],
        holds: (value) => value === "false",
        witness: "an SFTP login with a password that Entra does not know",
        // Only with SFTP do they come in at all, where nothing is said.
        when: (inputs) =>
          inputs.at("isSftpEnabled").flag() === true ||
          inputs.at("isLocalUserEnabled").flag() === true,
        good: false,
        bad: true,
      },
    ],
  },
  base: { "azure-native:storage:StorageAccount": { isSftpEnabled: true } },
  // Whoever still comes with a key or password is shut out.
  remedy: "opt-in",
});
