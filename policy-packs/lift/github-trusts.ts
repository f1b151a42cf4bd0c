/** Planned trusts in GitHub's tokens, of all clouds, lifted into the identity model. */
import { awsAudience } from "../../model/identity/aws/trust-policy.ts";
import { azureAudience } from "../../model/identity/azure/federated-credential.ts";
import { githubIssuer } from "../../model/identity/github.ts";
import type { Trust } from "../../model/identity/trust.ts";
import type { Plan, PlannedResource, View } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";
import { entriesOf } from "./entries.ts";
import { isForGithub, roleTrust, roleType, webIdentityGrants } from "./role-trust.ts";

/** Canonical types of what trusts GitHub. */
export const trustTypes = {
  role: roleType,
  applicationCredential:
    "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
  identityCredential: "azure-native:managedidentity:FederatedIdentityCredential",
  provider: "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
} as const;

/** Bindings that can name members of a workload identity pool. */
const memberTypes = [
  "gcp:projects/iAMMember:IAMMember",
  "gcp:serviceaccount/iAMMember:IAMMember",
  "gcp:folder/iAMMember:IAMMember",
  "gcp:organizations/iAMMember:IAMMember",
];

/** A trust, where it is written, and the audience its tokens are asked for. */
export interface PlannedTrust {
  readonly at: View;
  readonly trust: Trust;
  readonly audience: string;
}

/** One planned resource that may trust GitHub; reading it throws `Undecided`. */
export interface TrustSource {
  readonly read: () => readonly PlannedTrust[];
}

/** Everything in the plan that may trust GitHub. */
export function githubTrusts(plan: Plan): readonly TrustSource[] {
  const { role, applicationCredential, identityCredential } = trustTypes;
  return [
    ...plan.ofType(role).map((one) => ({ read: () => fromRole(one) })),
    ...plan
      .ofType(applicationCredential, identityCredential)
      .map((one) => ({ read: () => fromCredential(one) })),
    ...plan.ofType(...memberTypes).map((one) => ({ read: () => fromMember(one, plan) })),
  ];
}

function fromRole(role: PlannedResource): PlannedTrust[] {
  const { at, document, statements } = roleTrust(role);
  if (!webIdentityGrants({ at, document, statements }).some(isForGithub)) return [];
  return [{ at, trust: { cloud: "aws", document }, audience: awsAudience }];
}

function fromCredential(credential: PlannedResource): PlannedTrust[] {
  const { inputs } = credential;
  if (inputs.at("issuer").text() !== githubIssuer) return [];
  const at = inputs.at("subject");
  const audiences = entriesOf(inputs.at("audiences")).map((view) => view.text() ?? "");
  const subject = at.text() ?? "";
  const trust = { cloud: "azure", issuer: githubIssuer, subject, audiences } as const;
  return [{ at, trust, audience: azureAudience }];
}

const poolMember =
  /^principal(?:Set)?:\/\/iam\.googleapis\.com\/(projects\/[^/]+\/locations\/global\/workloadIdentityPools\/([^/]+))\//;

/** A member of a pool stands for what any of the pool's providers lets in. */
function fromMember(binding: PlannedResource, plan: Plan): PlannedTrust[] {
  const at = binding.inputs.at("member");
  if (at.state === "unknown" && !mayBePool(binding, plan)) return [];
  const member = at.text() ?? "";
  const [, pool, poolId] = poolMember.exec(member) ?? [];
  if (pool === undefined) return [];
  return plan.ofType(trustTypes.provider).flatMap((provider): PlannedTrust[] => {
    const { inputs } = provider;
    if (inputs.at("workloadIdentityPoolId").text() !== poolId) return [];
    if (inputs.at("oidc", "issuerUri").text() !== githubIssuer) return [];
    const id = inputs.at("workloadIdentityPoolProviderId").text() ?? "";
    const allowedAudiences = entriesOf(inputs.at("oidc", "allowedAudiences")).map(
      (view) => view.text() ?? "",
    );
    const condition = inputs.at("attributeCondition").text();
    const mapping = inputs.at("attributeMapping");
    const trust = {
      cloud: "gcp",
      issuer: githubIssuer,
      allowedAudiences,
      attributeMapping: Object.fromEntries(
        mapping.keys().map((key) => [key, mapping.at(key).text() ?? ""]),
      ),
      ...(condition === undefined ? {} : { attributeCondition: condition }),
      pool,
      provider: id,
      member,
    } as const;
    const audience = allowedAudiences[0] ?? `https://iam.googleapis.com/${pool}/providers/${id}`;
    return [{ at, trust, audience }];
  });
}

/** An unknown member that waits for service accounts only is no member of a pool. */
function mayBePool(binding: PlannedResource, plan: Plan): boolean {
  const sources = plan.waitsFor(binding.urn, "member");
  return (
    sources.length === 0 || !sources.every((urn) => urn.includes("gcp:serviceaccount/account:"))
  );
}

/** The error of a trust that the identity model cannot settle. */
export function undecidedTrust({ at }: PlannedTrust): Undecided {
  return new Undecided(at.urn, at.path, "unreadable");
}
