/** The random package of the local clouds. */

import { definePackage } from "../../types/package.ts";
import { utilityProfile } from "../../types/utility.ts";
import { installedVersion } from "../installed.ts";
import { randomTypes } from "./types.ts";

/** random, ready to serve. */
export const random = definePackage(
  utilityProfile("random"),
  installedVersion("random"),
  randomTypes,
  [],
);
