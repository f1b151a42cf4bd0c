/** A program in one resource group of one subscription. */

import type { JsonObject } from "../../../../../local-clouds/protocol/value.ts";
import { openLab } from "../../../kit/lab.ts";
import { Program } from "../../../kit/whole-life.ts";

/** The subscription and tenant of the program. */
export const subscription = "11111111-2222-3333-4444-555555555555";
export const tenant = "66666666-7777-8888-9999-000000000000";

/** Azure's way to make resources: most lie in the group. */
export class AzureProgram extends Program {
  readonly group = `/subscriptions/${subscription}/resourceGroups/rg`;

  constructor() {
    const config = { subscriptionId: subscription, tenantId: tenant, location: "westeurope" };
    super(openLab("azure-native", config));
    this.bare("resources:ResourceGroup", "rg", { resourceGroupName: "rg" });
  }

  /** A resource in the one resource group; its id. */
  make(type: string, name: string, inputs: JsonObject = {}): string {
    return this.bare(type, name, { resourceGroupName: "rg", ...inputs });
  }

  /** A resource anywhere else; its id. */
  bare(type: string, name: string, given: JsonObject): string {
    return this.add(`azure-native:${type}`, name, given);
  }
}
