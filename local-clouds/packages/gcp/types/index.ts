/** Every resource type of GCP that the local clouds know. */

import type { TypeEntry } from "../../../types/type.ts";
import { addressTypes } from "./addresses.ts";
import { artifactTypes } from "./artifacts.ts";
import { backendTypes } from "./backends.ts";
import { bigqueryTypes } from "./bigquery.ts";
import { cacheTypes } from "./caches.ts";
import { certificateTypes } from "./certificates.ts";
import { clusterTypes } from "./clusters.ts";
import { databaseTypes } from "./databases.ts";
import { diskTypes } from "./disks.ts";
import { dnsTypes } from "./dns.ts";
import { firewallTypes } from "./firewall.ts";
import { firewallPolicyTypes } from "./firewall-policies.ts";
import { frontendTypes } from "./frontends.ts";
import { functionTypes } from "./functions.ts";
import { identityTypes } from "./identity.ts";
import { instanceGroupTypes } from "./instance-groups.ts";
import { instanceTypes } from "./instances.ts";
import { kmsTypes } from "./kms.ts";
import { loggingTypes } from "./logging.ts";
import { monitoringTypes } from "./monitoring.ts";
import { networkTypes } from "./network.ts";
import { organisationTypes } from "./organisation.ts";
import { perimeterTypes } from "./perimeters.ts";
import { pubsubTypes } from "./pubsub.ts";
import { runTypes } from "./run.ts";
import { scheduleTypes } from "./schedules.ts";
import { secretTypes } from "./secrets.ts";
import { secureTagTypes } from "./secure-tags.ts";
import { sqlTypes } from "./sql.ts";
import { storageTypes } from "./storage.ts";
import { subnetworkTypes } from "./subnetworks.ts";
import { withUsualRules } from "./usual-rules.ts";
import { vpnTypes } from "./vpn.ts";

const entries: readonly TypeEntry[] = [
  ...networkTypes,
  ...subnetworkTypes,
  ...addressTypes,
  ...vpnTypes,
  ...firewallTypes,
  ...secureTagTypes,
  ...firewallPolicyTypes,
  ...instanceTypes,
  ...instanceGroupTypes,
  ...diskTypes,
  ...backendTypes,
  ...frontendTypes,
  ...certificateTypes,
  ...dnsTypes,
  ...identityTypes,
  ...organisationTypes,
  ...storageTypes,
  ...kmsTypes,
  ...secretTypes,
  ...artifactTypes,
  ...clusterTypes,
  ...runTypes,
  ...functionTypes,
  ...scheduleTypes,
  ...sqlTypes,
  ...databaseTypes,
  ...cacheTypes,
  ...bigqueryTypes,
  ...pubsubTypes,
  ...loggingTypes,
  ...monitoringTypes,
  ...perimeterTypes,
];

/** The table of GCP. */
export const gcpTypes: readonly TypeEntry[] = entries.map(withUsualRules);
