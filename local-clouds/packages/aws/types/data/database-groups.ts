/** Groups that databases name: subnets, parameters, options (Amazon RDS API reference). */

import type { Resource } from "../../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../../types/type.ts";
import { textsIn } from "../common.ts";
import { toSubnet } from "../ec2-references.ts";
import { error, ordinary, refuseIf } from "../ordinary.ts";
import { toTopic } from "../references.ts";
import { type Family, group } from "./database-common.ts";

function subnetGroup(module: Family["module"]): TypeEntry {
  return ordinary(group(module), {
    id: "{name}",
    arn: "rds:subgrp:{name}",
    autoname: { property: "name", charactersMax: 255, lowerCase: true },
    defaults: { description: "Managed by Pulumi" },
    forceNew: ["name", "namePrefix"],
    outputs: {
      namePrefix: "",
      ...(module === "neptune" ? {} : { supportedNetworkTypes: ["IPV4"] }),
      ...(module === "rds" ? { vpcId: vpcOfSubnets } : {}),
    },
    references: [toSubnet("subnetIds[*]")],
    taken: error("DBSubnetGroupAlreadyExists", "The DB subnet group '{id}' already exists."),
    admit: refuseSubnets,
    inUse: error(
      "InvalidDBSubnetGroupStateFault",
      "Cannot delete the subnet group '{id}' because at least one database instance: {value} is still using it.",
    ),
  });
}

function subnetsOf(r: Resource) {
  return textsIn(r.list("subnetIds")).map((id) => r.find("aws:ec2/subnet:Subnet", id)?.properties);
}

function vpcOfSubnets(r: Resource) {
  return subnetsOf(r)[0]?.["vpcId"];
}

/** A group spans two zones of one network (CreateDBSubnetGroup). */
function refuseSubnets(r: Resource): ServiceError | undefined {
  const subnets = subnetsOf(r);
  if (new Set(subnets.map((subnet) => subnet?.["vpcId"])).size > 1) {
    return error("InvalidSubnet", "The DB subnet group's subnets must be in the same VPC.");
  }
  const zones = new Set(subnets.map((subnet) => subnet?.["availabilityZone"]));
  return refuseIf(
    zones.size < 2,
    "DBSubnetGroupDoesNotCoverEnoughAZs",
    `The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: ${[...zones].join(", ")}. Add subnets to cover at least 2 AZs.`,
  );
}

function parameterGroup(token: string, kind: "pg" | "cluster-pg"): TypeEntry {
  return ordinary(token, {
    id: "{name}",
    arn: `rds:${kind}:{name}`,
    autoname: { property: "name", charactersMax: 255, lowerCase: true },
    defaults: {
      description: "Managed by Pulumi",
      "parameters[*].applyMethod": token.startsWith("aws:docdb/") ? "pending-reboot" : "immediate",
    },
    forceNew: ["description", "family", "name", "namePrefix"],
    outputs: { namePrefix: "", parameters: [] },
    taken: error("DBParameterGroupAlreadyExists", "Parameter group {id} already exists"),
    inUse: error(
      "InvalidDBParameterGroupState",
      "One or more database instances are still members of this parameter group {id}, so the group cannot be deleted",
    ),
  });
}

const optionGroup = ordinary("aws:rds/optionGroup:OptionGroup", {
  id: "{name}",
  arn: "rds:og:{name}",
  autoname: { property: "name", charactersMax: 255, lowerCase: true },
  defaults: { optionGroupDescription: "Managed by Pulumi" },
  forceNew: ["engineName", "majorEngineVersion", "name", "namePrefix", "optionGroupDescription"],
  outputs: { namePrefix: "", options: [] },
  taken: error("OptionGroupAlreadyExistsFault", "An option group named {id} already exists."),
  inUse: error("InvalidOptionGroupStateFault", "Option group {id} is in use by {value}"),
});

const eventSubscription = ordinary("aws:rds/eventSubscription:EventSubscription", {
  id: "{name}",
  arn: "rds:es:{name}",
  name: 255,
  prefixed: true,
  defaults: { enabled: true },
  outputs: { customerAwsId: (r) => r.account },
  references: [
    toTopic("snsTopic", error("SNSTopicArnNotFound", "The SNS topic ARN {value} does not exist.")),
  ],
});

/** The entries of database groups. */
export const databaseGroupTypes: readonly TypeEntry[] = [
  subnetGroup("rds"),
  subnetGroup("docdb"),
  subnetGroup("neptune"),
  parameterGroup("aws:rds/parameterGroup:ParameterGroup", "pg"),
  parameterGroup("aws:rds/clusterParameterGroup:ClusterParameterGroup", "cluster-pg"),
  parameterGroup("aws:docdb/clusterParameterGroup:ClusterParameterGroup", "cluster-pg"),
  optionGroup,
  eventSubscription,
];
