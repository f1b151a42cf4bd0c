/** Creates the lowered GCP identities. */
import * as iam from "@pulumi/gcp/iam/index.js";
import * as projects from "@pulumi/gcp/projects/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { childOf } from "../../shared/providers.ts";
import type { GcpIdentities } from "./lower.ts";

export interface GcpIdentityOutputs {
  /** The provider's resource name, for `workload_identity_provider` in a workflow. */
  readonly provider: pulumi.Output<string>;
  /** The audience a workflow must ask for. */
  readonly audience: string;
}

export function createGcp(
  parent: pulumi.ComponentResource,
  name: string,
  lowered: GcpIdentities,
): GcpIdentityOutputs {
  const { project } = lowered;
  const pool = new iam.WorkloadIdentityPool(
    `${name}-gcp`,
    {
      project,
      workloadIdentityPoolId: lowered.pool.id,
      displayName: lowered.pool.displayName,
      description: lowered.pool.description,
      mode: "FEDERATION_ONLY",
    },
    childOf(parent),
  );
  const provider = new iam.WorkloadIdentityPoolProvider(
    `${name}-gcp-github`,
    {
      project,
      workloadIdentityPoolId: pool.workloadIdentityPoolId,
      workloadIdentityPoolProviderId: lowered.provider.id,
      displayName: "GitHub Actions",
      description: lowered.pool.description,
      oidc: {
        issuerUri: lowered.provider.issuerUri,
        allowedAudiences: [...lowered.provider.allowedAudiences],
      },
      attributeMapping: lowered.provider.attributeMapping,
      attributeCondition: lowered.provider.attributeCondition,
    },
    childOf(parent),
  );
  for (const grant of lowered.grants) {
    new projects.IAMMember(
      `${name}-gcp-${grant.key}`,
      { project, role: grant.role, member: grant.member },
      // Google refuses a member of a pool that does not exist yet.
      childOf(parent, { dependsOn: [pool] }),
    );
  }
  return { provider: provider.name, audience: lowered.provider.allowedAudiences[0] ?? "" };
}
