/** The namespace into which a planned object really goes. */
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import type { Spot } from "./spot.ts";

/**
 * What the object says, else what its provider says for all its objects, else `default`
 * (Pulumi Kubernetes provider, option `namespace`). Throws `Undecided`.
 */
export function targetNamespace(metadata: Spot, subject: PlannedResource, plan: Plan): string {
  const own = metadata.at("namespace").view.text();
  if (own !== undefined) return own;
  const provider = plan
    .ofType("pulumi:providers:kubernetes")
    .find(({ urn }) => urn === subject.provider);
  return provider?.inputs.at("namespace").text() ?? "default";
}
