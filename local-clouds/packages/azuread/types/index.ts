/** All azuread resource types of the local clouds. */

import type { TypeEntry } from "../../../types/type.ts";

/** Every entry of azuread; a new file of entries is added here. */
export const azureadTypes: readonly TypeEntry[] = [];
