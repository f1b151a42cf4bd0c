/** `ip(text)` and `cidr(text)` of Kubernetes' CEL (Kubernetes, "CEL in Kubernetes": IP and CIDR library). */

import {
  type CelFunc,
  type CelInput,
  CelScalar,
  celFunc,
  celMethod,
  isCelMap,
  mapType,
} from "@bufbuild/cel";
import {
  type Cidr,
  formatCidr,
  tryParseAddress,
  tryParseCidr,
} from "../../../../model/base/address.ts";

const { BOOL, DYN, INT, STRING } = CelScalar;
const own = mapType(STRING, DYN);

/** The functions of addresses and prefixes; both are maps with their text. */
export const addressFunctions: readonly CelFunc[] = [
  celFunc("isIP", [STRING], BOOL, (text) => tryParseAddress(text) !== undefined),
  celFunc("isCIDR", [STRING], BOOL, (text) => tryParseCidr(text) !== undefined),
  celFunc("ip", [STRING], own, (text) => {
    if (tryParseAddress(text) === undefined) throw new Error(`IP Address ${text} parse error`);
    return named(text);
  }),
  celFunc("cidr", [STRING], own, (text) => {
    if (tryParseCidr(text) === undefined) throw new Error(`network address parse error: ${text}`);
    return named(text);
  }),
  celMethod("family", own, [], INT, function () {
    return BigInt(prefixOf(this).family);
  }),
  celMethod("prefixLength", own, [], INT, function () {
    return BigInt(prefixOf(this).length);
  }),
  celMethod("masked", own, [], own, function () {
    return named(formatCidr(prefixOf(this)));
  }),
  celMethod("ip", own, [], own, function () {
    return named(textOf(this).replace(/\/.*/, ""));
  }),
  ...["containsIP", "containsCIDR"].flatMap((name) => [
    celMethod(name, own, [STRING], BOOL, function (text) {
      return contains(prefixOf(this), asPrefix(text));
    }),
    celMethod(name, own, [own], BOOL, function (other) {
      return contains(prefixOf(this), prefixOf(other));
    }),
  ]),
];

function named(text: string): ReadonlyMap<string, CelInput> {
  return new Map([["text", text]]);
}

function textOf(value: unknown): string {
  return isCelMap(value) ? String(value.get("text")) : "";
}

function prefixOf(value: unknown): Cidr {
  return asPrefix(textOf(value));
}

/** An address is the prefix that holds it alone. */
function asPrefix(text: string): Cidr {
  const whole = text.includes("/") ? text : `${text}/${text.includes(":") ? 128 : 32}`;
  const prefix = tryParseCidr(whole);
  if (prefix === undefined) throw new Error(`network address parse error: ${text}`);
  return prefix;
}

function contains(outer: Cidr, inner: Cidr): boolean {
  if (outer.family !== inner.family || inner.length < outer.length) return false;
  const hostBits = BigInt((outer.family === 4 ? 32 : 128) - outer.length);
  return outer.base >> hostBits === inner.base >> hostBits;
}
