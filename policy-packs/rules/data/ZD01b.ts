/**
 * Microsoft Learn, "Enforce a minimum required version of Transport Layer Security" and "Migrate to
 * TLS 1.2 for Azure Blob Storage": since February 2026 no account takes an older one, whatever it says.
 */
import { demandRule } from "../shared/flag-rule.ts";

const type = "azure-native:storage:StorageAccount";

export const ZD01b = demandRule({
  id: "ZD01b",
  sentence: "A storage account takes TLS 1.2 or newer only.",
  why: "Older versions of TLS have known ways to read what they carry.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-8", "SC-13"],
  fix: "Set minimumTlsVersion to TLS1_2.",
  demands: {
    [type]: [
      {
        path: ["minimumTlsVersion"],
        holds: (value) => value === undefined || value >= "TLS1_2",
        witness: "a client that offers TLS 1.0",
        good: "TLS1_2",
        bad: "TLS1_0",
      },
    ],
  },
  remedy: "safe",
});
