/** Kubernetes' own CEL functions: lists, regular expressions, URLs, quantities (Kubernetes, "CEL in Kubernetes"). */

import {
  type CelFunc,
  type CelInput,
  CelScalar,
  type CelValue,
  celFunc,
  celMethod,
  isCelList,
  isCelMap,
  listType,
  mapType,
} from "@bufbuild/cel";
import { quantityForm, quantityOf } from "../api/quantity.ts";
import { addressFunctions } from "./addresses.ts";

const { BOOL, DOUBLE, DYN, INT, STRING } = CelScalar;
const anyList = listType(DYN);
/** Values of Kubernetes' own types are maps with their parts. */
const own = mapType(STRING, DYN);

/** `url(text)` and its parts. */
const urlFunctions: readonly CelFunc[] = [
  celFunc("isURL", [STRING], BOOL, (text) => URL.canParse(text)),
  celFunc("url", [STRING], own, (text) => urlOf(text)),
  ...["Scheme", "Host", "Hostname", "Port", "EscapedPath"].map((part) =>
    celMethod(`get${part}`, own, [], STRING, function () {
      return textOf(this, part);
    }),
  ),
  celMethod("getQuery", own, [], own, function () {
    const query = new URLSearchParams(textOf(this, "Query"));
    return new Map([...new Set(query.keys())].map((key) => [key, query.getAll(key)]));
  }),
];

function urlOf(text: string): ReadonlyMap<string, CelInput> {
  if (!URL.canParse(text))
    throw new Error(
      `URL parse error during conversion from string: parse ${JSON.stringify(text)}: invalid URI for request`,
    );
  const url = new URL(text);
  return new Map([
    ["Scheme", url.protocol.replace(/:$/, "")],
    ["Host", url.host],
    ["Hostname", url.hostname.replace(/^\[|\]$/g, "")],
    ["Port", url.port],
    ["EscapedPath", url.pathname],
    ["Query", url.search],
  ]);
}

/** `find` and `findAll`. */
const regexFunctions: readonly CelFunc[] = [
  celMethod("find", STRING, [STRING], STRING, function (pattern) {
    return new RegExp(pattern, "u").exec(String(this))?.[0] ?? "";
  }),
  celMethod("findAll", STRING, [STRING], anyList, function (pattern) {
    return [...String(this).matchAll(new RegExp(pattern, "gu"))].map((match) => match[0]);
  }),
  celMethod("findAll", STRING, [STRING, INT], anyList, function (pattern, count) {
    const all = [...String(this).matchAll(new RegExp(pattern, "gu"))].map((match) => match[0]);
    return count < 0 ? all : all.slice(0, Number(count));
  }),
];

/** Functions of lists. */
const listFunctions: readonly CelFunc[] = [
  celMethod("isSorted", anyList, [], BOOL, function () {
    const items = itemsOf(this);
    return items.every((item, i) => i === 0 || !less(item, items[i - 1]));
  }),
  celMethod("sum", anyList, [], DYN, function () {
    const items = itemsOf(this);
    if (items.some((item) => typeof item === "number")) {
      return items.reduce<number>((sum, item) => sum + Number(item), 0);
    }
    return items.reduce<bigint>((sum, item) => sum + BigInt(item as bigint), 0n);
  }),
  celMethod("min", anyList, [], DYN, function () {
    return extreme(itemsOf(this), less);
  }),
  celMethod("max", anyList, [], DYN, function () {
    return extreme(itemsOf(this), (a, b) => less(b, a));
  }),
  celMethod("indexOf", anyList, [DYN], INT, function (wanted) {
    return BigInt(itemsOf(this).indexOf(wanted as CelValue));
  }),
  celMethod("lastIndexOf", anyList, [DYN], INT, function (wanted) {
    return BigInt(itemsOf(this).lastIndexOf(wanted as CelValue));
  }),
];

function itemsOf(list: unknown): readonly CelValue[] {
  return isCelList(list) ? [...list] : [];
}

function less(a: CelValue | undefined, b: CelValue | undefined): boolean {
  return (a as string) < (b as string);
}

function extreme(
  items: readonly CelValue[],
  before: (a: CelValue, b: CelValue) => boolean,
): CelInput {
  const [first] = items;
  if (first === undefined) throw new Error("min or max called on empty list");
  return items.reduce((least, item) => (before(item, least) ? item : least), first) as CelInput;
}

/** `quantity(text)` and what is done with it. */
const quantityFunctions: readonly CelFunc[] = [
  celFunc("isQuantity", [STRING], BOOL, (text) => quantityOf(text) !== undefined),
  celFunc("quantity", [STRING], own, (text) => {
    const value = quantityOf(text);
    if (value === undefined) throw new Error(quantityForm);
    return asQuantity(value);
  }),
  celMethod("isInteger", own, [], BOOL, function () {
    return Number.isInteger(amountOf(this));
  }),
  celMethod("asInteger", own, [], INT, function () {
    return BigInt(amountOf(this));
  }),
  celMethod("asApproximateFloat", own, [], DOUBLE, function () {
    return amountOf(this);
  }),
  celFunc("sign", [own], INT, (quantity) => BigInt(Math.sign(amountOf(quantity)))),
  celMethod("add", own, [own], own, function (other) {
    return asQuantity(amountOf(this) + amountOf(other));
  }),
  celMethod("add", own, [INT], own, function (other) {
    return asQuantity(amountOf(this) + Number(other));
  }),
  celMethod("sub", own, [own], own, function (other) {
    return asQuantity(amountOf(this) - amountOf(other));
  }),
  celMethod("sub", own, [INT], own, function (other) {
    return asQuantity(amountOf(this) - Number(other));
  }),
  celMethod("isGreaterThan", own, [own], BOOL, function (other) {
    return amountOf(this) > amountOf(other);
  }),
  celMethod("isLessThan", own, [own], BOOL, function (other) {
    return amountOf(this) < amountOf(other);
  }),
  celMethod("compareTo", own, [own], INT, function (other) {
    return BigInt(Math.sign(amountOf(this) - amountOf(other)));
  }),
];

function asQuantity(amount: number): ReadonlyMap<string, CelInput> {
  return new Map([["amount", amount]]);
}

function amountOf(quantity: unknown): number {
  return isCelMap(quantity) ? Number(quantity.get("amount")) : 0;
}

function textOf(map: unknown, part: string): string {
  return isCelMap(map) ? String(map.get(part)) : "";
}

/** Every function beyond CEL's own and its strings. */
export const kubernetesFunctions: readonly CelFunc[] = [
  ...urlFunctions,
  ...regexFunctions,
  ...listFunctions,
  ...quantityFunctions,
  ...addressFunctions,
];
