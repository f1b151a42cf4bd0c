/** A program with one resource of every type that the table of azure-native has. */

import type { JsonObject } from "../../../../../local-clouds/protocol/value.ts";
import { type Lab, type Made, openLab } from "../../../kit/lab.ts";

/** The subscription and tenant of the program. */
export const subscription = "11111111-2222-3333-4444-555555555555";
export const tenant = "66666666-7777-8888-9999-000000000000";

/** One resource that was made, and what the program said about it. */
export interface Step {
  readonly made: Made;
  readonly name: string;
  readonly given: JsonObject;
}

/** Makes resources one after the other and remembers them. */
export class Program {
  readonly lab: Lab = openLab("azure-native", {
    subscriptionId: subscription,
    tenantId: tenant,
    location: "westeurope",
  });
  readonly steps: Step[] = [];
  readonly group = `/subscriptions/${subscription}/resourceGroups/rg`;

  constructor() {
    this.bare("resources:ResourceGroup", "rg", { resourceGroupName: "rg" });
  }

  /** A resource in the one resource group; its id. */
  make(type: string, name: string, inputs: JsonObject = {}): string {
    return this.bare(type, name, { resourceGroupName: "rg", ...inputs });
  }

  /** A resource anywhere else; its id. */
  bare(type: string, name: string, given: JsonObject): string {
    const made = this.lab.create(`azure-native:${type}`, name, given);
    this.steps.push({ made, name, given });
    return made.id;
  }

  /** The outputs of what was made under an id. */
  outputs(id: string): JsonObject {
    const step = this.steps.find(({ made }) => made.id === id);
    return (step?.made.outputs ?? {}) as JsonObject;
  }
}
