/** Changes a resource's inputs before the engine carries them out, keeping what is secret secret. */
import { Secret } from "@pulumi/policy";
import type { Edit } from "../../model/policy/remedy.ts";
import type { Json } from "../../model/policy/view.ts";

type Key = string | number;

/** The inputs with every secret opened, for rules to read. */
export function opened(value: unknown): unknown {
  if (value instanceof Secret) return opened(value.value);
  if (Array.isArray(value)) return value.map(opened);
  return isPlain(value) ? mapped(value, opened) : value;
}

/** A copy of the inputs with the changes; what was in a secret stays in one. */
export function edited(inputs: unknown, edits: readonly Edit[]): unknown {
  return edits.reduce<unknown>((copy, { path, value }) => put(copy, path, value), inputs);
}

function put(value: unknown, [key, ...rest]: readonly Key[], end: Json | undefined): unknown {
  if (value instanceof Secret) {
    return new Secret(put(value.value, key === undefined ? [] : [key, ...rest], end));
  }
  if (key === undefined) return end;
  if (typeof key === "number") {
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    return list.map((item, index) => (index === key ? put(item, rest, end) : item));
  }
  const object = isPlain(value) ? value : {};
  const { [key]: below, ...others } = object;
  const next = put(below, rest, end);
  return next === undefined ? others : { ...others, [key]: next };
}

/**
 * The inputs in a form that survives the way back to the engine: @pulumi/policy 1.21 would send the
 * names in an archive without what they name.
 */
export async function sendable(value: unknown): Promise<unknown> {
  if (isArchiveOfAssets(value)) {
    const assets = await sendable(await value.assets);
    return { [signatureKey]: archiveSignature, assets };
  }
  if (value instanceof Secret) return new Secret(await sendable(value.value));
  if (Array.isArray(value)) return Promise.all(value.map(sendable));
  if (!isPlain(value)) return value;
  const entries = Object.entries(value).map(async ([key, item]) => [key, await sendable(item)]);
  return Object.fromEntries(await Promise.all(entries)) as unknown;
}

/** How the engine's protocol marks an archive: sdk/go/common/resource/sig/sig.go of pulumi/pulumi. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const archiveSignature = "0def7320c3a5731c473e5ecbe6d01bc7";

/** Made by `AssetArchive` of @pulumi/pulumi, whose objects carry this mark in any copy of the package. */
function isArchiveOfAssets(value: unknown): value is { readonly assets: Promise<unknown> } {
  return (
    typeof value === "object" && value !== null && "__pulumiArchive" in value && "assets" in value
  );
}

/** Assets and archives are objects of a class. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.getPrototypeOf(value) === Object.prototype;
}

function mapped(
  value: Readonly<Record<string, unknown>>,
  change: (item: unknown) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)]));
}
