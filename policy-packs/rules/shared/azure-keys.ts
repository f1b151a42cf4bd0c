/**
 * Where services of Azure name the key under which they encrypt, and what is possible under
 * Microsoft's own. Each as Microsoft Learn says under "Customer-managed keys". Storage, SQL, Cosmos
 * DB, Service Bus and disks have rules apart.
 */
import { keyPlace, usedIf } from "./key-place.ts";
import type { KeyPlace } from "./key-rule.ts";

const reads = "whoever may read the service reads the data";
const restores = "whoever may restore a backup reads the data";

/** By canonical type. */
export const azureKeys: Readonly<Record<string, readonly KeyPlace[]>> = {
  "azure-native:appconfiguration:ConfigurationStore": [
    keyPlace("encryption.keyVaultProperties.keyIdentifier", reads),
  ],
  "azure-native:batch:BatchAccount": [
    keyPlace(
      "encryption.keyVaultProperties.keyIdentifier",
      "copies of what jobs keep are read under Microsoft's key",
      usedIf("encryption.keySource", "Microsoft.KeyVault"),
    ),
  ],
  "azure-native:cognitiveservices:Account": [
    keyPlace(
      "properties.encryption.keyVaultProperties.keyName",
      reads,
      usedIf("properties.encryption.keySource", "Microsoft.KeyVault"),
    ),
  ],
  "azure-native:containerservice:ManagedCluster": [
    keyPlace("diskEncryptionSetID", "a copy of a node's disk is read under Microsoft's key"),
  ],
  "azure-native:databricks:Workspace": [
    keyPlace(
      "parameters.encryption.value.keyName",
      "a copy of the root storage is read under Microsoft's key",
      usedIf("parameters.encryption.value.keySource", "Microsoft.Keyvault"),
    ),
    keyPlace(
      "encryption.entities.managedServices.keyVaultProperties.keyName",
      "notebooks and their secrets lie under Microsoft's key",
    ),
  ],
  "azure-native:datafactory:Factory": [
    keyPlace("encryption.keyName", "the credentials of its sources lie under Microsoft's key"),
  ],
  "azure-native:dbformysql:Server": [
    keyPlace(
      "dataEncryption.primaryKeyURI",
      restores,
      usedIf("dataEncryption.type", "AzureKeyVault"),
    ),
  ],
  "azure-native:dbforpostgresql:Server": [
    keyPlace(
      "dataEncryption.primaryKeyURI",
      restores,
      usedIf("dataEncryption.type", "AzureKeyVault"),
    ),
  ],
  "azure-native:kusto:Cluster": [keyPlace("keyVaultProperties.keyName", reads)],
  "azure-native:synapse:Workspace": [keyPlace("encryption.cmk.key.keyVaultUrl", reads)],
};
