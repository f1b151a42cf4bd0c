/** The tls package of the local clouds. */

import { definePackage } from "../../types/package.ts";
import { utilityProfile } from "../../types/utility.ts";
import { installedVersion } from "../installed.ts";
import { tlsInvokes } from "./invokes.ts";
import { tlsTypes } from "./types.ts";

/** tls, ready to serve. */
export const tls = definePackage(
  utilityProfile("tls"),
  installedVersion("tls"),
  tlsTypes,
  tlsInvokes,
);
