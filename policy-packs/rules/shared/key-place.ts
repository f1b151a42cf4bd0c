/** Lines of tables that say where a type of resource names its key. */
import type { Json, View } from "../../../model/policy/view.ts";
import type { Props } from "./alone.ts";
import { put } from "./flag-rule.ts";
import type { KeyPlace } from "./key-rule.ts";
import { isGiven } from "./refers-to.ts";

type Condition = Partial<KeyPlace>;

/** A place, its path as one text, e.g. `artifactStores.*.encryptionKey.id`. */
export function keyPlace(
  path: string,
  witness: string,
  ...conditions: readonly Condition[]
): KeyPlace {
  const base: Props = Object.assign({}, ...conditions.map((one) => one.base));
  return Object.assign({ path: stepsOf(path), witness }, ...conditions, { base });
}

/** Asked only where the property has one of the values; the examples have the first. */
export function onlyIf(path: string, ...values: readonly [string, ...string[]]): Condition {
  return {
    when: (inputs) => values.includes(inputs.at(...stepsOf(path)).text() ?? ""),
    base: put({}, stepsOf(path), values[0]),
  };
}

/** Asked only beside something that is given; the examples give the sample. */
export function onlyBeside(path: string, sample: Json): Condition {
  return {
    when: (inputs) => inputs.at(...stepsOf(path)).state !== "absent",
    base: put({}, stepsOf(path), sample),
  };
}

/** Asked only where none of these is given or on. */
export function unless(...paths: readonly string[]): Condition {
  const isOn = (inputs: View, path: readonly [string, ...string[]]) => {
    const view = inputs.at(...path);
    return isGiven(inputs, ...path) && !(view.state === "known" && view.text() === "false");
  };
  return { when: (inputs) => !paths.some((path) => isOn(inputs, stepsOf(path))) };
}

/** The key counts only where the property has one of the values; the examples have the first. */
export function usedIf(path: string, ...values: readonly [string, ...string[]]): Condition {
  return {
    unused: (inputs) => {
      const view = inputs.at(...stepsOf(path));
      return values.includes(view.text() ?? "") ? undefined : view;
    },
    base: put({}, stepsOf(path), values[0]),
  };
}

/** The key does not count where the property has this value. */
export function unusedIf(path: string, value: string): Condition {
  return {
    unused: (inputs) => {
      const view = inputs.at(...stepsOf(path));
      return view.text() === value ? view : undefined;
    },
  };
}

/** What the examples hold around the key, e.g. the element of a list. */
export function around(base: Props): Condition {
  return { base };
}

/** Asked only of holders that there are. */
export const ofHolders: Condition = { where: (holder: View) => holder.state !== "absent" };

function stepsOf(path: string): [string, ...string[]] {
  const [first = "", ...others] = path.split(".");
  return [first, ...others];
}
