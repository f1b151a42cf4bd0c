/** A network intent as it comes from a file: of the right shape, and sound. */
import type { Problem } from "../base/problem.ts";
import { ProblemError } from "../base/problem.ts";
import { checkNetworkIntent } from "./check-intent.ts";
import type { NetworkIntent } from "./intent.ts";
import { internet } from "./intent.ts";

/** What a value must be. */
type Shape =
  | "text"
  | "flag"
  | "number"
  | { readonly words: readonly (string | number)[] }
  /** A list, of just as many items where a size is given. */
  | { readonly list: Shape; readonly size?: number }
  /** An object; `optional` fields may be absent. */
  | { readonly fields: Readonly<Record<string, Shape>>; readonly optional?: string }
  /** An object with one of the fields. */
  | { readonly oneOf: Readonly<Record<string, Shape>> };

const text = "text";
const texts: Shape = { list: text };
const dated = { owner: text, until: text } as const;

const member: Shape = {
  oneOf: { tag: { fields: { key: text, value: text } }, serviceAccount: text, workload: text },
};

const networkShape: Shape = {
  fields: {
    places: {
      list: {
        fields: {
          name: text,
          cloud: text,
          region: text,
          cidr4: text,
          cidr6: text,
          subnetRules: { fields: { quota: "number" } },
          guardrails: {
            list: { fields: { deny: text, from: { words: [internet] }, because: text } },
          },
        },
        optional: "cidr6 subnetRules guardrails",
      },
    },
    segments: {
      list: {
        fields: {
          name: text,
          purpose: text,
          egress: { words: ["direct", "nat", "none"] },
          places: texts,
          holdsPods: "flag",
          podsOnly: "flag",
          membership: { words: ["carried", "subnet"] },
          cidrs: texts,
          members: { list: member },
          rollout: { fields: { stage: text, ...dated } },
        },
        optional: "places holdsPods podsOnly membership cidrs members rollout",
      },
    },
    flows: {
      list: {
        fields: { from: text, to: text, ports: text, because: text, exception: { fields: dated } },
        optional: "exception",
      },
    },
    roads: {
      list: {
        fields: {
          name: text,
          between: {
            list: { fields: { place: text, gateway: text }, optional: "gateway" },
            size: 2,
          },
          families: { list: { words: [4, 6] } },
        },
        optional: "families",
      },
    },
  },
  optional: "roads",
};

/** The intent that a value holds. Throws a {@link ProblemError} with everything wrong about it. */
export function readNetworkIntent(value: unknown): NetworkIntent {
  const misshapen = shapeProblems(value, networkShape, "");
  if (misshapen.length > 0) throw new ProblemError(misshapen);
  const intent = value as NetworkIntent;
  const problems = checkNetworkIntent(intent);
  if (problems.length > 0) throw new ProblemError(problems);
  return intent;
}

function shapeProblems(value: unknown, shape: Shape, at: string): Problem[] {
  if (typeof shape === "string") {
    const type = { text: "string", flag: "boolean", number: "number" }[shape];
    return typeof value === type ? [] : [wrong(value, `a ${shape}`, at)];
  }
  if ("words" in shape) {
    const isWord = shape.words.some((word) => word === value);
    return isWord ? [] : [wrong(value, shape.words.join(", "), at)];
  }
  if ("list" in shape) {
    const { list, size } = shape;
    if (!Array.isArray(value)) return [wrong(value, "a list", at)];
    if (size !== undefined && value.length !== size) return [wrong(value, `${size} of them`, at)];
    return value.flatMap((item, index) => shapeProblems(item, list, `${at}[${index}]`));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [wrong(value, "an object", at)];
  }
  return objectProblems(value, shape, at);
}

function objectProblems(
  value: object,
  shape: Extract<Shape, { fields: unknown } | { oneOf: unknown }>,
  at: string,
): Problem[] {
  const single = "oneOf" in shape;
  const fields = single ? shape.oneOf : shape.fields;
  const known = new Map(Object.entries(value));
  const names = Object.keys(fields);
  const place = (key: string) => (at === "" ? key : `${at}.${key}`);
  const strange = [...known.keys()].filter((key) => !names.includes(key));
  if (single && strange.length === 0 && known.size !== 1) {
    return [wrong(value, `one of ${names.join(", ")}`, at)];
  }
  const optional = single ? names : (shape.optional ?? "").split(" ");
  return [
    ...strange.map((key) => stranger(place(key), key, names)),
    ...Object.entries(fields).flatMap(([key, field]) =>
      known.get(key) === undefined && optional.includes(key)
        ? []
        : shapeProblems(known.get(key), field, place(key)),
    ),
  ];
}

function wrong(value: unknown, allowed: string, at: string): Problem {
  return {
    code: value === undefined ? "input-missing" : "input-type",
    place: at === "" ? "the intent" : at,
    got: value === undefined ? "nothing" : (JSON.stringify(value)?.slice(0, 60) ?? typeof value),
    allowed,
    next: "Write the intent as docs/reach.md shows it.",
  };
}

function stranger(at: string, key: string, names: readonly string[]): Problem {
  const next = "A field that nobody reads may be a slip: mend its name, or leave it out.";
  return { code: "input-unknown", place: at, got: key, allowed: names.join(", "), next };
}
