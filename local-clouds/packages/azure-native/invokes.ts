/** The provider functions of azure-native that the local clouds answer. */

import type { InvokeEntry } from "../../types/invoke.ts";
import { clientInvokes } from "./invokes/clients.ts";
import { clusterInvokes } from "./invokes/clusters.ts";
import { getters } from "./invokes/getters.ts";
import { keyInvokes } from "./invokes/keys.ts";

/** Every function of azure-native. */
export const azureNativeInvokes: readonly InvokeEntry[] = [
  ...clientInvokes,
  ...clusterInvokes,
  ...keyInvokes,
  ...getters,
];
