/** The GCP package of the local clouds. */

import { definePackage } from "../../types/package.ts";
import { installedVersion } from "../installed.ts";
import { gcpInvokes } from "./invokes/index.ts";
import { gcpNatives } from "./natives.ts";
import { gcpProfile } from "./profile.ts";
import { gcpTypes } from "./types/index.ts";

/** GCP, ready to serve. */
export const gcp = definePackage(
  gcpProfile,
  installedVersion("gcp"),
  gcpTypes,
  gcpInvokes,
  gcpNatives,
);
