/** Resources as a component registered them, in the form in which an engine hands them over. */
import * as proxy from "@pulumi/policy/proxy.js";
import type { RawResource } from "../../policy-packs/kit/plan.ts";
import type { Registered } from "./deploy.ts";
import { isSecretInput, unknownInput } from "./deploy.ts";

const { unknownStringValue } = proxy as unknown as { unknownStringValue: string };

/** The resources of a deployment; `outputs` are theirs where they are known. */
export function rawOfRegistered(
  resources: readonly Registered[],
  outputs: (resource: Registered) => Readonly<Record<string, unknown>> | undefined,
): RawResource[] {
  return resources.map((resource) => {
    const { urn, type, name, parent, provider, propertyDependencies, protect } = resource;
    const inputs = unknowns(resource.inputs);
    const known = outputs(resource);
    const given = known === undefined ? {} : { outputs: known };
    return { urn, type, name, inputs, ...given, parent, provider, propertyDependencies, protect };
  });
}

function unknowns(value: unknown): unknown {
  if (value === unknownInput) return unknownStringValue;
  if (Array.isArray(value)) return value.map(unknowns);
  if (typeof value !== "object" || value === null) return value;
  // Packs get secrets as they are: an engine marks them in remedies only.
  if (isSecretInput(value)) return unknowns(value.secret);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unknowns(item)]));
}
