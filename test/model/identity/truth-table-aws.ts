/** Trust policies of AWS, and what their semantics make of them. */
import type { Trust } from "../../../model/identity/trust.ts";
import { aws, immutable, inProduction, onMain, onMainById, type Row } from "./intended.ts";
import { awsTrust, host } from "./trusts.ts";

export const awsRows: readonly Row[] = [
  ["no condition at all", awsTrust(undefined), onMain, "public"],
  ["only the audience", awsTrust({ StringEquals: { aud: aws } }), onMain, "public"],
  ["sub StringLike *", awsTrust({ StringLike: { sub: "*" } }), onMain, "public"],
  [
    "sub StringEquals * is taken literally",
    awsTrust({ StringEquals: { sub: "*" } }),
    onMain,
    "dead",
  ],
  ["sub StringLike repo:*", awsTrust({ StringLike: { sub: "repo:*" } }), onMain, "public"],
  [
    "wildcard before the repository",
    awsTrust({ StringLike: { sub: "repo:*/api:*" } }),
    onMain,
    "public",
  ],
  ["owner prefix", awsTrust({ StringLike: { sub: "repo:acme*" } }), onMain, "prefix"],
  [
    "owner prefix with StringEquals is taken literally",
    awsTrust({ StringEquals: { sub: "repo:acme*" } }),
    onMain,
    "dead",
  ],
  ["whole organisation", awsTrust({ StringLike: { sub: "repo:acme/*" } }), onMain, "organisation"],
  [
    "whole organisation, StringEquals",
    awsTrust({ StringEquals: { sub: "repo:acme/*" } }),
    onMain,
    "dead",
  ],
  [
    "all of one repository",
    awsTrust({ StringLike: { sub: "repo:acme/api:*" } }),
    onMain,
    "organisation",
  ],
  [
    "repository prefix",
    awsTrust({ StringLike: { sub: "repo:acme/api*:ref:refs/heads/main" } }),
    onMain,
    "organisation",
  ],
  [
    "pull requests",
    awsTrust({ StringEquals: { sub: "repo:acme/api:pull_request" } }),
    onMain,
    "organisation",
  ],
  [
    "names only",
    awsTrust({ StringEquals: { sub: "repo:acme/api:ref:refs/heads/main" } }),
    onMain,
    "reuse",
  ],
  [
    "names with the repository's id",
    awsTrust({ StringEquals: { sub: "repo:acme/api:ref:refs/heads/main", repository_id: "2" } }),
    onMain,
    "pass",
  ],
  [
    "immutable subject",
    awsTrust({ StringEquals: { sub: "repo:acme@1/api@2:ref:refs/heads/main" } }),
    onMainById,
    "pass",
  ],
  [
    "StringLike without a wildcard is StringEquals",
    awsTrust({ StringLike: { aud: aws, sub: immutable } }),
    inProduction,
    "pass",
  ],
  [
    "immutable ids, any environment",
    awsTrust({ StringLike: { sub: "repo:acme@1/api@2:environment:*" } }),
    inProduction,
    "organisation",
  ],
  [
    "? for a character of the id",
    awsTrust({ StringLike: { sub: "repo:acme@1/api@?:environment:production" } }),
    inProduction,
    "organisation",
  ],
  [
    "environment only",
    awsTrust({ StringEquals: { environment: "production" } }),
    inProduction,
    "public",
  ],
  [
    "owner's id only",
    awsTrust({ StringEquals: { repository_owner_id: "1" } }),
    inProduction,
    "organisation",
  ],
  [
    "repository's id only",
    awsTrust({ StringEquals: { repository_id: "2" } }),
    inProduction,
    "organisation",
  ],
  [
    "somebody else's id",
    awsTrust({ StringEquals: { repository_id: "77", environment: "production" } }),
    inProduction,
    "public",
  ],
  [
    "a claim STS does not expose",
    awsTrust({ StringEquals: { repository_owner: "acme" } }),
    inProduction,
    "dead",
  ],
  [
    "called workflow only",
    awsTrust({
      StringEquals: { job_workflow_ref: "acme/ci/.github/workflows/deploy.yml@refs/heads/main" },
    }),
    inProduction,
    "public",
  ],
  [
    "ForAllValues on a misspelt key",
    awsTrust({ "ForAllValues:StringLike": { subject: "repo:acme/api:*" } }),
    onMain,
    "public",
  ],
  [
    "ForAllValues on sub itself",
    awsTrust({ "ForAllValues:StringLike": { sub: "repo:acme/*" } }),
    onMain,
    "organisation",
  ],
  [
    "IfExists on a misspelt key",
    awsTrust({ StringLikeIfExists: { subject: "repo:acme/api:*" } }),
    onMain,
    "public",
  ],
  [
    "IfExists on the environment",
    awsTrust({
      StringEquals: { repository_id: "2" },
      StringEqualsIfExists: { environment: "production" },
    }),
    inProduction,
    "organisation",
  ],
  [
    "ForAnyValue on a misspelt key",
    awsTrust({ "ForAnyValue:StringLike": { subject: "repo:acme/api:*" } }),
    onMain,
    "dead",
  ],
  [
    "key of another provider",
    awsTrust({ StringEquals: { "gitlab.com:sub": immutable } }),
    inProduction,
    "dead",
  ],
  [
    "key in other letters",
    awsTrust({ StringEquals: { [`${host.toUpperCase()}:SUB`]: immutable } }),
    inProduction,
    "pass",
  ],
  [
    "an e-mail as subject",
    awsTrust({ StringEquals: { sub: "jane@acme.example" } }),
    inProduction,
    "dead",
  ],
  [
    "a negated operator on a misspelt key",
    awsTrust({ StringNotEquals: { subject: "repo:mallory/evil:ref:refs/heads/main" } }),
    onMain,
    "public",
  ],
  [
    "everybody but one",
    awsTrust({ StringNotEquals: { sub: "repo:mallory/evil:ref:refs/heads/main" } }),
    onMain,
    "public",
  ],
  [
    "an operator nobody knows",
    awsTrust({ StringResembles: { sub: immutable } }),
    inProduction,
    "unknown",
  ],
  [
    "a condition on the network",
    awsTrust({
      StringEquals: { sub: "repo:acme/api:*" },
      IpAddress: { "aws:SourceIp": "192.0.2.0/24" },
    }),
    onMain,
    "dead",
  ],
  [
    "wildcard and network",
    awsTrust({ StringLike: { sub: "repo:acme/*" }, IpAddress: { "aws:SourceIp": "192.0.2.0/24" } }),
    onMain,
    "unknown",
  ],
  [
    "a policy variable",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable of AWS
    awsTrust({ StringLike: { sub: "repo:${aws:PrincipalTag/team}/*" } }),
    onMain,
    "unknown",
  ],
  [
    "NotPrincipal",
    awsTrust(undefined, { Principal: undefined, NotPrincipal: { AWS: "*" } }),
    onMain,
    "unknown",
  ],
  ["anybody at all", awsTrust(undefined, { Principal: "*", Action: "sts:*" }), onMain, "public"],
  ["another action", awsTrust(undefined, { Action: "sts:AssumeRole" }), onMain, "dead"],
  [
    "no audience and no known provider",
    { ...awsTrust({ StringEquals: { sub: immutable } }), clientIds: undefined } as unknown as Trust,
    inProduction,
    "replay",
  ],
];
