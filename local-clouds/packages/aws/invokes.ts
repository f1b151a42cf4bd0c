/** The provider functions of aws that the local clouds answer. */

import type { InvokeEntry } from "../../types/invoke.ts";

/** Every function of aws. */
export const awsInvokes: readonly InvokeEntry[] = [];
