/** The names providers give when the program gives none. */

import { createHash, randomBytes } from "node:crypto";
import { meet, parsePath } from "../protocol/path.ts";
import { isObject, Secret, Unknown, type Value, type ValueObject } from "../protocol/value.ts";
import type { Profile } from "../types/profile.ts";
import type { Autoname } from "../types/type.ts";

/** What the engine's `pulumi:autonaming` configuration asks for. */
export interface AutonamingWish {
  readonly mode: "propose" | "enforce" | "disable";
  readonly proposedName: string;
}

/** What a name is made from. */
export interface NamingRequest {
  readonly logicalName: string;
  readonly randomSeed: Uint8Array;
  readonly wish: AutonamingWish | undefined;
  readonly oldInputs: ValueObject;
  /** Inputs as the program gives them; only an {@link Autoname.ending} reads them. */
  readonly inputs?: ValueObject;
  /** The type is bridged from the Terraform plugin framework. */
  readonly framework?: boolean;
}

/** A chosen name, and whether it carries a random suffix. */
export interface Naming {
  readonly name: string;
  readonly random: boolean;
}

/** The name for a resource whose program gives none; `undefined` when autonaming is switched off. */
export function chooseName(
  profile: Profile,
  rule: Autoname,
  request: NamingRequest,
): Naming | undefined {
  const old = generatedBefore(profile, rule, request);
  if (old !== undefined) return { name: old, random: rule.suffix !== false };
  const { wish } = request;
  if (wish?.mode === "disable") return undefined;
  if (wish?.mode === "enforce") return { name: wish.proposedName, random: true };
  if (rule.uuid === true) return { name: uuidOf(request.randomSeed), random: true };
  if (wish?.mode === "propose") return { name: shaped(wish.proposedName, rule, 0), random: true };
  if (rule.suffix === false) return { name: shaped(request.logicalName, rule, 0), random: false };
  const { separator, hexCount } = profile.suffix;
  const between = rule.separator ?? (rule.alphanumeric === true ? "" : separator);
  const suffix = between + suffixOf(request.randomSeed, hexCount) + endingOf(rule, request.inputs);
  const beginning = rule.beginning ?? "";
  const { logicalName } = request;
  const rest = logicalName.startsWith(beginning)
    ? logicalName.slice(beginning.length)
    : logicalName;
  const base = shaped(rest, rule, beginning.length + suffix.length);
  return { name: beginning + base + suffix, random: true };
}

function endingOf(rule: Autoname, inputs: ValueObject | undefined): string {
  if (rule.ending === undefined || inputs === undefined) return "";
  return meet(inputs, parsePath(rule.ending.when))[0]?.value === true ? rule.ending.text : "";
}

/** The name in the old inputs, if the provider chose it. */
function generatedBefore(
  profile: Profile,
  rule: Autoname,
  { oldInputs, framework }: NamingRequest,
): string | undefined {
  const old = meet(oldInputs, parsePath(rule.property))[0]?.value;
  if (typeof old !== "string" || old === "") return undefined;
  return profile.bookkeeping.choseName(oldInputs, rule.property, framework === true)
    ? old
    : undefined;
}

function shaped(base: string, rule: Autoname, reserved: number): string {
  let name = rule.lowerCase ? base.toLowerCase() : base;
  if (rule.alphanumeric) name = name.replaceAll(/[^A-Za-z0-9]/g, "");
  return rule.charactersMax === undefined ? name : name.slice(0, rule.charactersMax - reserved);
}

/** Hex characters that follow from the engine's seed, so a preview shows the name the update gives. */
function suffixOf(seed: Uint8Array, hexCount: number): string {
  const source = seed.length === 0 ? randomBytes(32) : seed;
  return createHash("sha256").update(source).digest("hex").slice(0, hexCount);
}

/** A UUID, version 4, that follows from the engine's seed. */
function uuidOf(seed: Uint8Array): string {
  const hex = suffixOf(seed, 32);
  const variant = "89ab".charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

/** Whether an input is given: absent and null do not count, an unknown on the way does. */
export function isGiven(inputs: ValueObject, path: string): boolean {
  let node: Value | undefined = inputs;
  for (const step of parsePath(path)) {
    if (node instanceof Secret) node = node.value;
    if (node instanceof Unknown) return true;
    if (!isObject(node)) return false;
    node = node[String(step)];
  }
  return node !== undefined && node !== null;
}
