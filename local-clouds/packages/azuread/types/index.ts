/** All azuread resource types of the local clouds. */

import type { TypeEntry } from "../../../types/type.ts";
import { applicationPartTypes } from "./application-parts.ts";
import { applicationTypes } from "./applications.ts";
import { conditionalAccessTypes } from "./conditional-access.ts";
import { credentialTypes } from "./credentials.ts";
import { directoryRoleTypes } from "./directory-roles.ts";
import { federatedCredentialTypes } from "./federated-credentials.ts";
import { groupTypes } from "./groups.ts";
import { privilegedGroupTypes } from "./privileged-groups.ts";

/** Every entry of azuread; a new file of entries is added here. */
export const azureadTypes: readonly TypeEntry[] = [
  ...groupTypes,
  ...applicationTypes,
  ...applicationPartTypes,
  ...credentialTypes,
  ...federatedCredentialTypes,
  ...directoryRoleTypes,
  ...privilegedGroupTypes,
  ...conditionalAccessTypes,
];
