/** Microsoft Learn, "Deploy Azure Spring Apps in a virtual network": on the public network unless subnets are named. */
import { alone } from "../shared/alone.ts";
import { givenRule } from "../shared/given-rule.ts";

const type = "azure-native:appplatform:Service";

export const ZN50 = givenRule({
  id: "ZN50",
  sentence: "A service of Azure Spring Apps stands in a virtual network.",
  why: "Its apps are reached from, and reach, the whole internet.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Name subnets in properties.networkProfile.appSubnetId and serviceRuntimeSubnetId.",
  places: {
    [type]: {
      path: ["properties", "networkProfile", "appSubnetId"],
      // The basic plan cannot be placed.
      when: (inputs) => inputs.at("sku", "tier").text()?.toLowerCase() !== "basic",
      witness: "a request from 203.0.113.7 to an app's public name",
      good: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/n/subnets/apps",
      base: { sku: { name: "S0", tier: "Standard" } },
    },
  },
  more: [
    {
      kind: "clean",
      says: "the basic plan",
      expect: "not-applicable",
      resources: alone(type, { sku: { name: "B0", tier: "Basic" } }),
    },
  ],
});
