/**
 * Ordinary AWS resource types in few words: most have an ARN, a name, tags and a region.
 *
 * Ids, ARNs and other texts are forms: `{name}` is the input of that path, `{id}` the id, `{region}`,
 * `{account}`, `{partition}` and `{suffix}` (the domain of the services) say where the resource lies;
 * `{hex16}`, `{digits12}`, `{upper13}` and `{lower10}` are that many made-up characters, `{uuid}` is a
 * UUID. A label behind a colon tells two of a kind apart: `{hex8}`, `{hex8:volume}`.
 */

import type { Json } from "../../../protocol/value.ts";
import type { Resource } from "../../../types/resource.ts";
import type { Computed, Reference, ServiceError, TypeEntry } from "../../../types/type.ts";
import { dnsSuffix, partition, region, regionAndTags, tagsAll } from "./common.ts";

/** What an ordinary type says beyond what {@link ordinary} fills in. */
export interface Ordinary extends Partial<Omit<TypeEntry, "token" | "id">> {
  /** The id's form; the ARN where none is said. */
  readonly id?: string | ((r: Resource) => string);
  /** The ARN's form behind partition, region and account: `sqs:{name}`; whole where it begins with `arn:`. */
  readonly arn?: string;
  /** Longest `name`, in characters: the provider chooses one, and a change replaces the resource. */
  readonly name?: number;
  /** The type has a `namePrefix` beside its name. */
  readonly prefixed?: true;
  /** The type takes no tags. */
  readonly untagged?: true;
}

/** The entry of an ordinary type. */
export function ordinary(token: string, said: Ordinary): TypeEntry {
  const { id, arn, name, prefixed, untagged, ...rest } = said;
  const ofArn = arn === undefined ? undefined : arnForm(arn, rest.global === true);
  const named = name === undefined ? {} : { autoname: { property: "name", charactersMax: name } };
  return {
    ...named,
    ...rest,
    token,
    id: typeof id === "function" ? id : form(id ?? ofArn ?? "{name}"),
    forceNew: [
      ...(name === undefined ? [] : ["name"]),
      ...(prefixed ? ["namePrefix"] : []),
      ...(rest.forceNew ?? []),
      ...(rest.global ? [] : ["region"]),
    ],
    planned: { ...plannedOf(rest.global === true, untagged === true), ...rest.planned },
    outputs: {
      ...(ofArn === undefined ? {} : { arn: form(ofArn) }),
      ...(prefixed ? { namePrefix: "" } : {}),
      ...rest.outputs,
    },
    keys: [...new Set([...(ofArn === undefined ? [] : ["arn"]), ...(rest.keys ?? [])])],
  };
}

function plannedOf(global: boolean, untagged: boolean): Readonly<Record<string, Computed>> {
  if (global) return untagged ? {} : { tagsAll };
  return untagged ? region : regionAndTags;
}

function arnForm(said: string, global: boolean): string {
  if (said.startsWith("arn:")) return said;
  const colon = said.indexOf(":");
  const where = global ? "" : "{region}";
  return `arn:{partition}:${said.slice(0, colon)}:${where}:{account}:${said.slice(colon + 1)}`;
}

/** A text made by a form. */
export function form(text: string): (r: Resource) => string {
  return (r) => text.replaceAll(/\{([^}]+)\}/g, (_whole, place: string) => placed(r, place));
}

const lowerAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";

function placed(r: Resource, place: string): string {
  if (place === "id") return r.id;
  if (place === "region") return r.region;
  if (place === "account") return r.account;
  if (place === "partition") return partition(r.region);
  if (place === "suffix") return dnsSuffix(r.region);
  if (/^uuid(:|$)/.test(place)) return r.uuid(place);
  const made = /^(hex|digits|upper|lower)(\d+)(:|$)/.exec(place);
  if (made === null) return textIn(r.given(place), r, place);
  const count = Number(made[2]);
  if (made[1] === "hex") return r.hex(place, count);
  if (made[1] === "digits") return r.digits(place, count);
  return made[1] === "upper"
    ? r.characters(place, count)
    : r.characters(place, count, lowerAlphanumeric);
}

function textIn(value: Json | undefined, r: Resource, place: string): string {
  return typeof value === "number" ? String(value) : r.text(place);
}

/** A property that points to another resource. */
export function refer(
  at: string,
  to: string | readonly string[],
  missing: ServiceError,
  how: Partial<Reference> = {},
): Reference {
  return { at, to, missing, ...how };
}

/** A service's error. */
export function error(code: string, says: string): ServiceError {
  return { code, says };
}

/** A refusal if something holds. */
export function refuseIf(holds: boolean, code: string, says: string): ServiceError | undefined {
  return holds ? { code, says } : undefined;
}
