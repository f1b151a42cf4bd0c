/** Creates the security groups of an AWS place from its plan. */
import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AwsPlaceNetwork } from "../../network/places.ts";
import { mustGet } from "../../shared/must-get.ts";
import { childOf } from "../../shared/providers.ts";
import type { AwsMembership } from "../places.ts";
import type { AwsRuleRecord, AwsSegmentationPlan } from "./lower.ts";
import { createSubnetRules } from "./subnet-rules/resources.ts";

const ruleClasses = {
  ingress: vpc.SecurityGroupIngressRule,
  egress: vpc.SecurityGroupEgressRule,
} as const satisfies Record<AwsRuleRecord["direction"], unknown>;

/** Groups first, rules apart from them: groups may then name each other in a circle. */
export function createAwsSegmentation(
  parent: pulumi.ComponentResource,
  plan: AwsSegmentationPlan,
  network: AwsPlaceNetwork,
): AwsMembership {
  const { region } = plan;
  const groups = new Map(
    plan.groups.map(({ name, segment, description, tags }) => [
      segment,
      new ec2.SecurityGroup(
        name,
        { region, vpcId: network.vpcId, description, tags },
        childOf(parent),
      ),
    ]),
  );
  const lists = createPrefixLists(parent, plan);
  for (const { name, direction, segment, peerSegment, prefixList, ...record } of plan.rules) {
    const peer = {
      ...(peerSegment === undefined
        ? {}
        : { referencedSecurityGroupId: mustGet(groups, peerSegment).id }),
      ...(prefixList === undefined ? {} : { prefixListId: mustGet(lists, prefixList).id }),
    };
    new ruleClasses[direction](
      name,
      { region, securityGroupId: mustGet(groups, segment).id, ...record, ...peer },
      childOf(parent),
    );
  }
  createSubnetRules(parent, region, plan.acls, network);
  return {
    cloud: "aws",
    groupIds: Object.fromEntries([...groups].map(([segment, group]) => [segment, group.id])),
  };
}

/** A list counts against a group's quota by its `maxEntries`, so it holds no room to spare. */
function createPrefixLists(
  parent: pulumi.ComponentResource,
  { region, prefixLists }: AwsSegmentationPlan,
): ReadonlyMap<string, ec2.ManagedPrefixList> {
  return new Map(
    prefixLists.map(({ name, family, cidrs, tags }) => [
      name,
      new ec2.ManagedPrefixList(
        name,
        {
          region,
          addressFamily: `IPv${family}`,
          maxEntries: cidrs.length,
          entries: cidrs.map((cidr) => ({ cidr })),
          tags,
        },
        childOf(parent),
      ),
    ]),
  );
}
