/** The provider functions of azure-native that the local clouds answer. */

import type { InvokeEntry } from "../../types/invoke.ts";

/** Every function of azure-native. */
export const azureNativeInvokes: readonly InvokeEntry[] = [];
