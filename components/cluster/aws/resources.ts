/** Creates an EKS cluster from its plan. */
import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as eks from "@pulumi/aws/eks/index.js";
import * as kms from "@pulumi/aws/kms/index.js";
import * as pulumi from "@pulumi/pulumi";
import { mustHave } from "../../shared/must-get.ts";
import { childOf } from "../../shared/providers.ts";
import { kubeconfigOf } from "../kubeconfig.ts";
import type { ClusterAccess } from "../places.ts";
import { secretWhenReady } from "../when-ready.ts";
import type { EksPlan } from "./lower.ts";
import { createEksNodes } from "./nodes.ts";
import { createRole } from "./role.ts";
import type { EksSurroundings } from "./surroundings.ts";

const logRetentionDays = 365;
const keyRotationDays = 90;
const keyDeletionWindowDays = 30;

/** The control plane, who may administer it, and its nodes. */
export function createEks(
  parent: pulumi.ComponentResource,
  plan: EksPlan,
  around: EksSurroundings,
): ClusterAccess {
  const { region, tags, clusterName } = plan;
  const key = new kms.Key(
    plan.key.name,
    {
      region,
      description: plan.key.description,
      policy: plan.key.policy,
      enableKeyRotation: true,
      rotationPeriodInDays: keyRotationDays,
      deletionWindowInDays: keyDeletionWindowDays,
      tags,
    },
    childOf(parent),
  );
  const cluster = createControlPlane(parent, plan, around, key);
  const administrators = createAccess(parent, plan, around.administrators, cluster);
  const nodes = createEksNodes(parent, plan, around, cluster);
  const kubeconfig = pulumi
    .all([cluster.endpoint, cluster.certificateAuthority.data])
    .apply(([endpoint, certificateAuthority]) =>
      kubeconfigOf({
        name: clusterName,
        host: endpoint.replace(/^https:\/\//, ""),
        certificateAuthority,
        token: {
          command: "aws",
          args: [
            "eks",
            "get-token",
            "--cluster-name",
            clusterName,
            "--region",
            region,
            "--output",
            "json",
          ],
          installHint: "Install the AWS command line interface, version 2.",
        },
      }),
    );
  return {
    place: plan.place,
    kubeconfig: secretWhenReady(kubeconfig, [...administrators, ...nodes]),
    issuer: cluster.identities.apply((identities) => identities[0]?.oidcs?.[0]?.issuer ?? ""),
  };
}

function createControlPlane(
  parent: pulumi.ComponentResource,
  plan: EksPlan,
  { network, membership }: EksSurroundings,
  key: kms.Key,
): eks.Cluster {
  const { region, tags, clusterName } = plan;
  // EKS would make this group itself, unencrypted and kept for ever, if it were not there first.
  const logGroup = new cloudwatch.LogGroup(
    plan.logGroup.name,
    {
      region,
      name: plan.logGroup.logGroupName,
      retentionInDays: logRetentionDays,
      kmsKeyId: key.arn,
      tags,
    },
    childOf(parent),
  );
  const { role, attachments } = createRole(parent, plan.roles.cluster, tags);
  return new eks.Cluster(
    plan.cluster.name,
    {
      region,
      name: clusterName,
      roleArn: role.arn,
      version: plan.cluster.version,
      accessConfig: {
        authenticationMode: "API",
        bootstrapClusterCreatorAdminPermissions: false,
      },
      bootstrapSelfManagedAddons: false,
      vpcConfig: {
        endpointPrivateAccess: true,
        endpointPublicAccess: false,
        subnetIds: [...mustHave(network.subnetIds, plan.segment)],
        securityGroupIds: [mustHave(membership.groupIds, plan.segment)],
      },
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      encryptionConfig: { provider: { keyArn: key.arn }, resources: ["secrets"] },
      deletionProtection: plan.cluster.deletionProtection,
      upgradePolicy: { supportType: "STANDARD" },
      tags,
    },
    childOf(parent, { dependsOn: [logGroup, ...attachments] }),
  );
}

function createAccess(
  parent: pulumi.ComponentResource,
  { access, region, tags }: EksPlan,
  administrators: readonly pulumi.Input<string>[],
  cluster: eks.Cluster,
): eks.AccessPolicyAssociation[] {
  return administrators.map((principalArn, index) => {
    const entry = new eks.AccessEntry(
      `${access.name}-${index}`,
      { region, clusterName: cluster.name, principalArn, type: "STANDARD", tags },
      childOf(parent),
    );
    return new eks.AccessPolicyAssociation(
      `${access.name}-${index}-policy`,
      {
        region,
        clusterName: cluster.name,
        principalArn: entry.principalArn,
        policyArn: access.policyArn,
        accessScope: { type: "cluster" },
      },
      childOf(parent),
    );
  });
}
