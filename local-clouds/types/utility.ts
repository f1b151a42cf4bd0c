/** Profiles of the packages that manage nothing in a cloud: they make values and keep them in the state. */

import { frameworkWords } from "../shapes/words.ts";
import { frameworkBridge } from "./bookkeeping.ts";
import type { Profile } from "./profile.ts";

/** The profile of a utility package (tls, random): bridged from the plugin framework. */
export function utilityProfile(name: string): Profile {
  return {
    name,
    answers: {
      acceptsSecrets: false,
      acceptsResources: true,
      supportsAutonaming: true,
      inputDiff: false,
    },
    suffix: { separator: "-", hexCount: 7 },
    bookkeeping: frameworkBridge,
    words: frameworkWords,
    checkConfig: (config) => ({ faults: [], config }),
    replacingConfig: [],
    // Utility resources belong to nobody: the package itself is their account.
    scope: (config) => ({ account: name, region: "", tenant: "", config }),
    regional: false,
    locate: () => ({ account: name, region: "" }),
    canonical: (token) => token,
    fold: (key) => key,
    frame: (operation, token, error) => `${operation} ${token}: ${error.code}: ${error.says}`,
    usual: {
      taken: { code: "Exists", says: "{id} already exists" },
      inUse: { code: "InUse", says: "{id} is in use by {value}" },
      gone: { code: "NotFound", says: "{id} does not exist" },
    },
  };
}
