/**
 * Rules that a state knows of although no resource of it made them: whatever somebody added by hand
 * stands in what the provider read of the group, once the state is refreshed.
 */
import type { RawResource } from "../../../policy-packs/kit/plan.ts";
import { awsFound } from "./aws.ts";
import { azureFound } from "./azure.ts";

/** Each of them as a resource of its own. */
export function foundRules(resources: readonly RawResource[]): RawResource[] {
  return [...awsFound(resources), ...azureFound(resources)];
}
