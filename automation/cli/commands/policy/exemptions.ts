/** `exemptions list` and `exemptions check`: the reviewed exceptions and how they stand. */
import type { Exemption } from "../../../../model/policy/exemption.ts";
import { exemptionDaysMax, exemptionText, standing } from "../../../../model/policy/exemption.ts";
import { rules } from "../../../../policy-packs/rules/index.ts";
import { exemptionFile, readExemptionFile } from "../../../policy/exemption-file.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { counted } from "../../output.ts";

/** Tells all exemptions; `strict` ends with 1 where one is of no use. */
export function tellExemptions(
  context: Context,
  options: { readonly json: boolean; readonly strict: boolean },
): ExitCode {
  const now = Date.now();
  const all = readExemptionFile(context.root).map((exemption) => ({
    ...exemption,
    state: stateOf(exemption, now),
  }));
  const bad = all.filter(
    ({ state }) => state === "expired" || state === "too-long" || state === "no-rule",
  );
  const { output } = context;
  if (options.json) {
    output.result(JSON.stringify(all, null, 2));
  } else {
    for (const one of all) {
      output.result(`${one.rule} ${words[one.state]} ${one.urn}\n  ${exemptionText(one)}`);
    }
    output.result(`${exemptionFile}: ${counted(all.length, "exemption")}, ${bad.length} of no use`);
  }
  return options.strict && bad.length > 0 ? exitCodes.findings : exitCodes.done;
}

/** `base-only`: the rule is critical, so it counts once the branch that is reviewed against has it. */
type State = "valid" | "base-only" | "expired" | "too-long" | "no-rule";

const words: Readonly<Record<State, string>> = {
  valid: "holds at",
  "base-only": "holds in a gate, once merged, at",
  expired: "is over at",
  "too-long": `runs longer than ${exemptionDaysMax} days at`,
  "no-rule": "names no rule there is, at",
};

function stateOf(exemption: Exemption, now: number): State {
  const rule = rules.find(({ id }) => id === exemption.rule);
  if (rule === undefined) return "no-rule";
  const state = standing(exemption, now);
  return state === "valid" && rule.severity === "critical" ? "base-only" : state;
}
