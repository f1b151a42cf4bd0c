/** Creates the network ACLs of an AWS place from its plan. */
import * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AwsPlaceNetwork } from "../../../network/places.ts";
import { mustHave } from "../../../shared/must-get.ts";
import { childOf } from "../../../shared/providers.ts";
import type { AwsAclRecord } from "./lower.ts";

/**
 * Entries are resources of their own: the provider lets no ACL have inline ones besides. A subnet
 * comes under its ACL only when that is complete, as one without entries stops everything.
 */
export function createSubnetRules(
  parent: pulumi.ComponentResource,
  region: string,
  acls: readonly AwsAclRecord[],
  network: AwsPlaceNetwork,
): void {
  for (const { name, segment, tags, entries } of acls) {
    const acl = new ec2.NetworkAcl(name, { region, vpcId: network.vpcId, tags }, childOf(parent));
    const rules = entries.map(
      ({ name: entryName, direction, ...entry }) =>
        new ec2.NetworkAclRule(
          entryName,
          {
            region,
            networkAclId: acl.id,
            egress: direction === "egress",
            ruleAction: "allow",
            ...entry,
          },
          childOf(parent),
        ),
    );
    for (const [zone, subnetId] of mustHave(network.subnetIds, segment).entries()) {
      new ec2.NetworkAclAssociation(
        `${name}-${zone}`,
        { region, networkAclId: acl.id, subnetId },
        childOf(parent, { dependsOn: rules }),
      );
    }
  }
}
