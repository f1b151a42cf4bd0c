/** Resources as a component registered them, in the form in which an engine hands them over. */
import * as proxy from "@pulumi/policy/proxy.js";
import type { RawResource } from "../../../policy-packs/kit/plan.ts";
import type { Registered } from "../../harness/deploy.ts";
import { unknownInput } from "../../harness/deploy.ts";

const { unknownStringValue } = proxy as unknown as { unknownStringValue: string };

/** The custom resources of a deployment; `outputs` are theirs where they are known. */
export function rawOfRegistered(
  resources: readonly Registered[],
  outputs: (resource: Registered) => Readonly<Record<string, unknown>> | undefined,
): RawResource[] {
  return resources
    .filter(({ custom }) => custom)
    .map((resource) => ({
      urn: urnOf(resource.type, resource.name),
      type: resource.type,
      name: resource.name,
      inputs: unknowns(resource.inputs),
      outputs: outputs(resource),
      propertyDependencies: Object.fromEntries(
        Object.entries(resource.propertyDependencies).map(([key, urns]) => [
          key,
          urns.map(shortened),
        ]),
      ),
    }));
}

function urnOf(type: string, name: string): string {
  return `urn:pulumi:test::bulkhead::${type}::${name}`;
}

/** The mock monitor's URNs hold the types of all parents. */
function shortened(urn: string): string {
  const [name = "", types = ""] = urn.split("::").reverse();
  return urnOf(types.split("$").at(-1) ?? "", name);
}

function unknowns(value: unknown): unknown {
  if (value === unknownInput) return unknownStringValue;
  if (Array.isArray(value)) return value.map(unknowns);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unknowns(item)]));
}
