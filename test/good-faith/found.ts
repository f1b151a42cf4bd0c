/** What the pack `zero-trust` finds in the programs in good faith. */
import type { Rule } from "../../model/policy/rule.ts";
import { judgeSubject } from "../../policy-packs/kit/judge.ts";
import { makePlan } from "../../policy-packs/kit/plan.ts";
import { zeroTrust } from "../../policy-packs/zero-trust/definition.ts";
import { plannedBy } from "./registered.ts";

/** One finding, as the table names it. */
export interface Found {
  readonly program: string;
  readonly rule: string;
  /** `type name` of the resource with the finding. */
  readonly resource: string;
  readonly path: string;
  readonly witness: string;
}

const rulesByType = new Map<string, Rule[]>();
for (const { rule } of zeroTrust.rules) {
  for (const type of rule.subjects) {
    rulesByType.set(type, [...(rulesByType.get(type) ?? []), rule]);
  }
}

/** The findings in one program, in the table's order. */
export async function foundIn(
  program: string,
  moment: "preview" | "update" = "update",
): Promise<Found[]> {
  const plan = makePlan(await plannedBy(program, moment));
  const found = plan.resources.flatMap((resource) =>
    (rulesByType.get(resource.type) ?? []).flatMap((rule) => {
      const verdict = judgeSubject(rule, resource, plan);
      if (verdict.state !== "fail") return [];
      return verdict.findings.map(({ urn, path, witness }) => ({
        program,
        rule: rule.id,
        resource: urn.split("::").slice(2).join(" "),
        path,
        witness,
      }));
    }),
  );
  return found.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** What makes a finding one of its own. */
export function keyOf({ program, rule, resource, path }: Omit<Found, "witness">): string {
  return [program, rule, resource, path].join("\t");
}
