/** Microsoft Learn, "Customer-managed keys for Azure Storage encryption". */
import { cis, iso } from "../shared/benchmarks.ts";
import { keyRule } from "../shared/key-rule.ts";

const type = "azure-native:storage:StorageAccount";

export const ZD01e = keyRule({
  id: "ZD01e",
  sentence: "A storage account encrypts under a key of one's own.",
  why: "Under Microsoft's key, leave to read the account is leave to read the data; nobody can withdraw that key, or see it used.",
  // The data is encrypted in any case.
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-12", "SC-28", "SC-28(1)"],
  frameworks: [
    cis("cis-azure-2.1.0", "3.12"),
    iso("azure", "A.8.24", "storage_ensure_encryption_with_customer_managed_keys"),
  ],
  fix: "Set encryption.keySource to Microsoft.Keyvault and encryption.keyVaultProperties to a key of your own.",
  cloud: "azure",
  places: {
    [type]: [
      {
        path: ["encryption", "keyVaultProperties", "keyName"],
        unused: (inputs) => {
          const source = inputs.at("encryption", "keySource");
          return source.text()?.toLowerCase() === "microsoft.keyvault" ? undefined : source;
        },
        witness: "whoever may read the blobs reads the data",
      },
    ],
  },
  base: { [type]: { encryption: { keySource: "Microsoft.Keyvault" } } },
});
