/** Every resource type of GCP that the local clouds know. */

import type { TypeEntry } from "../../../types/type.ts";
import { clusterTypes } from "./clusters.ts";
import { firewallTypes } from "./firewall.ts";
import { identityTypes } from "./identity.ts";
import { kmsTypes } from "./kms.ts";
import { networkTypes } from "./network.ts";
import { pubsubTypes } from "./pubsub.ts";
import { secretTypes } from "./secrets.ts";
import { storageTypes } from "./storage.ts";

/** The table of GCP. */
export const gcpTypes: readonly TypeEntry[] = [
  ...networkTypes,
  ...firewallTypes,
  ...identityTypes,
  ...storageTypes,
  ...kmsTypes,
  ...clusterTypes,
  ...pubsubTypes,
  ...secretTypes,
];
