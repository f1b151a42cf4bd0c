/** How the AWS provider answers, names and words (Terraform bridge, SDK version 2). */

import { createHash } from "node:crypto";
import type { Json, JsonObject } from "../../protocol/value.ts";
import { bridgeWords } from "../../shapes/words.ts";
import { bridgeOfBlocks } from "../../types/bookkeeping.ts";
import { configText, inputText, structured } from "../../types/config.ts";
import type { Profile } from "../../types/profile.ts";
import type { InputFault } from "../../types/type.ts";
import { precheck } from "./precheck.ts";

/** The account of a configuration that names none. */
const usualAccount = "123456789012";
const usualRegion = "us-east-1";

/**
 * What the provider fills into its configuration; anything but text is JSON text there (the SDK's
 * `provider.js`, which fills in the same for a provider of one's own).
 */
const configDefaults: JsonObject = {
  skipCredentialsValidation: "false",
  skipRegionValidation: "true",
};

/** The AWS provider. */
export const awsProfile: Profile = {
  name: "aws",
  answers: {
    acceptsSecrets: false,
    acceptsResources: false,
    supportsAutonaming: true,
    inputDiff: false,
  },
  suffix: { separator: "-", hexCount: 7 },
  bookkeeping: bridgeOfBlocks,
  words: bridgeWords,
  checkConfig: (config) => ({
    faults: regionFaults(config),
    config: { ...configDefaults, ...config },
  }),
  precheck,
  // A provider with another region or account holds other resources, but the real one updates in
  // place and lets every resource decide.
  replacingConfig: [],
  scope(given) {
    const config = structured(given);
    const region = configText(config, "region") ?? usualRegion;
    return { account: accountOf(config), region, tenant: "", config };
  },
  regional: true,
  locate: (scope, inputs) => ({
    account: scope.account,
    region: inputText(inputs, "region") ?? scope.region,
  }),
  canonical: (token) => token,
  fold: (key) => key,
  frame: (operation, token, error) =>
    `${operation} ${serviceOf(token)}: operation error ${serviceOf(token)}: https response error ` +
    `StatusCode: 400, api error ${error.code}: ${error.says}`,
  usual: {
    taken: { code: "EntityAlreadyExists", says: "{value} already exists" },
    inUse: { code: "DependencyViolation", says: "resource {id} has a dependent object" },
    gone: { code: "ResourceNotFoundException", says: "{id} does not exist" },
  },
};

function regionFaults(config: JsonObject): InputFault[] {
  const region = configText(config, "region");
  if (region === undefined || /^[a-z]{2,}(-[a-z]+)+-\d$/.test(region)) return [];
  return [{ property: "region", reason: `invalid AWS Region: ${region}` }];
}

/** Who the credentials belong to: an assumed role says it, an access key stands for one account. */
function accountOf(config: JsonObject): string {
  const role = firstRole(config["assumeRoles"]) ?? firstRole(config["assumeRole"]);
  const fromRole = role?.split(":")[4];
  if (fromRole !== undefined && fromRole !== "") return fromRole;
  const allowed = config["allowedAccountIds"];
  if (Array.isArray(allowed) && typeof allowed[0] === "string") return allowed[0];
  const key = configText(config, "accessKey") ?? configText(config, "profile");
  return key === undefined ? usualAccount : accountOfKey(key);
}

function firstRole(roles: Json | undefined): string | undefined {
  const role = Array.isArray(roles) ? roles[0] : roles;
  if (typeof role !== "object" || role === null) return undefined;
  const arn = (role as JsonObject)["roleArn"];
  return typeof arn === "string" ? arn : undefined;
}

function accountOfKey(key: string): string {
  const number = createHash("sha256").update(key).digest().readUIntBE(0, 6) % 900_000_000_000;
  return String(100_000_000_000 + number);
}

/** The service part of a token: `aws:ec2/vpc:Vpc` → `ec2`. */
function serviceOf(token: string): string {
  return token.split(":")[1]?.split("/")[0] ?? token;
}
