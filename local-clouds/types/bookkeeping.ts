/**
 * The notes real providers write into inputs and outputs.
 *
 * The Terraform bridge lists filled-in keys as `__defaults` in every object and puts timeouts into
 * `__meta`; azure-native marks a generated name by `__createBeforeDelete` and keeps its inputs as
 * the secret output `__inputs` (seen in both providers' recorded exchanges).
 */

import { covers, parsePath } from "../protocol/path.ts";
import {
  equal,
  isList,
  isObject,
  type JsonObject,
  Secret,
  type Value,
  type ValueObject,
} from "../protocol/value.ts";
import { signatureKey } from "../protocol/wire.ts";
import { shapeOf } from "../shapes/load.ts";
import { inputAt, type Shape } from "../shapes/shape.ts";
import { withSecrets, withWholeBlocks } from "./blocks.ts";
import type { About, Bookkeeping, Checked } from "./profile.ts";
import type { TypeEntry } from "./type.ts";

/** Properties that are free maps in every package. */
const usualMaps = ["tags", "tagsAll", "labels", "annotations", "resourceLabels", "keepers"];

/** Key under which the Terraform SDK keeps timeouts (`helper/schema`: `TimeoutKey`). */
const timeoutKey = "e2bfb730-ecaa-11e6-8f88-34363bc7c4c0";

const nanosecondsPerSecond = 1_000_000_000;

/** Resource types bridged from the Terraform SDK, version 2. */
const sdkBridge: Bookkeeping = {
  annotate: (inputs, checked) => withDefaults(inputs, [], notesOf(checked)),
  choseName: isNoted,
  strip: (inputs) => withoutKey(inputs, "__defaults"),
  outputs: (outputs, about) => ({
    ...withSecrets(about.entry.token, outputs),
    id: about.id ?? "",
    ...metaOf(about),
  }),
  deletesFirst: (entry, oldInputs, newInputs) =>
    entry.deleteBeforeReplace === true || keepsGivenName(entry, oldInputs, newInputs),
  tells: () => ({ stables: true, detailsOfNothing: true }),
};

/**
 * Providers bridged from the Terraform plugin framework. They cannot tell a default from what the
 * program gave, so they note none, and an old name stays
 * (`pulumi/pulumi-terraform-bridge:pkg/pf/tfbridge/provider_check.go`, `pkg/tfbridge/info/autonaming.go`).
 */
export const frameworkBridge: Bookkeeping = {
  ...sdkBridge,
  annotate: (inputs) => inputs,
  choseName: () => true,
  outputs: (outputs, about) => ({
    ...outputs,
    ...(about.id === undefined ? {} : { id: about.id }),
    ...metaOf(about),
  }),
  deletesFirst: (entry) => entry.deleteBeforeReplace === true,
  // `pkg/pf/tfbridge/provider_diff.go` and `pkg/pf/internal/plugin/provider_server.go` there.
  tells: () => ({ stables: false, detailsOfNothing: false }),
};

/** Providers bridged from the Terraform SDK, version 2; some of their types are of the plugin framework. */
export const bridge: Bookkeeping = {
  annotate: (inputs, checked) => bridgeOf(checked.entry).annotate(inputs, checked),
  choseName: (inputs, property, framework) =>
    (framework ? frameworkBridge : sdkBridge).choseName(inputs, property, framework),
  strip: sdkBridge.strip,
  outputs: (outputs, about) => bridgeOf(about.entry).outputs(outputs, about),
  deletesFirst: (entry, oldInputs, newInputs) =>
    bridgeOf(entry).deletesFirst(entry, oldInputs, newInputs),
  tells: (entry) => bridgeOf(entry).tells(entry),
};

/** {@link bridge}, for a package whose tables say of blocks only what is not their types' zero. */
export const bridgeOfBlocks: Bookkeeping = {
  ...bridge,
  outputs: (outputs, about) =>
    bridge.outputs(
      about.entry.framework === true
        ? outputs
        : withWholeBlocks(about.entry, outputs, about.id === undefined),
      about,
    ),
};

