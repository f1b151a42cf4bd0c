/** Subnets of Azure, as resources of their own and inside their network. */
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { azureTypes } from "../../lift/azure/types.ts";
import { entriesOf } from "../../lift/entries.ts";

export const subnetWriters: readonly string[] = [azureTypes.subnet, azureTypes.network];

/** Subnets of Azure's own appliances, which take no group or a special one. */
const managedSubnets: readonly string[] = [
  "GatewaySubnet",
  "AzureFirewallSubnet",
  "AzureFirewallManagementSubnet",
  "AzureBastionSubnet",
  "RouteServerSubnet",
];

/** Each subnet written in the resource. */
export function subnetsIn(resource: PlannedResource): readonly View[] {
  if (resource.type === azureTypes.subnet) return [resource.inputs];
  return entriesOf(resource.inputs.at("subnets"));
}

/** Whether one of Azure's own appliances needs the subnet for itself. */
export function isManaged(subnet: View, resource: PlannedResource): boolean {
  const given = subnet.path === "" ? subnet.at("subnetName").text() : undefined;
  return managedSubnets.includes(given ?? subnet.at("name").text() ?? resource.name);
}
