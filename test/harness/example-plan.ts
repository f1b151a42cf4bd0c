/** Plans out of rules' example resources. */
import type { ExampleResource } from "../../model/policy/rule.ts";
import type { Plan } from "../../model/policy/view.ts";
import { makePlan } from "../../policy-packs/kit/plan.ts";
import { exampleUrn, withSentinels } from "../policy-packs/analyzer.ts";

/** The plan as the engine hands it over before anything exists. */
export function examplePlan(resources: readonly ExampleResource[]): Plan {
  const urns = new Map(resources.map((resource) => [resource.name, exampleUrn(resource)]));
  return makePlan(
    resources.map((resource) => ({
      urn: exampleUrn(resource),
      type: resource.type,
      name: resource.name,
      inputs: withSentinels(resource.props),
      propertyDependencies: Object.fromEntries(
        Object.entries(resource.dependsOn ?? {}).map(([property, names]) => [
          property,
          names.flatMap((name) => urns.get(name) ?? []),
        ]),
      ),
    })),
  );
}
