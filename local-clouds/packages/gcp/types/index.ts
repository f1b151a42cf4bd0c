/** All gcp resource types of the local clouds. */

import type { TypeEntry } from "../../../types/type.ts";

/** Every entry of gcp; a new file of entries is added here. */
export const gcpTypes: readonly TypeEntry[] = [];
