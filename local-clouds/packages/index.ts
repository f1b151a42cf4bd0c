/** Every provider package of the local clouds. */

import type { CloudPackage } from "../types/package.ts";
import { aws } from "./aws/index.ts";
import { azureNative } from "./azure-native/index.ts";
import { azuread } from "./azuread/index.ts";
import { gcp } from "./gcp/index.ts";
import { kubernetes } from "./kubernetes/index.ts";
import { random } from "./random/index.ts";
import { tls } from "./tls/index.ts";

const all: readonly CloudPackage[] = [aws, azureNative, azuread, gcp, kubernetes, tls, random];

/** The packages by name. */
export const packages: ReadonlyMap<string, CloudPackage> = new Map(
  all.map((cloud) => [cloud.profile.name, cloud]),
);
