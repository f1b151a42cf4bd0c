/** Azure: a subnet without a group, on it and on its interfaces, filters nothing. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { azureRuleTypes } from "../../lift/azure-rules.ts";
import { alone } from "../shared/alone.ts";

/** Subnets of Azure's own appliances, which take no group or a special one. */
const managedSubnets = [
  "GatewaySubnet",
  "AzureFirewallSubnet",
  "AzureFirewallManagementSubnet",
  "AzureBastionSubnet",
  "RouteServerSubnet",
];

export const ZN07: Rule = {
  id: "ZN07",
  sentence: "Every subnet has a network security group.",
  why: "Azure's own rules stand in a group: without one, everything is let in and out.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set networkSecurityGroup to the group of the subnet's segment.",
  subjects: [azureRuleTypes.subnet],
  needs: "resource",
  check: (subject, judge) => {
    const group = subject.inputs.at("networkSecurityGroup");
    // An id that is not known yet is still the id of a group.
    if (group.state === "known" && group.at("id").state !== "absent") return;
    const name = subject.inputs.at("subnetName").text() ?? subject.name;
    if (managedSubnets.includes(name)) return judge.notApplicable("a subnet of Azure's own");
    if (group.state === "unknown") return judge.open(group);
    judge.fail(group, "a packet from anywhere in the network to any port");
  },
  examples: [
    {
      kind: "violating",
      says: "an empty reference",
      expect: "fail",
      resources: alone(azureRuleTypes.subnet, { subnetName: "app", networkSecurityGroup: {} }),
      path: "networkSecurityGroup",
    },
    {
      kind: "clean",
      says: "a group whose id is not known yet",
      expect: "pass",
      resources: alone(azureRuleTypes.subnet, { networkSecurityGroup: { id: unknownHere } }),
    },
    {
      kind: "clean",
      says: "the subnet of a gateway",
      expect: "not-applicable",
      resources: alone(azureRuleTypes.subnet, { subnetName: "GatewaySubnet" }),
    },
    {
      kind: "unknown",
      says: "whether there is a group is not known",
      expect: "unknown",
      resources: alone(azureRuleTypes.subnet, { networkSecurityGroup: unknownHere }),
      path: "networkSecurityGroup",
    },
    {
      kind: "absent",
      says: "no group",
      expect: "fail",
      resources: alone(azureRuleTypes.subnet, { subnetName: "app" }),
    },
  ],
};
