/** The provider functions of azuread that the local clouds answer. */

import type { InvokeEntry } from "../../types/invoke.ts";

/** Every function of azuread. */
export const azureadInvokes: readonly InvokeEntry[] = [];
