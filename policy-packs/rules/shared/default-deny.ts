/** NetworkPolicies that shut a whole namespace in one direction. */
import type { PlannedResource } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { entriesOf, isEmpty } from "../../lift/entries.ts";
import { namespaceOf } from "../../lift/kubernetes.ts";
import { isEverybody, opensEveryPort, readRule } from "./network-policy-rules.ts";

const rules = { Ingress: "ingress", Egress: "egress" } as const;

/**
 * Whether the policy selects every pod of the namespace, and not to let everybody through on every
 * port. `policyTypes` is Ingress where it is absent, and Egress too if there are egress rules.
 */
export function deniesByDefault(
  policy: PlannedResource,
  namespace: string,
  direction: keyof typeof rules,
): boolean {
  if (namespaceOf(policy) !== namespace) return false;
  const spec = policy.inputs.at("spec");
  if (spec.state === "unknown") throw new Undecided(spec.urn, spec.path, "unknown");
  const said = entriesOf(spec.at("policyTypes")).map((view) => view.text());
  const egress = isEmpty(spec.at("egress")) ? [] : ["Egress"];
  if (!(said.length === 0 ? ["Ingress", ...egress] : said).includes(direction)) return false;
  const selector = spec.at("podSelector");
  if (selector.at("matchLabels").keys().length > 0) return false;
  if (!isEmpty(selector.at("matchExpressions"))) return false;
  return entriesOf(spec.at(rules[direction])).every((at) => {
    const rule = readRule(at, rules[direction]);
    return !(isEverybody(rule) && opensEveryPort(rule));
  });
}
