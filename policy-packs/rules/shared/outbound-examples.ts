/** Subnets of Azure with and without a way out that nobody planned. */
import type { Example } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { azureTypes } from "../../lift/azure/types.ts";
import { alone } from "./alone.ts";

const property = "defaultOutboundAccess";

export const outboundExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "said so",
    expect: "fail",
    resources: alone(azureTypes.subnet, { [property]: true }),
    path: property,
  },
  {
    kind: "violating",
    says: "inside its network, beside Azure's own",
    expect: "fail",
    resources: alone(azureTypes.network, {
      subnets: [{ name: "AzureBastionSubnet" }, { name: "app" }],
    }),
    path: `subnets[1].${property}`,
  },
  {
    kind: "clean",
    says: "a private subnet",
    expect: "pass",
    resources: alone(azureTypes.subnet, { [property]: false }),
  },
  {
    kind: "clean",
    says: "a subnet handed to a service",
    expect: "not-applicable",
    resources: alone(azureTypes.subnet, {
      delegations: [{ name: "db", serviceName: "Microsoft.DBforPostgreSQL/flexibleServers" }],
    }),
  },
  {
    kind: "clean",
    says: "a NAT gateway",
    expect: "pass",
    resources: alone(azureTypes.subnet, { natGateway: { id: "nat" } }),
  },
  {
    kind: "clean",
    says: "a route to a firewall",
    expect: "pass",
    resources: routed([{ addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance" }]),
  },
  {
    kind: "violating",
    says: "a route to a firewall for other networks only",
    expect: "fail",
    resources: routed([{ addressPrefix: "10.0.0.0/8", nextHopType: "VirtualAppliance" }]),
    path: property,
  },
  {
    kind: "unknown",
    says: "where the route leads is not known",
    expect: "unknown",
    resources: routed([{ addressPrefix: "0.0.0.0/0", nextHopType: unknownHere }]),
    path: "routes[0].nextHopType",
  },
  {
    kind: "clean",
    says: "nodes of a cluster alone",
    expect: "not-applicable",
    resources: [
      ...alone(azureTypes.subnet, {}),
      {
        type: azureTypes.cluster,
        name: "cluster",
        props: { agentPoolProfiles: [{ vnetSubnetID: unknownHere }] },
        dependsOn: { agentPoolProfiles: ["app"] },
      },
    ],
  },
  {
    kind: "unknown",
    says: "not known",
    expect: "unknown",
    resources: alone(azureTypes.subnet, { [property]: unknownHere }),
    path: property,
  },
  {
    kind: "absent",
    says: "not set",
    expect: "fail",
    resources: alone(azureTypes.subnet, {}),
    path: property,
  },
];

function routed(routes: Json): Example["resources"] {
  return [
    {
      type: azureTypes.subnet,
      name: "app",
      props: { routeTable: { id: unknownHere } },
      dependsOn: { routeTable: ["table"] },
    },
    { type: azureTypes.routeTable, name: "table", props: { routes } },
  ];
}
