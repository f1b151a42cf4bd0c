/** The location condition of Conditional Access (Microsoft Entra, "Conditional Access: Network assignment"). */

import { BlockList, isIP } from "node:net";
import type { JsonObject } from "../../../protocol/value.ts";
import { type Live, type LiveWorld, objectAt, objectsAt, textAt, textsAt } from "../live.ts";

const locationToken = "azuread:index/namedLocation:NamedLocation";

/** Whether a sign-in comes from a place; `undefined` where that cannot be told. */
export function isFrom(
  live: LiveWorld,
  tenant: string,
  place: string,
  facts: JsonObject,
): boolean | undefined {
  if (place === "All") return true;
  const named = live.of(locationToken).filter((one) => one.account === tenant);
  if (place === "AllTrusted") {
    const trusted = named.filter((one) => rangesOf(one)["trusted"] === true);
    return anyOf(trusted.map((one) => within(one, facts)));
  }
  const id = place.slice(place.lastIndexOf("/") + 1);
  const found = named.find((one) => textAt(one.properties, "objectId") === id);
  return found === undefined ? undefined : within(found, facts);
}

function rangesOf({ properties }: Live): JsonObject {
  return objectsAt(properties, "ip")[0] ?? {};
}

function within(location: Live, facts: JsonObject): boolean | undefined {
  const ip = textAt(facts, "ip");
  const country = textAt(facts, "country");
  const ranges = textsAt(rangesOf(location), "ipRanges");
  if (ranges.length > 0) return ip === "" ? undefined : inAny(ip, ranges);
  const countries = objectsAt(location.properties, "country")[0] ?? objectAt({}, "");
  if (country === "") return undefined;
  return textsAt(countries, "countriesAndRegions").includes(country);
}

function inAny(ip: string, ranges: readonly string[]): boolean {
  const family = isIP(ip);
  if (family === 0) return false;
  const list = new BlockList();
  for (const range of ranges) {
    const [network = "", bits = ""] = range.split("/");
    const of = isIP(network);
    if (of !== 0) list.addSubnet(network, Number(bits), of === 4 ? "ipv4" : "ipv6");
  }
  return list.check(ip, family === 4 ? "ipv4" : "ipv6");
}

/** One yes suffices; a no is only told when none is open. */
export function anyOf(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** Whether something is included and not excluded: "exclusions take precedence". */
export function includedOnly(
  included: readonly (boolean | undefined)[],
  excluded: readonly (boolean | undefined)[],
): boolean | undefined {
  const [inside, outside] = [anyOf(included), anyOf(excluded)];
  if (outside === true || inside === false) return false;
  return inside === true && outside === false ? true : undefined;
}
