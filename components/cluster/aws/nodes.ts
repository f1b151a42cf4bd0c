/** Creates the nodes and addons of an EKS cluster from its plan. */
import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as eks from "@pulumi/aws/eks/index.js";
import type * as iam from "@pulumi/aws/iam/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { mustHave } from "../../shared/must-get.ts";
import { childOf } from "../../shared/providers.ts";
import type { EksAddonRecord, EksPlan } from "./lower.ts";
import { createRole } from "./role.ts";
import type { EksSurroundings } from "./surroundings.ts";

/** Addons that nodes need, nodes, and the addons that need nodes. */
export function createEksNodes(
  parent: pulumi.ComponentResource,
  plan: EksPlan,
  around: EksSurroundings,
  cluster: eks.Cluster,
): pulumi.CustomResource[] {
  const cni = createRole(parent, plan.roles.cni, plan.tags);
  const addon = (record: EksAddonRecord, dependsOn: pulumi.Resource[]) =>
    createAddon(parent, plan, record, { cluster, cniRole: cni.role, dependsOn });
  const first = plan.addons
    .filter(({ needsNodes }) => !needsNodes)
    .map((record) => addon(record, [...cni.attachments]));
  const nodes = createNodeGroup(parent, plan, around, cluster, first);
  const last = plan.addons
    .filter(({ needsNodes }) => needsNodes)
    .map((record) => addon(record, [nodes]));
  return [nodes, ...last];
}

function createAddon(
  parent: pulumi.ComponentResource,
  { region, tags }: EksPlan,
  record: EksAddonRecord,
  around: {
    readonly cluster: eks.Cluster;
    readonly cniRole: iam.Role;
    readonly dependsOn: pulumi.Resource[];
  },
): eks.Addon {
  const { name, addonName, configurationValues, cniServiceAccount } = record;
  return new eks.Addon(
    name,
    {
      region,
      clusterName: around.cluster.name,
      addonName,
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      ...(configurationValues === undefined ? {} : { configurationValues }),
      ...(cniServiceAccount === undefined
        ? {}
        : {
            podIdentityAssociations: [
              { roleArn: around.cniRole.arn, serviceAccount: cniServiceAccount },
            ],
          }),
      tags,
    },
    childOf(parent, { dependsOn: around.dependsOn }),
  );
}

/**
 * The template names the segment's group: a node group without one would get the cluster's own
 * group, which EKS opens to every destination.
 */
function createNodeGroup(
  parent: pulumi.ComponentResource,
  plan: EksPlan,
  { network, membership }: EksSurroundings,
  cluster: eks.Cluster,
  addons: readonly pulumi.Resource[],
): eks.NodeGroup {
  const { region, tags, nodeGroup } = plan;
  const { role, attachments } = createRole(parent, plan.roles.node, tags);
  const template = new ec2.LaunchTemplate(
    `${plan.launchTemplate.name}-template`,
    {
      region,
      description: `Nodes of ${plan.clusterName}`,
      updateDefaultVersion: true,
      vpcSecurityGroupIds: [mustHave(membership.groupIds, plan.segment)],
      // One hop: containers without the host's network cannot take the node's credentials.
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
      },
      // Bottlerocket keeps the system on the first disk and containers on the second.
      blockDeviceMappings: [disk("/dev/xvda", 4), disk("/dev/xvdb", 50)],
      tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
      tags,
    },
    childOf(parent),
  );
  return new eks.NodeGroup(
    nodeGroup.name,
    {
      region,
      clusterName: cluster.name,
      nodeRoleArn: role.arn,
      subnetIds: [...mustHave(network.subnetIds, plan.segment)],
      scalingConfig: {
        minSize: nodeGroup.min,
        maxSize: nodeGroup.max,
        desiredSize: nodeGroup.min,
      },
      updateConfig: { maxUnavailable: 1 },
      instanceTypes: [nodeGroup.instanceType],
      amiType: "BOTTLEROCKET_x86_64",
      capacityType: "ON_DEMAND",
      launchTemplate: {
        id: template.id,
        version: template.latestVersion.apply((version) => String(version)),
      },
      tags,
    },
    childOf(parent, {
      dependsOn: [...attachments, ...addons],
      // The autoscaler moves the number between the two limits; it is no drift.
      ignoreChanges: ["scalingConfig.desiredSize"],
    }),
  );
}

function disk(deviceName: string, sizeGib: number) {
  return {
    deviceName,
    ebs: { volumeSize: sizeGib, volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" },
  };
}
