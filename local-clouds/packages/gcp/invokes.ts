/** The provider functions of gcp that the local clouds answer. */

import type { InvokeEntry } from "../../types/invoke.ts";

/** Every function of gcp. */
export const gcpInvokes: readonly InvokeEntry[] = [];