function bridgeOf(entry: TypeEntry): Bookkeeping {
  return entry.framework === true ? frameworkBridge : sdkBridge;
}

/** azure-native. */
export const azureNative: Bookkeeping = {
  annotate: (inputs, checked) =>
    checked.autonamed ? { ...inputs, __createBeforeDelete: true } : inputs,
  // Names without suffix leave no mark; either way an absent name means the one there was.
  choseName: () => true,
  strip: (inputs) => {
    const { __createBeforeDelete, ...rest } = inputs;
    return rest;
  },
  outputs: (outputs, about) => ({
    ...outputs,
    ...(about.id === undefined ? {} : { id: about.id, __inputs: new Secret(about.inputs) }),
  }),
  deletesFirst: (entry, oldInputs) =>
    entry.deleteBeforeReplace === true || oldInputs["__createBeforeDelete"] !== true,
  // `pulumi/pulumi-azure-native:provider/pkg/provider/provider.go`, Diff.
  tells: () => ({ stables: false, detailsOfNothing: false }),
};

interface Notes {
  readonly defaulted: readonly (readonly (string | number)[])[];
  readonly maps: readonly string[];
  readonly shape: Shape | undefined;
}

function notesOf(checked: Checked): Notes {
  const { defaulted, entry } = checked;
  return { defaulted, maps: [...usualMaps, ...(entry.maps ?? [])], shape: shapeOf(entry.token) };
}

function withDefaults(
  value: ValueObject,
  at: readonly (string | number)[],
  notes: Notes,
): ValueObject {
  const out: Record<string, Value> = {};
  for (const [key, item] of Object.entries(value)) out[key] = annotated(item, [...at, key], notes);
  out["__defaults"] = notes.defaulted
    .filter((path) => path.length === at.length + 1 && at.every((step, i) => step === path[i]))
    .map((path) => String(path.at(-1)))
    .sort();
  return out;
}

function annotated(value: Value, at: readonly (string | number)[], notes: Notes): Value {
  if (isList(value)) return value.map((item, i) => annotated(item, [...at, i], notes));
  if (!isObject(value) || signatureKey in value || isMap(at, notes)) return value;
  return withDefaults(value, at, notes);
}

function isMap(at: readonly (string | number)[], notes: Notes): boolean {
  if (notes.shape !== undefined && inputAt(notes.shape, at)?.kind === "map") return true;
  return notes.maps.some((path) => {
    const steps = parsePath(path);
    return steps.length === at.length && covers(steps, at);
  });
}

function withoutKey(value: ValueObject, dropped: string): ValueObject {
  const out: Record<string, Value> = {};
  for (const [key, item] of Object.entries(value))
    if (key !== dropped) out[key] = cleaned(item, dropped);
  return out;
}

function cleaned(value: Value, dropped: string): Value {
  if (isList(value)) return value.map((item) => cleaned(item, dropped));
  if (value instanceof Secret) return new Secret(cleaned(value.value, dropped));
  return isObject(value) ? withoutKey(value, dropped) : value;
}

function metaOf(about: About): JsonObject {
  const { timeouts, schemaVersion } = about.entry;
  if (about.id === undefined || (timeouts === undefined && schemaVersion === undefined)) return {};
  const meta: Record<string, string | JsonObject> = {};
  if (timeouts !== undefined) {
    meta[timeoutKey] = Object.fromEntries(
      Object.entries(timeouts).map(([key, seconds]) => [key, seconds * nanosecondsPerSecond]),
    );
  }
  if (schemaVersion !== undefined) meta["schema_version"] = String(schemaVersion);
  return { __meta: JSON.stringify(meta) };
}

function isNoted(inputs: ValueObject, property: string): boolean {
  const notes = inputs["__defaults"];
  return isList(notes) && notes.includes(property);
}

/** The bridge's rule: a name the user gave and kept would collide with the old resource's. */
function keepsGivenName(entry: TypeEntry, oldInputs: ValueObject, newInputs: ValueObject): boolean {
  const property = entry.autoname?.property;
  if (property === undefined || newInputs[property] === undefined) return false;
  return !isNoted(newInputs, property) && equal(oldInputs[property], newInputs[property]);
}
