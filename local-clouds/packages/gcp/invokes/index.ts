/** The provider functions of GCP that the local clouds answer. */

import type { InvokeEntry } from "../../../types/invoke.ts";
import { catalogueInvokes } from "./catalogue.ts";
import { lookupInvokes } from "./lookups.ts";
import { ownInvokes } from "./own.ts";

/** Every function of GCP. */
export const gcpInvokes: readonly InvokeEntry[] = [
  ...ownInvokes,
  ...catalogueInvokes,
  ...lookupInvokes,
];
