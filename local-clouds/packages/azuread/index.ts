/** The Entra package of the local clouds. */

import { definePackage } from "../../types/package.ts";
import { installedVersion } from "../installed.ts";
import { azureadInvokes } from "./invokes.ts";
import { azureadProfile } from "./profile.ts";
import { azureadTypes } from "./types/index.ts";

/** Entra, ready to serve. */
export const azuread = definePackage(
  azureadProfile,
  installedVersion("azuread"),
  azureadTypes,
  azureadInvokes,
);
