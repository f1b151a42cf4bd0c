/** Creates a lowered GCP log store. */
import * as kms from "@pulumi/gcp/kms/index.js";
import * as storage from "@pulumi/gcp/storage/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { childOf } from "../../shared/providers.ts";
import type { GcpLogStore } from "./lower-store.ts";

export function createStore(
  parent: pulumi.ComponentResource,
  name: string,
  store: GcpLogStore,
): storage.Bucket {
  const { project, location, labels } = store;
  const key = createKey(parent, name, store);
  // Asking for the storage service's agent is what makes Google create it.
  const agent = storage.getProjectServiceAccountOutput({ project }, { parent });
  const grant = new kms.CryptoKeyIAMMember(
    name,
    {
      cryptoKeyId: key.id,
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: agent.member,
    },
    childOf(parent),
  );
  return new storage.Bucket(
    name,
    {
      project,
      name: store.bucket,
      location,
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      encryption: { defaultKmsKeyName: key.id },
      // Google refuses versioning on a bucket with a retention policy: nothing can be overwritten.
      retentionPolicy: { isLocked: store.isLocked, retentionPeriod: store.retentionSeconds },
      lifecycleRules: [{ action: { type: "Delete" }, condition: { age: store.deleteAfterDays } }],
      labels,
    },
    childOf(parent, { dependsOn: [grant] }),
  );
}

/** Without names of ours: a key ring can never be deleted, so a second `up` needs another name. */
function createKey(
  parent: pulumi.ComponentResource,
  name: string,
  { project, location, labels, keyRotationSeconds }: GcpLogStore,
): kms.CryptoKey {
  const ring = new kms.KeyRing(name, { project, location }, childOf(parent));
  return new kms.CryptoKey(
    name,
    {
      keyRing: ring.id,
      purpose: "ENCRYPT_DECRYPT",
      rotationPeriod: `${keyRotationSeconds}s`,
      labels,
    },
    childOf(parent),
  );
}
