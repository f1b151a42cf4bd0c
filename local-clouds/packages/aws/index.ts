/** The AWS package of the local clouds. */

import { definePackage } from "../../types/package.ts";
import { installedVersion } from "../installed.ts";
import { awsInvokes } from "./invokes.ts";
import { awsNatives } from "./natives.ts";
import { awsProfile } from "./profile.ts";
import { awsTypes } from "./types/index.ts";

/** AWS, ready to serve. */
export const aws = definePackage(
  awsProfile,
  installedVersion("aws"),
  awsTypes,
  awsInvokes,
  awsNatives,
);
