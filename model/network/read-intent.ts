/** A network intent as it comes from a file: of the right shape, and sound. */
import type { Problem } from "../base/problem.ts";
import { ProblemError } from "../base/problem.ts";
import { checkNetworkIntent } from "./check-intent.ts";
import type { NetworkIntent } from "./intent.ts";

/** What a value must be: a text, one of the texts, a list, or an object; `?` where it may be absent. */
type Shape =
  | "text"
  | "flag"
  | "number"
  | { readonly list: Shape }
  | { readonly fields: Readonly<Record<string, Shape>>; readonly optional?: string };

const text = "text";
const texts: Shape = { list: text };
const dated = { owner: text, until: text } as const;

const member: Shape = {
  fields: {
    tag: { fields: { key: text, value: text } },
    serviceAccount: text,
    workload: text,
  },
  optional: "tag serviceAccount workload",
};

const networkShape: Shape = {
  fields: {
    places: {
      list: {
        fields: { name: text, cloud: text, region: text, cidr4: text, cidr6: text },
        optional: "cidr6",
      },
    },
    segments: {
      list: {
        fields: {
          name: text,
          purpose: text,
          egress: text,
          places: texts,
          holdsPods: "flag",
          membership: text,
          cidrs: texts,
          members: { list: member },
          rollout: { fields: { stage: text, ...dated } },
        },
        optional: "places holdsPods membership cidrs members rollout",
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
          },
          families: { list: "number" },
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
  if ("list" in shape) {
    if (!Array.isArray(value)) return [wrong(value, "a list", at)];
    return value.flatMap((item, index) => shapeProblems(item, shape.list, `${at}[${index}]`));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [wrong(value, "an object", at)];
  }
  const known = new Map(Object.entries(value));
  const optional = (shape.optional ?? "").split(" ");
  const place = (key: string) => (at === "" ? key : `${at}.${key}`);
  const unknown = [...known.keys()].filter((key) => !Object.hasOwn(shape.fields, key));
  return [
    ...unknown.map((key) => stranger(place(key), key, Object.keys(shape.fields))),
    ...Object.entries(shape.fields).flatMap(([key, field]) =>
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
