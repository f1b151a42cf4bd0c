/** NetworkPolicies that shut a whole namespace in one direction. */
import type { PlannedResource } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { entriesOf, isEmpty } from "../../lift/entries.ts";
import { namespaceOf } from "../../lift/kubernetes.ts";

const rules = { Ingress: "ingress", Egress: "egress" } as const;

/**
 * Whether the policy selects every pod of the namespace and lets nothing through. `policyTypes` is
 * Ingress where it is absent, and Egress too if there are egress rules, which then let through.
 */
export function deniesByDefault(
  policy: PlannedResource,
  namespace: string,
  direction: keyof typeof rules,
): boolean {
  if (namespaceOf(policy) !== namespace) return false;
  const spec = policy.inputs.at("spec");
  if (spec.state === "unknown") throw new Undecided(spec.urn, spec.path, "unknown");
  const types = entriesOf(spec.at("policyTypes")).map((view) => view.text());
  if (!(types.length === 0 ? ["Ingress"] : types).includes(direction)) return false;
  const selector = spec.at("podSelector");
  if (selector.at("matchLabels").keys().length > 0) return false;
  return isEmpty(selector.at("matchExpressions")) && isEmpty(spec.at(rules[direction]));
}
