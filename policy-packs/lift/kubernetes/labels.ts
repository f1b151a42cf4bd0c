/** Labels and what selects by them (Kubernetes, "Labels and Selectors"). */
import type { Fields, Place } from "./fields.ts";
import { below, isFields, list, object, oneOf, only, refuse, text } from "./fields.ts";

export type Labels = Readonly<Record<string, string>>;

const operators = ["In", "NotIn", "Exists", "DoesNotExist"] as const;

/** One requirement; a selector's requirements must all hold. */
interface Requirement {
  readonly key: string;
  readonly operator: (typeof operators)[number];
  readonly values: readonly string[];
}

/** A selector without requirements selects everything. */
export interface LabelSelector {
  readonly requirements: readonly Requirement[];
  /** The same text for selectors that are written the same. */
  readonly key: string;
}

/** Selects everything. */
export const everything: LabelSelector = selector([]);

function selector(requirements: readonly Requirement[]): LabelSelector {
  const key = requirements.map(describe).sort().join(",");
  return { requirements, key };
}

function describe({ key, operator, values }: Requirement): string {
  if (operator === "Exists") return key;
  if (operator === "DoesNotExist") return `!${key}`;
  if (operator === "In" && values.length === 1) return `${key}=${values[0]}`;
  return `${key} ${operator === "In" ? "in" : "notin"} (${values.join(",")})`;
}

/** Whether the selector selects what has the labels. `NotIn` holds where the label is absent. */
export function selects({ requirements }: LabelSelector, labels: Labels): boolean {
  return requirements.every(({ key, operator, values }) => {
    const has = Object.hasOwn(labels, key);
    if (operator === "Exists") return has;
    if (operator === "DoesNotExist") return !has;
    const listed = has && values.includes(labels[key] ?? "");
    return operator === "In" ? listed : !listed;
  });
}

const labelPattern = /^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/;
const keyPattern = /^([a-z0-9.-]{1,253}\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/;

/** Labels of `metadata` or of a selector (Kubernetes, "Syntax and character set"). */
export function readLabels(place: Place, value: unknown): Labels {
  const labels = readTexts(place, value);
  for (const [key, given] of Object.entries(labels)) {
    checkKey(place, key);
    checkValue(below(place, key), given);
  }
  return labels;
}

function checkKey(place: Place, key: string): void {
  if (keyPattern.test(key)) return;
  const allowed = "a key such as app or example.com/app";
  refuse(place, key, allowed, "Write letters, digits, -, _ and .; at most 63 of them.");
}

function checkValue(place: Place, value: string): void {
  if (labelPattern.test(value)) return;
  const allowed = "a label's value";
  refuse(place, value, allowed, "Write letters, digits, -, _ and .; at most 63 of them.");
}

/** Texts by name, as annotations are. */
export function readTexts(place: Place, value: unknown): Labels {
  const fields = object(place, value) ?? {};
  const texts = Object.entries(fields).filter((entry): entry is [string, string] => {
    const [key, given] = entry;
    if (typeof given === "string") return true;
    refuse(below(place, key), given, "a text", "Put the value in quotes.");
    return false;
  });
  return Object.fromEntries(texts);
}

/** A selector; undefined where there is none, or where it is refused. */
export function readSelector(place: Place, value: unknown): LabelSelector | undefined {
  const fields = object(place, value);
  if (fields === undefined) return undefined;
  only(place, fields, ["matchLabels", "matchExpressions"]);
  const equal = Object.entries(readLabels(below(place, "matchLabels"), fields["matchLabels"]));
  const at = below(place, "matchExpressions");
  const written = list(at, fields["matchExpressions"]).map((one, index) =>
    readRequirement(below(at, index), one),
  );
  return selector([
    ...equal.map(([key, one]): Requirement => ({ key, operator: "In", values: [one] })),
    ...written.filter((one) => one !== undefined),
  ]);
}

function readRequirement(place: Place, value: unknown): Requirement | undefined {
  if (!isFields(value)) return refuse(place, value, "an object", "Write key and operator.");
  const fields: Fields = value;
  only(place, fields, ["key", "operator", "values"]);
  const key = text(below(place, "key"), fields["key"]);
  const operator = oneOf(below(place, "operator"), fields["operator"], operators);
  const at = below(place, "values");
  const values = list(at, fields["values"]).map((one, index) =>
    typeof one === "string" ? one : refuse(below(at, index), one, "a text", "Put it in quotes."),
  );
  if (key === undefined || operator === undefined) return undefined;
  checkKey(below(place, "key"), key);
  const wanted = operator === "In" || operator === "NotIn";
  if (wanted !== values.length > 0) {
    const allowed = wanted ? `values for ${operator}` : `no values for ${operator}`;
    return refuse(at, fields["values"], allowed, "Change the operator or the values.");
  }
  return { key, operator, values: values.filter((one) => one !== undefined) };
}
