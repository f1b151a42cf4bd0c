/** How the GCP provider answers, names and words (Terraform bridge, SDK version 2). */

import { bridgeWords } from "../../shapes/words.ts";
import { bridge } from "../../types/bookkeeping.ts";
import { configText, inputText, structured } from "../../types/config.ts";
import type { Profile } from "../../types/profile.ts";
import { regionOf } from "./types/common.ts";

/** Project of a configuration that names none. */
const usualProject = "bulkhead-local";

/** The GCP provider. */
export const gcpProfile: Profile = {
  name: "gcp",
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
    return {
      account: configText(config, "project") ?? usualProject,
      region: configText(config, "region") ?? regionOf(configText(config, "zone") ?? ""),
      tenant: "",
      config,
    };
  },
  regional: false,
  locate: (scope, inputs) => ({
    account: projectOf(inputText(inputs, "project")) ?? scope.account,
    region: inputText(inputs, "region") ?? inputText(inputs, "location") ?? scope.region,
  }),
  // A project by its number is the provider's own, as far as ids spell it so (secret versions, brands).
  accountIn: (id) => /^projects\/(?!\d+\/)([^/]+)/.exec(id)?.[1],
  canonical: (token) => token,
  fold: (key) =>
    key
      .replace(/^https:\/\/[a-z]+\.googleapis\.com\/(?:[a-z]+\/)?v\d\w*\//, "")
      .replace(/^https:\/\/www\.googleapis\.com\/[a-z]+\/v\d\w*\//, "")
      .replace(/^\/\/[a-z]+\.googleapis\.com\//, ""),
  frame: (operation, token, error) => {
    const kind = token.slice(token.lastIndexOf(":") + 1);
    return `Error ${operation} ${kind}: googleapi: Error ${error.code}: ${error.says}`;
  },
  usual: {
    taken: { code: "409", says: "The resource '{id}' already exists, alreadyExists" },
    inUse: {
      code: "400",
      says: "The resource '{id}' is already being used by '{value}', resourceInUseByAnotherResource",
    },
    gone: { code: "404", says: "The resource '{id}' was not found, notFound" },
  },
};

function projectOf(project: string | undefined): string | undefined {
  return project?.replace(/^projects\//, "");
}
