/** What the service refuses in a security rule, wherever it is written ("Network security groups" overview). */

import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { ServiceError } from "../../../types/type.ts";
import { invalid, textsIn } from "./common.ts";

const priority = { min: 100, max: 4096 };
const sides = ["source", "destination"] as const;

/** A rule, as far as refusals look at it. */
export interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly direction: string;
  readonly properties: JsonObject;
}

/** Reads a rule from inputs or outputs. */
export function ruleOf(properties: JsonObject): Rule {
  return {
    name: String(properties["name"]),
    priority: Number(properties["priority"]),
    direction: String(properties["direction"]),
    properties,
  };
}

/** Refuses a rule that is wrong in itself, or that takes another one's place. */
export function refuseRule(rule: Rule, beside: readonly Rule[]): ServiceError | undefined {
  return (
    refusePriority(rule) ?? refuseSides(rule) ?? refuseFamilies(rule) ?? refuseClash(rule, beside)
  );
}

function refusePriority(rule: Rule): ServiceError | undefined {
  const { priority: order } = rule;
  if (Number.isInteger(order) && order >= priority.min && order <= priority.max) return undefined;
  return invalid(
    "SecurityRuleInvalidPriority",
    `Security rule has invalid Priority. Value provided: ${order} Allowed range ${priority.min}-${priority.max}.`,
  );
}

/** Each side names at least one address and one port range. */
function refuseSides(rule: Rule): ServiceError | undefined {
  for (const side of sides) {
    const groups = itemsOf(rule.properties[`${side}ApplicationSecurityGroups`]);
    if (addressesOf(rule, side).length === 0 && groups.length === 0) {
      return missing(rule, `${side} address`);
    }
    const ports = both(rule, `${side}PortRange`, `${side}PortRanges`);
    if (ports.length === 0) return missing(rule, `${side} port range`);
    const bad = ports.find((port) => !isPortRange(port));
    if (bad !== undefined) {
      return invalid(
        "SecurityRuleInvalidPortRange",
        `Security rule has invalid Port range. Value provided: ${bad}. Value should be an integer OR integer range with '-' delimiter. Valid range 0-65535.`,
      );
    }
  }
  return undefined;
}

function missing(rule: Rule, what: string): ServiceError {
  return invalid("SecurityRuleParameterMissing", `Security rule '${rule.name}' has no ${what}.`);
}

function isPortRange(text: string): boolean {
  if (text === "*") return true;
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (match === null) return false;
  const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])];
  return from <= to && to <= 65_535;
}

function refuseFamilies(rule: Rule): ServiceError | undefined {
  const families = new Set(
    sides
      .flatMap((side) => addressesOf(rule, side))
      .filter((address) => address.includes("/") || address.includes(":"))
      .map((address) => address.includes(":")),
  );
  return families.size > 1
    ? invalid(
        "SecurityRuleMixedAddressFamilies",
        `Security rule '${rule.name}' mixes IPv4 and IPv6 address prefixes.`,
      )
    : undefined;
}

function refuseClash(rule: Rule, beside: readonly Rule[]): ServiceError | undefined {
  const clash = beside.find(
    (other) => other.priority === rule.priority && other.direction === rule.direction,
  );
  return clash === undefined
    ? undefined
    : invalid(
        "SecurityRuleConflict",
        `Security rule ${clash.name} conflicts with rule ${rule.name}. Rules cannot have the same Priority and Direction.`,
      );
}

function addressesOf(rule: Rule, side: "source" | "destination"): string[] {
  return both(rule, `${side}AddressPrefix`, `${side}AddressPrefixes`);
}

function both(rule: Rule, one: string, many: string): string[] {
  return textsIn([rule.properties[one], ...itemsOf(rule.properties[many])]).filter(
    (text) => text !== "",
  );
}

function itemsOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
