/** All azuread resource types of the local clouds. */

import type { TypeEntry } from "../../../types/type.ts";
import { applicationTypes } from "./applications.ts";
import { conditionalAccessTypes } from "./conditional-access.ts";
import { federatedCredentialTypes } from "./federated-credentials.ts";
import { groupTypes } from "./groups.ts";

/** Every entry of azuread; a new file of entries is added here. */
export const azureadTypes: readonly TypeEntry[] = [
  ...groupTypes,
  ...applicationTypes,
  ...federatedCredentialTypes,
  ...conditionalAccessTypes,
];
