/** How azure-native answers, names and words. */

import type { JsonObject } from "../../protocol/value.ts";
import { azureNativeWords } from "../../shapes/words.ts";
import { azureNative } from "../../types/bookkeeping.ts";
import { configText, inputText, structured } from "../../types/config.ts";
import type { Profile } from "../../types/profile.ts";
import { lockedBy } from "./locks.ts";

/** Subscription and tenant of a configuration that names none. */
const usualSubscription = "00000000-0000-4000-8000-000000000001";
const usualTenant = "00000000-0000-4000-8000-00000000aaaa";

/** The azure-native provider. */
export const azureNativeProfile: Profile = {
  name: "azure-native",
  answers: {
    acceptsSecrets: false,
    acceptsResources: false,
    supportsAutonaming: true,
    inputDiff: false,
  },
  suffix: { separator: "", hexCount: 8 },
  bookkeeping: azureNative,
  words: azureNativeWords,
  checkConfig: (config) => ({ faults: [], config }),
  // "West Europe" is westeurope (`pulumi/pulumi-azure-native:provider/pkg/provider/diff.go`).
  comparedAs: { location: (text) => text.replaceAll(" ", "").toLowerCase() },
  replacingConfig: [],
  scope(given) {
    const config = structured(given);
    return {
      account: configText(config, "subscriptionId") ?? usualSubscription,
      region: configText(config, "location") ?? "",
      tenant: configText(config, "tenantId") ?? usualTenant,
      config,
    };
  },
  regional: false,
  locate: (scope, inputs) => ({
    account: scope.account,
    region: inputText(inputs, "location") ?? scope.region,
  }),
  accountIn: (id) => /^\/subscriptions\/([^/]+)/i.exec(id)?.[1],
  // Every API version of a type is one type: `azure-native:network/v20240101:Subnet`, and the
  // version 2 module spelling `azure-native:network:Subnet`.
  canonical: (token) => token.replace(/\/v\d{8}\w*:/, ":"),
  // Resource ids and names are compared without regard to case (Azure Resource Manager, naming rules).
  fold: (key) => key.toLowerCase(),
  bars: lockedBy,
  frame: (_operation, _token, error) => frame(error.code, error.says),
  usual: {
    taken: {
      code: "409",
      says: "cannot create already existing resource '{id}'",
    },
    inUse: { code: "InUse", says: "Resource {id} is in use by {value}." },
    gone: { code: "ResourceNotFound", says: "The Resource '{id}' was not found." },
  },
};

function frame(code: string, says: string): string {
  const body: JsonObject = { error: { code, message: says } };
  return `Code="${code}" Message="${says}": ${JSON.stringify(body)}`;
}
