/** The Kubernetes package of the local clouds. */

import { definePackage } from "../../types/package.ts";
import { installedVersion } from "../installed.ts";
import { kubernetesInvokes } from "./invokes.ts";
import { kubernetesProfile } from "./profile.ts";
import { releaseEntry } from "./release.ts";

/** Kubernetes, ready to serve; the entries of objects are built from their tokens. */
export const kubernetes = definePackage(
  kubernetesProfile,
  installedVersion("kubernetes"),
  [releaseEntry],
  kubernetesInvokes,
);
