/** What stands around EC2 instances. */

import type { TypeEntry } from "../../../../types/type.ts";
import { imageTypes } from "./images.ts";
import { machineTypes } from "./machines.ts";
import { scalingTypes } from "./scaling.ts";
import { settingTypes } from "./settings.ts";
import { storageTypes } from "./storage.ts";

/** The entries of machines, their storage and their scaling. */
export const ec2Types: readonly TypeEntry[] = [
  ...machineTypes,
  ...storageTypes,
  ...settingTypes,
  ...imageTypes,
  ...scalingTypes,
];
