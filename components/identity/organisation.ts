/** Identities that exist once per organisation and that every environment's stand on. */
import * as awsIam from "@pulumi/aws/iam/index.js";
import * as identitystore from "@pulumi/aws/identitystore/index.js";
import * as ssoadmin from "@pulumi/aws/ssoadmin/index.js";
import * as azuread from "@pulumi/azuread";
import * as gcpIam from "@pulumi/gcp/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../../model/base/problem.ts";
import { ProblemError, throwIfAny } from "../../model/base/problem.ts";
import type { OrganisationIdentityIntent } from "../../model/identity/organisation.ts";
import { checkOrganisationIdentity } from "../../model/identity/organisation.ts";
import { childOf, requireProviders } from "../shared/providers.ts";
import type { OrganisationIdentitiesPlan } from "./lower-organisation.ts";
import { lowerOrganisation, workforceCondition } from "./lower-organisation.ts";

export interface OrganisationIdentityArgs {
  readonly intent: OrganisationIdentityIntent;
}

/**
 * GitHub's identity provider on AWS, the workforce group in Entra and in Identity Center, and GCP's
 * workforce pool that trusts Entra. Needs explicit providers of `aws` (with Identity Center
 * switched on, which no API does), `azuread` and `gcp`.
 */
export class OrganisationIdentity extends pulumi.ComponentResource {
  readonly githubProviderArn: pulumi.Output<string>;
  readonly ssoInstanceArn: pulumi.Output<string>;
  /** The workforce group in Identity Center. */
  readonly awsGroupId: pulumi.Output<string>;
  /** The workforce group in Entra. */
  readonly entraGroupId: pulumi.Output<string>;
  readonly workforcePoolId: pulumi.Output<string>;

  constructor(
    name: string,
    args: OrganisationIdentityArgs,
    opts: pulumi.ComponentResourceOptions = {},
  ) {
    super("bulkhead:index:OrganisationIdentity", name, { intent: args.intent }, opts);
    requireProviders(this, name, ["aws", "azuread", "gcp"]);
    throwIfAny(checkOrganisationIdentity(args.intent));
    const plan = lowerOrganisation(args.intent);
    const entraGroup = createEntraGroup(this, name, plan);
    const center = createIdentityCenterGroup(this, name, plan);
    this.githubProviderArn = createGithubProvider(this, name, plan).arn;
    this.ssoInstanceArn = center.instanceArn;
    this.awsGroupId = center.group.groupId;
    this.entraGroupId = entraGroup.objectId;
    this.workforcePoolId = createWorkforcePool(this, name, plan, entraGroup).workforcePoolId;
    this.registerOutputs({
      githubProviderArn: this.githubProviderArn,
      ssoInstanceArn: this.ssoInstanceArn,
      awsGroupId: this.awsGroupId,
      entraGroupId: this.entraGroupId,
      workforcePoolId: this.workforcePoolId,
    });
  }
}

function createGithubProvider(
  parent: pulumi.ComponentResource,
  name: string,
  { github }: OrganisationIdentitiesPlan,
): awsIam.OpenIdConnectProvider {
  return new awsIam.OpenIdConnectProvider(
    `${name}-aws-github`,
    // No thumbprint: IAM trusts GitHub's certificate authority itself and ignores one.
    { url: github.url, clientIdLists: [...github.clientIds] },
    childOf(parent),
  );
}

function createEntraGroup(
  parent: pulumi.ComponentResource,
  name: string,
  { group }: OrganisationIdentitiesPlan,
): azuread.Group {
  return new azuread.Group(
    `${name}-azure-workforce`,
    {
      displayName: group.name,
      description: group.description,
      securityEnabled: true,
      preventDuplicateNames: true,
    },
    childOf(parent),
  );
}

function createIdentityCenterGroup(
  parent: pulumi.ComponentResource,
  name: string,
  { group }: OrganisationIdentitiesPlan,
): { instanceArn: pulumi.Output<string>; group: identitystore.Group } {
  const instances = ssoadmin.getInstancesOutput({}, { parent });
  const made = new identitystore.Group(
    `${name}-aws-workforce`,
    {
      identityStoreId: instances.identityStoreIds.apply(onlyOne),
      displayName: group.name,
      description: group.description,
    },
    childOf(parent),
  );
  return { instanceArn: instances.arns.apply(onlyOne), group: made };
}

/** An organisation has one instance of Identity Center or none. */
function onlyOne(found: readonly string[]): string {
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  const problem: Problem = {
    code: "environment-broken",
    place: "AWS Identity Center",
    got: `${found.length} instances`,
    allowed: "one instance",
    next: "Enable Identity Center in the organisation's management account; it cannot be done by API.",
  };
  throw new ProblemError([problem]);
}

function createWorkforcePool(
  parent: pulumi.ComponentResource,
  name: string,
  { pool: record, provider }: OrganisationIdentitiesPlan,
  group: azuread.Group,
): gcpIam.WorkforcePool {
  const { location } = record;
  const pool = new gcpIam.WorkforcePool(
    `${name}-gcp-workforce`,
    {
      workforcePoolId: record.id,
      parent: record.parent,
      location,
      displayName: record.id,
      sessionDuration: record.sessionDuration,
    },
    childOf(parent),
  );
  new gcpIam.WorkforcePoolProvider(
    `${name}-gcp-workforce`,
    {
      workforcePoolId: pool.workforcePoolId,
      location,
      providerId: provider.id,
      displayName: "Entra",
      oidc: {
        issuerUri: provider.issuerUri,
        clientId: provider.clientId,
        // The other response type needs a client secret, a long-lived key to keep and to lose.
        webSsoConfig: {
          responseType: "ID_TOKEN",
          assertionClaimsBehavior: "ONLY_ID_TOKEN_CLAIMS",
        },
      },
      attributeMapping: provider.attributeMapping,
      attributeCondition: group.objectId.apply((id) => workforceCondition(provider.tenantId, id)),
      detailedAuditLogging: true,
    },
    childOf(parent),
  );
  return pool;
}
