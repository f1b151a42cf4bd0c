/**
 * Resource types that no table has, taken as they are where somebody asked for it (`--lenient`).
 *
 * Their inputs are judged where the SDK's shape of the type is known and come back as outputs; nothing
 * else of the service's behaviour is there. The world remembers which types were taken so, and every
 * report can say it.
 */

import { shapeOf } from "../shapes/load.ts";
import type { Shape } from "../shapes/shape.ts";
import type { CloudPackage } from "../types/package.ts";
import type { Autoname, TypeEntry } from "../types/type.ts";
import type { World } from "../world/world.ts";

/** Name of the world's mark. */
const markName = "lenient";

/** Types taken so in one process. */
const lenientTypesMax = 2000;

/** Takes types outside the tables, and says so once for each. */
export class Leniency {
  private readonly entries = new Map<string, TypeEntry>();
  private readonly say: (sentence: string) => void;

  /** `say` gets one sentence for each type. */
  constructor(say: (sentence: string) => void) {
    this.say = say;
  }

  /** The entry that a type is given; throws `RangeError` beyond {@link lenientTypesMax} types. */
  entryFor(cloud: CloudPackage, token: string): TypeEntry {
    const known = this.entries.get(token);
    if (known !== undefined) return known;
    if (this.entries.size >= lenientTypesMax)
      throw new RangeError(`more than ${lenientTypesMax} types outside the tables`);
    const entry = entryFrom(cloud, token, shapeOf(token));
    this.entries.set(token, entry);
    this.say(lenientWarning(token));
    return entry;
  }
}

/** What is said about a type outside the tables. */
export function lenientWarning(token: string): string {
  const how = shapeOf(token) === undefined ? "unchecked" : "checked only against the SDK's shape";
  return (
    `the local clouds do not know the resource type ${token}: with --lenient it is taken as it is, ` +
    `${how}, without any behaviour of the service`
  );
}

/** The types that a world holds or held although no table has them, in order. */
export function lenientTypes(world: World): readonly string[] {
  const mark = world.mark(markName) ?? "";
  return mark === "" ? [] : mark.split("\n");
}

/** Remembers in the world that a type was taken so. */
export function rememberLenient(world: World, token: string): void {
  const known = lenientTypes(world);
  if (!known.includes(token)) world.setMark(markName, [...known, token].sort().join("\n"));
}

/** Forgets it, with everything else in the world. */
export function forgetLenient(world: World): void {
  world.setMark(markName, "");
}

function entryFrom(cloud: CloudPackage, token: string, shape: Shape | undefined): TypeEntry {
  const autoname = autonameOf(cloud, shape);
  return {
    token: shape?.token ?? token,
    lenient: true,
    ...(autoname === undefined ? {} : { autoname }),
    id: (r) => `${r.text("name", r.name)}-${r.hex("id", 8)}`,
  };
}

/** Bridged providers name what may have a name; azure-native's names stand in other properties. */
function autonameOf(cloud: CloudPackage, shape: Shape | undefined): Autoname | undefined {
  const name = shape?.inputs.get("name");
  const named = name !== undefined && !name.required && name.type.kind === "string";
  return named && cloud.profile.suffix.separator !== "" ? { property: "name" } : undefined;
}
