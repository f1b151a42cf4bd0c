/** What keeps secrets and watches. */

import type { TypeEntry } from "../../../../types/type.ts";
import { monitoringTypes } from "./monitoring.ts";
import { postureTypes } from "./posture.ts";
import { secretTypes } from "./secrets.ts";

/** The entries of secrets, logs, alarms and security services. */
export const securityTypes: readonly TypeEntry[] = [
  ...secretTypes,
  ...monitoringTypes,
  ...postureTypes,
];
