/** What all packs have in common: levels by environment, and that exemptions themselves are judged. */
import type { Rule } from "../../model/policy/rule.ts";
import type { PackDefinition } from "../kit/definition.ts";
import type { PackCard } from "../kit/pack.ts";
import { rules } from "./index.ts";
import { X13 } from "./stack/X13.ts";

/** A pack of the rules for which `holds` says so. */
export function packOf(
  card: PackCard,
  version: string,
  holds: (rule: Rule) => boolean,
): PackDefinition {
  return {
    ...card,
    version,
    rules: rules
      .filter((rule) => rule === X13 || holds(rule))
      .map((rule) => ({ rule, level: rule.level ?? "mandatory" })),
    environments: {
      // There to be tried out: everything is told, nothing stops.
      dev: { unknown: "advisory", level: "advisory" },
      prod: { unknown: "mandatory" },
    },
    otherwise: { unknown: "advisory" },
  };
}
