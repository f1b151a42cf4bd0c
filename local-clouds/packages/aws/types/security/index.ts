/** What keeps secrets and watches. */

import type { TypeEntry } from "../../../../types/type.ts";
import { canaryTypes } from "./canaries.ts";
import { configTypes } from "./config.ts";
import { findingTypes } from "./findings.ts";
import { guarddutyTypes } from "./guardduty.ts";
import { keyTypes } from "./keys.ts";
import { monitoringTypes } from "./monitoring.ts";
import { secretTypes } from "./secrets.ts";
import { systemsManagerTypes } from "./systems-manager.ts";

/** The entries of secrets, logs, alarms and security services. */
export const securityTypes: readonly TypeEntry[] = [
  ...secretTypes,
  ...keyTypes,
  ...monitoringTypes,
  ...canaryTypes,
  ...configTypes,
  ...guarddutyTypes,
  ...findingTypes,
  ...systemsManagerTypes,
];
