/**
 * Follows "Configure Workload Identity Federation with deployment pipelines":
 * https://docs.cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines
 * with the condition on the organisation and the numeric ids that the page recommends for GitHub.
 */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

const project = gcp.organizations.getClientConfigOutput().project;
const location = "europe-west1";
const organisationId = "123456789";
const repositoryId = "987654321";

const pool = new gcp.iam.WorkloadIdentityPool("github", {
  workloadIdentityPoolId: "github",
  displayName: "GitHub Actions",
});
const provider = new gcp.iam.WorkloadIdentityPoolProvider("github", {
  workloadIdentityPoolId: pool.workloadIdentityPoolId,
  workloadIdentityPoolProviderId: "github-actions",
  displayName: "GitHub Actions",
  attributeMapping: {
    "google.subject": "assertion.sub",
    "attribute.repository_id": "assertion.repository_id",
    "attribute.ref": "assertion.ref",
  },
  attributeCondition: `assertion.repository_owner_id == '${organisationId}' && assertion.ref == 'refs/heads/main'`,
  oidc: { issuerUri: "https://token.actions.githubusercontent.com" },
});

const images = new gcp.artifactregistry.Repository("shop", {
  repositoryId: "shop",
  location,
  format: "DOCKER",
  dockerConfig: { immutableTags: true },
});
const runs = new gcp.serviceaccount.Account("shop", {
  accountId: "shop-run",
  displayName: "The shop on Cloud Run",
});

const deploy = new gcp.serviceaccount.Account("deploy", {
  accountId: "shop-deploy",
  displayName: "Deploys the shop from GitHub",
});
const member = pulumi.interpolate`serviceAccount:${deploy.email}`;
new gcp.serviceaccount.IAMMember("deploy-from-github", {
  serviceAccountId: deploy.name,
  role: "roles/iam.workloadIdentityUser",
  member: pulumi.interpolate`principalSet://iam.googleapis.com/${pool.name}/attribute.repository_id/${repositoryId}`,
});
new gcp.artifactregistry.RepositoryIamMember("deploy", {
  repository: images.name,
  location,
  role: "roles/artifactregistry.writer",
  member,
});
new gcp.projects.IAMMember("deploy", { project, role: "roles/run.developer", member });
new gcp.serviceaccount.IAMMember("deploy-as-shop", {
  serviceAccountId: runs.name,
  role: "roles/iam.serviceAccountUser",
  member,
});

export const workloadIdentityProvider = provider.name;
export const serviceAccount = deploy.email;
