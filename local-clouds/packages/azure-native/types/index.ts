/** All azure-native resource types of the local clouds. */

import type { TypeEntry } from "../../../types/type.ts";

/** Every entry of azure-native; a new file of entries is added here. */
export const azureNativeTypes: readonly TypeEntry[] = [];
