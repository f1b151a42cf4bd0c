/** What stands in a subnet of Azure, and by which way it calls out. */
import type { Judge } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { azureTypes } from "../../lift/azure/types.ts";
import { entriesOf } from "../../lift/entries.ts";
import type { Relation } from "./refers-to.ts";
import { quietly, refersTo, sureReferrersOf, tellDoubts } from "./refers-to.ts";

const { subnet, privateEndpoint, cluster, agentPool } = azureTypes;

const endpoints: Relation = {
  from: [privateEndpoint],
  to: [subnet],
  properties: ({ inputs }) => [inputs.at("subnet", "id")],
};
const nodes: Relation = {
  from: [cluster, agentPool],
  to: [subnet],
  properties: ({ inputs }) => [
    inputs.at("vnetSubnetID"),
    ...entriesOf(inputs.at("agentPoolProfiles")).map((pool) => pool.at("vnetSubnetID")),
  ],
};
/** Machines, fronts and apps: whatever else may stand in a subnet. */
const others: Relation = {
  from: [
    azureTypes.interface,
    azureTypes.scaleSet,
    azureTypes.loadBalancer,
    azureTypes.applicationGateway,
    "azure-native:app:ManagedEnvironment",
    "azure-native:containerinstance:ContainerGroup",
    "azure-native:web:WebApp",
    "azure-native:web:WebAppSlot",
  ],
  to: [subnet],
  properties: ({ inputs }) => [
    inputs.at("virtualNetworkSubnetId"),
    inputs.at("vnetConfiguration", "infrastructureSubnetId"),
    ...entriesOf(inputs.at("subnetIds")).map((one) => one.at("id")),
    ...["ipConfigurations", "frontendIPConfigurations", "gatewayIPConfigurations"]
      .flatMap((list) => entriesOf(inputs.at(list)))
      .map((one) => one.at("subnet", "id")),
    ...entriesOf(
      inputs.at("virtualMachineProfile", "networkProfile", "networkInterfaceConfigurations"),
    )
      .flatMap((card) => entriesOf(card.at("ipConfigurations")))
      .map((one) => one.at("subnet", "id")),
  ],
};

/** Whether private endpoints stand in the subnet, and nothing else that is planned. */
export function holdsEndpointsOnly(plan: Plan, subject: PlannedResource): boolean {
  return holdsOnly(plan, subject, endpoints, [nodes, others]);
}

/** Whether nodes of a cluster stand in the subnet, and nothing else that is planned. */
export function holdsNodesOnly(plan: Plan, subject: PlannedResource): boolean {
  return holdsOnly(plan, subject, nodes, [endpoints, others]);
}

function holdsOnly(
  plan: Plan,
  subject: PlannedResource,
  kind: Relation,
  rest: readonly Relation[],
): boolean {
  if (subject.type !== subnet || sureReferrersOf(plan, subject, kind).length === 0) return false;
  return rest.every((one) => sureReferrersOf(plan, subject, one).length === 0);
}

/** What hides Azure's own way out (Microsoft Learn, "Azure NAT Gateway", order of outbound methods). */
const elsewhere = /^(VirtualAppliance|VirtualNetworkGateway|None)$/i;

/** Whether the subnet's calls leave by a NAT gateway, or by a planned route to something else. */
export function hasOwnWayOut(judge: Judge, plan: Plan, at: View): "yes" | "no" | "open" {
  if (at.at("natGateway").state !== "absent") return "yes";
  const table = plan.follow(at.at("routeTable", "id"), azureTypes.routeTable);
  if (table.state !== "resource") return "no";
  const leads = (route: View) =>
    /^(0\.0\.0\.0\/0|Internet)$/i.test(route.at("addressPrefix").text() ?? "") &&
    elsewhere.test(route.at("nextHopType").text() ?? "");
  const answer = quietly(judge, [table.resource, ...plan.ofType(azureTypes.route)], (one) =>
    one === table.resource
      ? entriesOf(one.inputs.at("routes")).some(leads)
      : refersTo(plan, one.inputs.at("routeTableName"), table.resource) && leads(one.inputs),
  );
  if (answer.is === "open") tellDoubts(judge, answer);
  return answer.is;
}
