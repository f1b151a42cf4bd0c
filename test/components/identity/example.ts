/** One environment's identities, as the tests of this component use them. */
import type { CloudAccounts } from "../../../model/base/accounts.ts";
import type { IdentityIntent, OrganisationIdentities } from "../../../model/identity/intent.ts";
import { readsOnly } from "../../../model/identity/intent.ts";

export const intent: IdentityIntent = {
  environment: "test",
  repository: { owner: "acme", ownerId: "1000001", repository: "shop", repositoryId: "2000002" },
  pipelines: [
    { name: "plan", githubEnvironments: ["test-plan"], may: readsOnly },
    {
      name: "deploy",
      githubEnvironments: ["test", "test-rollback"],
      may: {
        awsActions: ["ec2:CreateVpc", "ec2:AuthorizeSecurityGroupIngress"],
        azureRoles: ["Network Contributor"],
        gcpRoles: ["roles/compute.networkAdmin"],
      },
    },
  ],
  workforce: { name: "platform-engineers", sessionMinutes: 60, may: readsOnly },
};

export const organisation: OrganisationIdentities = {
  aws: {
    githubProviderArn:
      "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
    ssoInstanceArn: "arn:aws:sso:::instance/ssoins-0123456789abcdef",
    workforceGroupId: "11111111-2222-3333-4444-555555555555",
  },
  azure: { workforceGroupId: "66666666-7777-8888-9999-000000000000" },
  gcp: {
    workforcePoolId: "bulkhead-test",
    workforceGroupId: "66666666-7777-8888-9999-000000000000",
  },
};

export const accounts: CloudAccounts = {
  aws: {
    accountId: "111122223333",
    partition: "aws",
    region: "eu-central-1",
    regions: ["eu-central-1"],
  },
  azure: {
    subscriptionId: "00000000-1111-2222-3333-444444444444",
    tenantId: "55555555-6666-7777-8888-999999999999",
    location: "westeurope",
  },
  gcp: { project: "bulkhead-test", projectNumber: "123456789012", region: "europe-west4" },
};
