/** Plans out of rules' example resources. */
import type { ExampleResource } from "../../model/policy/rule.ts";
import { unknownHere } from "../../model/policy/rule.ts";
import type { Plan } from "../../model/policy/view.ts";
import type { RawResource } from "./plan.ts";
import { makePlan } from "./plan.ts";
import { unknownText } from "./unknown.ts";

/** The URN of an example's resource. */
export function exampleUrn(
  resource: Pick<ExampleResource, "type" | "name">,
  stack = "dev",
): string {
  return `urn:pulumi:${stack}::bulkhead::${resource.type}::${resource.name}`;
}

/** The plan as the engine hands it over before anything exists. */
export function examplePlan(resources: readonly ExampleResource[]): Plan {
  const urns = new Map(resources.map((resource) => [resource.name, exampleUrn(resource)]));
  return makePlan(resources.map((resource) => rawOf(resource, urns)));
}

function rawOf(resource: ExampleResource, urns: ReadonlyMap<string, string>): RawResource {
  const { type, name, props, parent = "", provider = "", dependsOn = {}, ...options } = resource;
  return {
    ...options,
    urn: exampleUrn(resource),
    type,
    name,
    inputs: withUnknowns(props),
    parent: urns.get(parent) ?? "",
    provider: urns.get(provider) ?? "",
    propertyDependencies: Object.fromEntries(
      Object.entries(dependsOn).map(([property, names]) => [
        property,
        names.flatMap((one) => urns.get(one) ?? []),
      ]),
    ),
  };
}

function withUnknowns(value: unknown): unknown {
  if (value === unknownHere) return unknownText;
  if (Array.isArray(value)) return value.map(withUnknowns);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withUnknowns(item)]));
}
