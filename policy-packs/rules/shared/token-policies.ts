/** AuthorizationPolicies that stand beside a RequestAuthentication. */
import { rootNamespace } from "../../../model/mesh/intent.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { kubernetesTypes, namespaceOf, sameCluster } from "../../lift/kubernetes.ts";

/** Policies of its namespace or the whole mesh that may hold for the same workloads. */
export function policiesBeside(
  authentication: PlannedResource,
  plan: Plan,
): readonly PlannedResource[] {
  return sameCluster(plan, authentication, kubernetesTypes.authorizationPolicy);
}

/** Whether the policy holds for every workload whose tokens are checked. Throws `Undecided`. */
export function holdsFor(policy: PlannedResource, authentication: PlannedResource): boolean {
  const where = namespaceOf(policy);
  if (where !== rootNamespace && where !== namespaceOf(authentication)) return false;
  const wanted = policy.inputs.at("spec", "selector", "matchLabels");
  const given = authentication.inputs.at("spec", "selector", "matchLabels");
  return wanted.keys().every((key) => wanted.at(key).text() === given.at(key).text());
}

/** Keys of the conditions of a policy's rule. */
export function conditionKeys(rule: View): readonly string[] {
  return entriesOf(rule.at("when")).map((one) => one.at("key").text() ?? "");
}
