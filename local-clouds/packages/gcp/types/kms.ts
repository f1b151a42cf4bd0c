/** Keys (Cloud KMS API v1). */

import type { TypeEntry } from "../../../types/type.ts";
import { badRequest, labels, project, toId } from "./common.ts";
import { grants } from "./iam-grants.ts";

const ringToken = "gcp:kms/keyRing:KeyRing";
const daySeconds = 86_400;

const keyRing: TypeEntry = {
  token: ringToken,
  autoname: { property: "name", charactersMax: 63 },
  forceNew: ["name", "location", "project"],
  id: (r) => `projects/${r.account}/locations/${r.text("location")}/keyRings/${r.text("name")}`,
  planned: project,
  timeouts: { create: 1200, delete: 1200 },
};

const cryptoKey: TypeEntry = {
  token: "gcp:kms/cryptoKey:CryptoKey",
  autoname: { property: "name", charactersMax: 63 },
  defaults: { purpose: "ENCRYPT_DECRYPT" },
  check: (r) => {
    const period = r.text("rotationPeriod", `${daySeconds}s`);
    const seconds = /^\d+(\.\d+)?s$/.test(period) ? Number(period.slice(0, -1)) : 0;
    return seconds >= daySeconds
      ? []
      : [
          {
            property: "rotationPeriod",
            reason: `rotation period must be greater than one day: ${period}`,
          },
        ];
  },
  forceNew: ["name", "keyRing", "purpose", "destroyScheduledDuration", "importOnly"],
  id: (r) => `${r.text("keyRing")}/cryptoKeys/${r.text("name")}`,
  planned: labels,
  outputs: {
    destroyScheduledDuration: "2592000s",
    importOnly: false,
    cryptoKeyBackend: "",
    primaries: (r) => [{ name: `${r.id}/cryptoKeyVersions/1`, state: "ENABLED" }],
    "versionTemplate.algorithm": "GOOGLE_SYMMETRIC_ENCRYPTION",
    "versionTemplate.protectionLevel": "SOFTWARE",
  },
  references: [toId("keyRing", ringToken)],
  // Only keys that encrypt data are rotated by the service (Cloud KMS, "Key rotation").
  admit: (r) =>
    r.given("rotationPeriod") !== undefined && r.text("purpose") !== "ENCRYPT_DECRYPT"
      ? badRequest("Rotation settings are only allowed for keys with purpose ENCRYPT_DECRYPT")
      : undefined,
  timeouts: { create: 1200, update: 1200, delete: 1200 },
  schemaVersion: 1,
};

/** The entries of keys. */
export const kmsTypes: readonly TypeEntry[] = [
  keyRing,
  cryptoKey,
  ...grants({
    family: "gcp:kms/keyRingIAM",
    input: "keyRingId",
    to: ringToken,
    form: "{keyRingId}",
  }),
  ...grants({
    family: "gcp:kms/cryptoKeyIAM",
    input: "cryptoKeyId",
    to: "gcp:kms/cryptoKey:CryptoKey",
    form: "{cryptoKeyId}",
  }),
];
