/** The resource types of the random provider: real randomness, drawn once and kept. */

import { randomBytes, randomInt, randomUUID } from "node:crypto";
import type { JsonObject } from "../../protocol/value.ts";
import type { Resource } from "../../types/resource.ts";
import type { InputFault, TypeEntry } from "../../types/type.ts";
import { bcrypt } from "./bcrypt.ts";
import { type CharacterClass, drawText, pick, shuffled } from "./draw.ts";
import { uuid7 } from "./uuid7.ts";
import { adjectives, adverbs, animals } from "./words.ts";

/** Special characters unless `overrideSpecial` names others (provider documentation). */
const usualSpecial = "!@#$%&*()-_=+[]{}<>:?";

const randomId: TypeEntry = {
  token: "random:index/randomId:RandomId",
  forceNew: ["byteLength", "keepers", "prefix"],
  make(r) {
    const bytes = randomBytes(r.number("byteLength"));
    const prefix = r.text("prefix", "");
    return {
      b64Std: prefix + bytes.toString("base64"),
      b64Url: prefix + bytes.toString("base64url"),
      hex: prefix + bytes.toString("hex"),
      dec: prefix + BigInt(`0x0${bytes.toString("hex")}`).toString(),
    };
  },
  id: (r) => String(r.made["b64Url"]).slice(r.text("prefix", "").length),
};

const textInputs = [
  "length",
  "keepers",
  "lower",
  "upper",
  "numeric",
  "number",
  "special",
  "minLower",
  "minUpper",
  "minNumeric",
  "minSpecial",
  "overrideSpecial",
] as const;

const textDefaults: TypeEntry["planned"] = {
  lower: true,
  upper: true,
  special: true,
  numeric: (r) => r.given("number") ?? true,
  number: (r) => r.given("numeric") ?? true,
  minLower: 0,
  minUpper: 0,
  minNumeric: 0,
  minSpecial: 0,
};

const randomString: TypeEntry = {
  token: "random:index/randomString:RandomString",
  forceNew: textInputs,
  planned: textDefaults,
  check: textFaults,
  make: (r) => ({ result: drawText(r.number("length"), classesOf(r)) }),
  id: (r) => String(r.made["result"]),
  schemaVersion: 2,
};

const randomPassword: TypeEntry = {
  token: "random:index/randomPassword:RandomPassword",
  forceNew: textInputs,
  planned: textDefaults,
  check: textFaults,
  make(r) {
    const result = drawText(r.number("length"), classesOf(r));
    return { result, bcryptHash: bcrypt(result) };
  },
  id: () => "none",
  schemaVersion: 3,
};

const randomPet: TypeEntry = {
  token: "random:index/randomPet:RandomPet",
  forceNew: ["keepers", "length", "prefix", "separator"],
  planned: { length: 2, separator: "-" },
  make: (r) => ({ id: petName(r) }),
  id: (r) => String(r.made["id"]),
};

const randomInteger: TypeEntry = {
  token: "random:index/randomInteger:RandomInteger",
  forceNew: ["keepers", "max", "min", "seed"],
  check: (r) =>
    r.number("max") < r.number("min")
      ? [
          {
            property: "max",
            reason:
              "the minimum (min) value needs to be smaller than or equal to maximum (max) value",
          },
        ]
      : [],
  make: (r) => ({ result: randomInt(r.number("min"), r.number("max") + 1) }),
  id: (r) => String(r.made["result"]),
};

const randomBytesType: TypeEntry = {
  token: "random:index/randomBytes:RandomBytes",
  forceNew: ["keepers", "length"],
  make(r) {
    const bytes = randomBytes(r.number("length"));
    return { base64: bytes.toString("base64"), hex: bytes.toString("hex") };
  },
  id: () => "none",
};

const randomShuffle: TypeEntry = {
  token: "random:index/randomShuffle:RandomShuffle",
  forceNew: ["inputs", "keepers", "resultCount", "seed"],
  make(r) {
    const inputs = r.list("inputs");
    const count = r.number("resultCount", inputs.length);
    const results =
      inputs.length === 0
        ? []
        : Array.from({ length: Math.ceil(count / inputs.length) }, () => shuffled(inputs)).flat();
    return { results: results.slice(0, count) };
  },
  id: () => "-",
};

const types: readonly TypeEntry[] = [
  randomId,
  randomString,
  randomPassword,
  randomPet,
  randomInteger,
  randomBytesType,
  randomShuffle,
  uuidEntry("randomUuid:RandomUuid", randomUUID),
  uuidEntry("randomUuid4:RandomUuid4", randomUUID),
  uuidEntry("randomUuid7:RandomUuid7", () => uuid7(Date.now())),
];

/** Every type of the random provider; results are no ids, two resources may well have the same. */
export const randomTypes: readonly TypeEntry[] = types.map((entry) => ({
  ...entry,
  sharedId: true,
}));

function uuidEntry(name: string, draw: () => string): TypeEntry {
  return {
    token: `random:index/${name}`,
    forceNew: ["keepers"],
    make: (): JsonObject => ({ result: draw() }),
    id: (r) => String(r.made["result"]),
  };
}

function classesOf(r: Resource): CharacterClass[] {
  const numeric = r.given("numeric") ?? r.given("number") ?? true;
  const override = r.text("overrideSpecial", "");
  return [
    {
      on: r.given("lower") ?? true,
      characters: "abcdefghijklmnopqrstuvwxyz",
      countMin: r.number("minLower", 0),
    },
    {
      on: r.given("upper") ?? true,
      characters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
      countMin: r.number("minUpper", 0),
    },
    { on: numeric, characters: "0123456789", countMin: r.number("minNumeric", 0) },
    {
      on: r.given("special") ?? true,
      characters: override === "" ? usualSpecial : override,
      countMin: r.number("minSpecial", 0),
    },
  ].flatMap(({ on, characters, countMin }) => (on === true ? [{ characters, countMin }] : []));
}

function textFaults(r: Resource): InputFault[] {
  const classes = classesOf(r);
  const demanded = classes.reduce((sum, { countMin }) => sum + countMin, 0);
  const length = r.number("length");
  if (length < 1) return [{ property: "length", reason: "the length must be at least 1" }];
  if (classes.length === 0)
    return [{ property: "length", reason: "no class of characters is left to draw from" }];
  if (demanded <= length) return [];
  return [
    {
      property: "length",
      reason: `the length (${length}) must be at least the sum of the minimums (${demanded})`,
    },
  ];
}

/** Adverbs, an adjective and an animal, as many as asked for. */
function petName(r: Resource): string {
  const count = r.number("length", 2);
  const lists = [
    animals,
    adjectives,
    ...Array.from({ length: Math.max(0, count - 2) }, () => adverbs),
  ];
  const words = lists
    .slice(0, Math.max(1, count))
    .reverse()
    .map((list) => pick(list));
  const prefix = r.text("prefix", "");
  return [...(prefix === "" ? [] : [prefix]), ...words].join(r.text("separator", "-"));
}
