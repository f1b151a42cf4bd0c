/**
 * Where services of Google Cloud name the key under which they encrypt, and what is possible under
 * Google's own. Each as its documentation says under "Customer-managed encryption keys (CMEK)". What
 * GD01c, GD03, GD05 and GD07 name is theirs.
 */
import { around, keyPlace, onlyBeside, usedIf } from "./key-place.ts";
import type { KeyPlace } from "./key-rule.ts";

const disks = "a snapshot of its disk is read under Google's key";
const reads = "whoever may read the service reads the data";
const model = [keyPlace("encryptionSpec.kmsKeyName", reads)];

/** By canonical type. */
export const gcpKeys: Readonly<Record<string, readonly KeyPlace[]>> = {
  "gcp:bigtable/instance:Instance": [
    keyPlace(
      "clusters.*.kmsKeyName",
      "whoever may query reads the data",
      around({ clusters: [{ clusterId: "orders" }] }),
    ),
  ],
  "gcp:dataflow/job:Job": [keyPlace("kmsKeyName", disks)],
  "gcp:dataproc/cluster:Cluster": [keyPlace("clusterConfig.encryptionConfig.kmsKeyName", disks)],
  "gcp:essentialcontacts/documentAiProcessor:DocumentAiProcessor": [keyPlace("kmsKeyName", reads)],
  "gcp:essentialcontacts/documentAiWarehouseLocation:DocumentAiWarehouseLocation": [
    keyPlace("kmsKey", reads),
  ],
  "gcp:notebooks/instance:Instance": [keyPlace("kmsKey", disks, usedIf("diskEncryption", "CMEK"))],
  "gcp:notebooks/runtime:Runtime": [
    keyPlace("virtualMachine.virtualMachineConfig.encryptionConfig.kmsKey", disks),
  ],
  "gcp:vertex/aiDataset:AiDataset": model,
  "gcp:vertex/aiEndpoint:AiEndpoint": model,
  "gcp:vertex/aiFeatureStore:AiFeatureStore": model,
  "gcp:vertex/aiMetadataStore:AiMetadataStore": model,
  "gcp:vertex/aiTensorboard:AiTensorboard": model,
  "gcp:workbench/instance:Instance": [
    keyPlace("gceSetup.bootDisk.kmsKey", disks, usedIf("gceSetup.bootDisk.diskEncryption", "CMEK")),
    keyPlace("gceSetup.dataDisks.kmsKey", disks, onlyBeside("gceSetup.dataDisks", {}), {
      apart: { gceSetup: { bootDisk: { diskEncryption: "CMEK", kmsKey: "k" }, dataDisks: {} } },
    }),
  ],
};

/** Those that take no labels. */
export const gcpUntagged = [
  "gcp:essentialcontacts/documentAiProcessor:DocumentAiProcessor",
  "gcp:essentialcontacts/documentAiWarehouseLocation:DocumentAiWarehouseLocation",
  "gcp:vertex/aiMetadataStore:AiMetadataStore",
];
