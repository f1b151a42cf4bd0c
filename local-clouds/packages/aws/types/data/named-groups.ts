/** Groups of subnets and of parameters as ElastiCache and Redshift keep them. */

import type { Resource } from "../../../../types/resource.ts";
import type { TypeEntry } from "../../../../types/type.ts";
import { toSubnet } from "../ec2-references.ts";
import { error, ordinary } from "../ordinary.ts";

/** A named group of subnets. */
export function subnetGroup(
  token: string,
  arn: string | undefined,
  codes: { taken: string; inUse: string },
): TypeEntry {
  return ordinary(token, {
    id: "{name}",
    ...(arn === undefined ? {} : { arn }),
    autoname: { property: "name", charactersMax: 255, lowerCase: true },
    defaults: { description: "Managed by Pulumi" },
    forceNew: ["name"],
    ...(arn?.startsWith("redshift") === true
      ? {}
      : {
          outputs: {
            vpcId: (r: Resource) =>
              r.find("aws:ec2/subnet:Subnet", String(r.list("subnetIds")[0]))?.properties["vpcId"],
          },
        }),
    references: [toSubnet("subnetIds[*]")],
    taken: error(codes.taken, "Subnet group {id} already exists."),
    inUse: error(codes.inUse, "Subnet group {id} is currently in use by {value}."),
  });
}

/** A named group of parameters. */
export function parameterGroup(
  module: "elasticache" | "redshift",
  codes: { taken: string; inUse: string },
): TypeEntry {
  return ordinary(`aws:${module}/parameterGroup:ParameterGroup`, {
    id: "{name}",
    arn: `${module}:parametergroup:{name}`,
    autoname: { property: "name", charactersMax: 255, lowerCase: true },
    defaults: { description: "Managed by Pulumi" },
    forceNew: ["description", "family", "name"],
    taken: error(codes.taken, "Parameter group {id} already exists"),
    inUse: error(
      codes.inUse,
      "One or more clusters are still members of the parameter group {id}: {value}",
    ),
  });
}
