/** The Azure package of the local clouds. */

import { definePackage } from "../../types/package.ts";
import { installedVersion } from "../installed.ts";
import { azureNativeInvokes } from "./invokes.ts";
import { azureNativeProfile } from "./profile.ts";
import { azureNativeTypes } from "./types/index.ts";

/** Azure, ready to serve. */
export const azureNative = definePackage(
  azureNativeProfile,
  installedVersion("azure-native"),
  azureNativeTypes,
  azureNativeInvokes,
);
