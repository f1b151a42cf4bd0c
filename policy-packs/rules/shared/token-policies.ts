/** AuthorizationPolicies that stand beside a RequestAuthentication. */
import { rootNamespace } from "../../../model/mesh/intent.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { entriesOf, isEmpty } from "../../lift/entries.ts";
import { candidates, kubernetesTypes, namespaceOf } from "../../lift/kubernetes.ts";

/** Policies of its namespace or the whole mesh that may hold for the same workloads. */
export function policiesBeside(
  authentication: PlannedResource,
  plan: Plan,
): readonly PlannedResource[] {
  const places = new Set([rootNamespace, namespaceOf(authentication)]);
  const found = [...places].flatMap((one) =>
    candidates(plan, authentication, [kubernetesTypes.authorizationPolicy], "namespace", one),
  );
  return [...new Set(found)];
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
function conditionKeys(rule: View): readonly string[] {
  return entriesOf(rule.at("when")).map((one) => one.at("key").text() ?? "");
}

/** An ALLOW policy of which every rule wants a token, or a DENY of who has none. */
export function asksForToken(policy: PlannedResource): boolean {
  const spec = policy.inputs.at("spec");
  const action = spec.at("action").text() ?? "ALLOW";
  const rules = entriesOf(spec.at("rules"));
  if (action === "ALLOW") return rules.length > 0 && rules.every(wantsToken);
  return action === "DENY" && rules.some((rule) => refusesStrangers(rule));
}

function wantsToken(rule: View): boolean {
  if (conditionKeys(rule).some((key) => key.startsWith("request.auth."))) return true;
  const from = entriesOf(rule.at("from"));
  return from.length > 0 && from.every((one) => !isEmpty(one.at("source", "requestPrincipals")));
}

function refusesStrangers(rule: View): boolean {
  return entriesOf(rule.at("from")).some((one) =>
    entriesOf(one.at("source", "notRequestPrincipals")).some((name) => name.text() === "*"),
  );
}

const audienceKeys = ["request.auth.audiences", "request.auth.claims[aud]"];

/** Whether every rule of the policy wants a token for a certain audience. */
export function asksForAudience(policy: PlannedResource): boolean {
  const rules = entriesOf(policy.inputs.at("spec", "rules"));
  const asks = rules.map((rule) => conditionKeys(rule).some((key) => audienceKeys.includes(key)));
  return asks.length > 0 && asks.every((one) => one);
}
