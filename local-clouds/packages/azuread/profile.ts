/** How the Entra (azuread) provider answers, names and words (Terraform bridge, SDK version 2). */

import { bridgeWords } from "../../shapes/words.ts";
import { bridge } from "../../types/bookkeeping.ts";
import { configText, structured } from "../../types/config.ts";
import type { Profile } from "../../types/profile.ts";

const usualTenant = "00000000-0000-4000-8000-00000000aaaa";

/** The azuread provider. */
export const azureadProfile: Profile = {
  name: "azuread",
  answers: {
    acceptsSecrets: false,
    acceptsResources: false,
    supportsAutonaming: true,
    inputDiff: false,
  },
  suffix: { separator: "-", hexCount: 7 },
  bookkeeping: bridge,
  words: bridgeWords,
  checkConfig: (config) => ({ faults: [], config }),
  replacingConfig: [],
  scope(given) {
    const config = structured(given);
    const tenant = configText(config, "tenantId") ?? usualTenant;
    return { account: tenant, region: "", tenant, config };
  },
  regional: false,
  locate: (scope) => ({ account: scope.account, region: "" }),
  canonical: (token) => token,
  fold: (key) => key.toLowerCase(),
  frame: (operation, _token, error) =>
    `${operation}: unexpected status 400 with OData error: ${error.code}: ${error.says}`,
  usual: {
    taken: {
      code: "Request_BadRequest",
      says: "Another object with the same value for property id already exists.",
    },
    inUse: { code: "Request_BadRequest", says: "{id} is referenced by {value}." },
    gone: {
      code: "Request_ResourceNotFound",
      says: "Resource '{id}' does not exist or one of its queried reference-property objects are not present.",
    },
  },
};
