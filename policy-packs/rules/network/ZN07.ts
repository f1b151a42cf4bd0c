/**
 * Azure: a subnet without a group, on it and on its interfaces, filters nothing. Groups do not apply to
 * private endpoints while the subnet's policies for them are off, as they are unless set (Microsoft
 * Learn, "Manage network policies for private endpoints").
 */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { azureTypes } from "../../lift/azure/types.ts";
import { azureRuleTypes } from "../../lift/azure-rules.ts";
import { alone } from "../shared/alone.ts";
import { holdsEndpointsOnly } from "../shared/azure-subnet-users.ts";
import { isManaged, subnetsIn, subnetWriters } from "../shared/azure-subnets.ts";
import { isGiven } from "../shared/refers-to.ts";

export const ZN07: Rule = {
  id: "ZN07",
  sentence: "Every subnet has a network security group.",
  why: "Azure's own rules stand in a group: without one, everything is let in and out.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set networkSecurityGroup to the group of the subnet's segment.",
  subjects: subnetWriters,
  needs: "plan",
  check: (subject, judge, plan) => {
    const subnets = subnetsIn(subject);
    if (subnets.length === 0) return judge.notApplicable("no subnet is written in it");
    for (const subnet of subnets) judge.part(() => judgeSubnet(subnet, subject, judge, plan));
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
      kind: "violating",
      says: "a subnet inside its network",
      expect: "fail",
      resources: alone(azureTypes.network, {
        subnets: [
          { name: "app", networkSecurityGroup: { id: unknownHere } },
          { name: "GatewaySubnet" },
          { name: "data" },
        ],
      }),
      path: "subnets[2].networkSecurityGroup",
    },
    {
      kind: "clean",
      says: "a network without any",
      expect: "not-applicable",
      resources: alone(azureTypes.network, {}),
    },
    {
      kind: "clean",
      says: "the subnet of a gateway",
      expect: "not-applicable",
      resources: alone(azureRuleTypes.subnet, { subnetName: "GatewaySubnet" }),
    },
    {
      kind: "clean",
      says: "private endpoints alone, to which no group applies",
      expect: "not-applicable",
      resources: [...alone(azureTypes.subnet, { subnetName: "data" }), endpointIn("app")],
    },
    {
      kind: "violating",
      says: "private endpoints to which groups apply",
      expect: "fail",
      resources: [
        ...alone(azureTypes.subnet, { privateEndpointNetworkPolicies: "Enabled" }),
        endpointIn("app"),
      ],
      path: "networkSecurityGroup",
    },
    {
      kind: "violating",
      says: "a machine beside a private endpoint",
      expect: "fail",
      resources: [
        ...alone(azureTypes.subnet, { subnetName: "data" }),
        endpointIn("app"),
        {
          type: azureTypes.interface,
          name: "card",
          props: { ipConfigurations: [{ name: "inner", subnet: { id: unknownHere } }] },
          dependsOn: { ipConfigurations: ["app"] },
        },
      ],
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

function judgeSubnet(subnet: View, subject: PlannedResource, judge: Judge, plan: Plan): void {
  const group = subnet.at("networkSecurityGroup");
  // An id that is not known yet is still the id of a group.
  if (group.state === "known" && isGiven(group, "id")) return;
  if (isManaged(subnet, subject)) judge.notApplicable("a subnet of Azure's own");
  else if (group.state === "unknown") judge.open(group);
  else if (holdsEndpointsOnly(plan, subject) && !appliesToEndpoints(subnet))
    judge.notApplicable("private endpoints alone stand in it, to which no group applies");
  else judge.fail(group, "a packet from anywhere in the network to any port");
}

function appliesToEndpoints(subnet: View): boolean {
  const policies = subnet.at("privateEndpointNetworkPolicies").text() ?? "Disabled";
  return /^(Enabled|NetworkSecurityGroupEnabled)$/i.test(policies);
}

function endpointIn(subnet: string) {
  const props = { subnet: { id: unknownHere } };
  return {
    type: azureTypes.privateEndpoint,
    name: "endpoint",
    props,
    dependsOn: { subnet: [subnet] },
  };
}
