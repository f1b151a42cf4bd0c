/** Subnets of Azure with and without a way out that nobody planned. */
import type { Example } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
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
