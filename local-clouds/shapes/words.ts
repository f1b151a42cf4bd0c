/**
 * How the providers word what is wrong with inputs, and what they let pass.
 *
 * The bridge and the plugin framework: `pulumi/pulumi-terraform-bridge:pkg/tfbridge/{schema,
 * check_failures,provider_test}.go`, `pkg/pf/tfbridge/detect_check_failures.go`, and the messages of
 * `hashicorp/terraform-plugin-sdk:helper/schema/schema.go`. azure-native:
 * `pulumi/pulumi-azure-native:provider/pkg/provider/provider.go` (validateType, validateProperty).
 */

import { isList, isObject, type Value } from "../protocol/value.ts";

/** The resource that is judged. */
export interface Subject {
  /** Logical name. */
  readonly name: string;
}

/** What a value should have been. */
export type Wanted = "string" | "number" | "boolean" | "asset" | "list" | "map" | "object";

/** A provider's manner. Paths are in the engine's form. */
export interface Words {
  /** One value stands for a list of one, and the other way round. */
  readonly wrapsSingle: boolean;
  /** Values of free maps are judged. */
  readonly judgesMaps: boolean;
  /** Alternatives (`string | object`) are judged. */
  readonly judgesAlternatives: boolean;
  /** Enumerations that the SDK declares closed are closed. */
  readonly judgesTexts: boolean;
  /** Whether a value of another type is converted or passed over. */
  takes(wanted: Wanted, given: Value): boolean;
  /** A property the type does not have as input; `output` says that it is one of its outputs. */
  unknown(subject: Subject, path: string, output: boolean): string | undefined;
  missing(subject: Subject, path: string): string;
  mismatch(subject: Subject, path: string, wanted: Wanted, given: Value): string;
  notAllowed(subject: Subject, path: string, given: string, allowed: readonly string[]): string;
}

/** Providers bridged from the Terraform SDK, version 2. */
export const bridgeWords: Words = {
  wrapsSingle: true,
  judgesMaps: true,
  // `typechecker.go` leaves alternatives alone, and policies are turned into JSON text.
  judgesAlternatives: false,
  // The few enumerations of @pulumi/aws are the SDK's own and lag behind the service.
  judgesTexts: false,
  takes: converts,
  unknown: (subject, path, output) =>
    output
      ? examine(
          subject,
          path,
          `Value for unconfigurable attribute. Can't configure a value for "${terraformName(path)}": its value ` +
            `will be decided automatically based on the result of applying this configuration.`,
        )
      : examine(subject, path, "Invalid or unknown key"),
  missing: (subject, path) =>
    examine(
      subject,
      path,
      `Missing required argument. The argument "${terraformName(path)}" is required, but no definition was found.`,
    ),
  mismatch: (subject, path, wanted, given) =>
    examine(subject, path, terraformMismatch(wanted, given)),
  notAllowed: (subject, path, given, allowed) =>
    examine(
      subject,
      path,
      `expected ${terraformName(path)} to be one of [${allowed.map((one) => `"${one}"`).join(" ")}], got ${given}`,
    ),
};

/** Providers bridged from the Terraform plugin framework. */
export const frameworkWords: Words = {
  ...bridgeWords,
  missing: (_subject, path) => `Missing required property '${path}'`,
};

/** azure-native. */
export const azureNativeWords: Words = {
  wrapsSingle: false,
  judgesMaps: false,
  judgesAlternatives: true,
  judgesTexts: true,
  // The provider has no case for booleans: they pass wherever they stand.
  takes: (wanted, given) =>
    typeof given === "boolean"
      ? wanted !== "list"
      : (wanted === "string" || wanted === "number") && typeof given === wanted,
  // The provider drops what it does not know and says so in its log only; a program that sets a
  // property without effect is wrong all the same. It completes `azureApiVersion` itself.
  unknown: (_subject, path) =>
    path === "azureApiVersion" ? undefined : `'${path}' is not a property of this type`,
  missing: (_subject, path) =>
    `missing required property '${path}'` +
    (path === "location"
      ? `. Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'.`
      : ""),
  mismatch: (_subject, path, wanted, given) =>
    `'${path}' should be of type '${azureTypes[wanted]}' but got ${article(kindOf(given))}`,
  notAllowed: (_subject, path, given, allowed) =>
    `'${path}' is '${given}' but expected one of [${allowed.map((one) => `'${one}'`).join(",")}]`,
};

const azureTypes: Readonly<Record<Wanted, string>> = {
  string: "string",
  number: "number",
  boolean: "boolean",
  asset: "asset",
  list: "array",
  map: "object",
  object: "object",
};

/** The bridge turns numbers, booleans and their texts into one another. */
function converts(wanted: Wanted, given: Value): boolean {
  if (wanted === "string") return ["string", "number", "boolean"].includes(typeof given);
  if (wanted === "number") {
    return typeof given === "number" || (typeof given === "string" && isNumber(given));
  }
  if (wanted === "boolean") {
    if (typeof given === "string") return booleans.has(given);
    return typeof given === "boolean" || typeof given === "number";
  }
  return false;
}

/** What Go's `strconv.ParseBool` takes, and no text at all. */
const booleans: ReadonlySet<string> = new Set([
  "1",
  "t",
  "T",
  "TRUE",
  "true",
  "True",
  "0",
  "f",
  "F",
  "FALSE",
  "false",
  "False",
  "",
]);

function isNumber(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
}

function terraformMismatch(wanted: Wanted, given: Value): string {
  if (wanted === "list") return "Attribute must be a list";
  if (wanted === "map") return "Attribute must be a map";
  if (wanted === "object")
    return `Expected Object Type. Expected object, got ${goKinds[kindOf(given)]}`;
  if (isList(given)) return "Attribute must be a single value, not a list";
  if (isObject(given)) return "Attribute must be a single value, not a map";
  const text = JSON.stringify(given);
  if (wanted === "number") return `strconv.ParseInt: parsing ${text}: invalid syntax`;
  if (wanted === "boolean") return `strconv.ParseBool: parsing ${text}: invalid syntax`;
  return `expected an asset or archive, got ${text}`;
}

const goKinds = {
  string: "string",
  number: "int",
  boolean: "bool",
  array: "slice",
  object: "map",
} as const;

function kindOf(value: Value): keyof typeof goKinds {
  if (isList(value)) return "array";
  const kind = typeof value;
  return kind === "string" || kind === "number" || kind === "boolean" ? kind : "object";
}

function article(kind: string): string {
  return /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

function examine(subject: Subject, path: string, reason: string): string {
  return `${reason}. Examine values at '${subject.name}.${path}'.`;
}

/** The last part of a path as Terraform would spell it; plurals the bridge made are not undone. */
function terraformName(path: string): string {
  const last = path.slice(path.lastIndexOf(".") + 1).replace(/\[.*$/, "");
  return last.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
