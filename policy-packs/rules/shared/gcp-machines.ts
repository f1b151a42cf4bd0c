/** GCP's machines and the templates of groups of them. */
import { gcpTypes } from "../../lift/gcp/types.ts";
import type { Demand } from "./flag-rule.ts";

const { instance, template, regionTemplate, instanceFromTemplate } = gcpTypes;

/** Machines and templates that say themselves what they are. */
export const machineTypes: readonly string[] = [instance, template, regionTemplate];

/** Besides, machines that change what their template says. */
export const everyMachineType: readonly string[] = [...machineTypes, instanceFromTemplate];

/** The same demands of each type. */
export function ofEach(
  types: readonly string[],
  ...demands: readonly Demand[]
): Readonly<Record<string, readonly Demand[]>> {
  return Object.fromEntries(types.map((type) => [type, demands]));
}
