/** All AWS resource types of the local clouds. */

import type { TypeEntry } from "../../../types/type.ts";
import { vpcTypes } from "./vpc.ts";

/** Every AWS entry; a new file of entries is added here. */
export const awsTypes: readonly TypeEntry[] = [...vpcTypes];
