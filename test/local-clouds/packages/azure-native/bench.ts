/** A resource group in a fresh world, for the tests of one area. */

import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { type Lab, type Made, openLab } from "../../kit/lab.ts";

/** The subscription of the bench. */
export const subscription = "11111111-2222-3333-4444-555555555555";

/** One provider instance with one resource group. */
export class Bench {
  readonly lab: Lab = openLab("azure-native", {
    subscriptionId: subscription,
    location: "westeurope",
  });
  readonly group = `/subscriptions/${subscription}/resourceGroups/rg`;

  constructor() {
    this.lab.create("azure-native:resources:ResourceGroup", "rg", { resourceGroupName: "rg" });
  }

  /** A resource in the group. */
  make(type: string, name: string, inputs: JsonObject = {}): Made {
    return this.bare(type, name, { resourceGroupName: "rg", ...inputs });
  }

  /** A resource anywhere else. */
  bare(type: string, name: string, inputs: JsonObject): Made {
    return this.lab.create(`azure-native:${type}`, name, inputs);
  }

  /** How the creation of a resource in the group is refused. */
  refused(type: string, name: string, inputs: JsonObject = {}): string {
    return this.lab.refusal(() => this.make(type, name, inputs));
  }

  /** What is wrong with the inputs of a resource in the group. */
  faults(type: string, name: string, inputs: JsonObject = {}): readonly string[] {
    const given = { resourceGroupName: "rg", ...inputs };
    return this.lab.checkFailures(`azure-native:${type}`, name, given).map(({ reason }) => reason);
  }

  /** A network `net` of 10.0.0.0/16 with a subnet `app`; the subnet. */
  subnet(more: JsonObject = {}): Made {
    this.make("network:VirtualNetwork", "net", {
      virtualNetworkName: "net",
      addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
    });
    return this.make("network:Subnet", "app", {
      virtualNetworkName: "net",
      addressPrefix: "10.0.1.0/24",
      ...more,
    });
  }
}
