/** ALLOW rules of Istio AuthorizationPolicies, each judged apart. */
import type { Example, Judge } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { kubernetesTypes } from "../../lift/kubernetes.ts";
import { alone } from "./alone.ts";

/** Runs the check on every rule of a policy that allows; `action` is ALLOW where it is absent. */
export function eachAllowRule(
  policy: PlannedResource,
  judge: Judge,
  check: (rule: View) => void,
): void {
  if ((policy.inputs.at("spec", "action").text() ?? "ALLOW") !== "ALLOW") return;
  for (const rule of entriesOf(policy.inputs.at("spec", "rules"))) judge.part(() => check(rule));
}

/** A policy with these rules. */
export function policyWith(spec: { readonly [key: string]: Json }) {
  return alone(kubernetesTypes.authorizationPolicy, {
    metadata: { name: "api", namespace: "shop" },
    spec,
  });
}

/** Examples that hold for every rule about ALLOW rules. */
export const commonAllowExamples: readonly Example[] = [
  {
    kind: "clean",
    says: "one caller by its identity",
    expect: "pass",
    resources: policyWith({
      action: "ALLOW",
      rules: [{ from: [{ source: { principals: ["cluster.local/ns/shop/sa/web"] } }] }],
    }),
  },
  {
    kind: "unknown",
    says: "the rules are not known",
    expect: "unknown",
    resources: policyWith({ rules: unknownHere }),
    path: "spec.rules",
  },
  {
    kind: "absent",
    says: "no rules: nobody is allowed",
    expect: "pass",
    resources: policyWith({}),
  },
];
