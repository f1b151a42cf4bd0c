/** Everything that the resource classes of one module speak of, under the SDK's full names. */

import type { Member } from "./declarations.ts";
import { type Referred, spell } from "./expression.ts";
import type { ResourceClass, Sdk } from "./sdk.ts";

/** Spelled types of properties; a required one ends in `!`. */
export type Properties = Readonly<Record<string, string>>;

/** A module before its nested shapes get short names. */
export interface Collected {
  readonly resources: ReadonlyMap<string, CollectedResource>;
  /** Nested shapes by `in:NAME` and `out:NAME`. */
  readonly shapes: ReadonlyMap<string, Properties>;
  readonly enums: ReadonlyMap<string, readonly string[]>;
}

/** One resource type of a module. */
export interface CollectedResource {
  readonly inputs: Properties;
  readonly outputs: Properties;
  readonly about: ResourceClass;
}

/** Reads the classes of one module and follows their nested shapes. */
export function collect(sdk: Sdk, tokens: readonly string[]): Collected {
  const shapes = new Map<string, Properties>();
  const enums = new Map<string, readonly string[]>();
  const waiting: { key: string; members: readonly Member[] }[] = [];
  const referred: Referred = {
    shape(side, name) {
      const key = `${side === "inputs" ? "in" : "out"}:${name}`;
      const members = sdk[side].members.get(name);
      if (members === undefined) return "any";
      if (!shapes.has(key)) {
        shapes.set(key, {});
        waiting.push({ key, members });
      }
      return `#${key}`;
    },
    enumeration(name) {
      const values = sdk.enums(name);
      if (values === undefined) return undefined;
      enums.set(name, values);
      return `=${name}`;
    },
  };
  const resources = new Map<string, CollectedResource>();
  for (const token of [...tokens].sort()) {
    const about = sdk.resource(token);
    const inputs = propertiesOf(about.inputs, referred, true);
    const outputs = propertiesOf(about.outputs, referred, false);
    resources.set(token, { about, inputs, outputs });
  }
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    shapes.set(next.key, propertiesOf(next.members, referred, next.key.startsWith("in:")));
  }
  return { resources, shapes, enums };
}

/** Nothing is required of an output: what a service gives back may always lack something. */
function propertiesOf(
  members: readonly Member[],
  referred: Referred,
  marks: boolean,
): Record<string, string> {
  const sorted = [...members].sort((a, b) => (a.name < b.name ? -1 : 1));
  return Object.fromEntries(
    sorted.map(({ name, optional, type }) => [
      name,
      spell(type, referred) + (marks && !optional ? "!" : ""),
    ]),
  );
}
