/** Trust policies as a whole, claims of known issuers, tags, clusters and organizations. */

import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import {
  account,
  eksCluster,
  github,
  githubUnder,
  idp,
  policy,
  privately,
  provider,
  providerArn,
  role,
  sts,
  trusting,
  under,
} from "./aws-world.ts";
import { type Presentation, type Row, type TestWorld, table } from "./kit.ts";

const logic = "IAM user guide, Policy evaluation logic";
const principals = "IAM user guide, AWS JSON policy elements: Principal";
const keys =
  "IAM user guide, IAM and AWS STS condition context keys, Available keys for AWS OIDC federation";
const tagging = "IAM user guide, Pass session tags in AWS STS";
const sub = `${idp}:sub`;
const becomes = { outcome: "becomes", by: "trust policy: statement 1" } as const;

const statements: readonly Row[] = [
  {
    says: "an explicit deny wins over an allow",
    source: logic,
    set: privately([trusting(idp), trusting(idp, undefined, { Effect: "Deny", Sid: "Never" })]),
    expect: { outcome: "refused", by: "trust policy: explicit deny: Never" },
  },
  {
    says: "a deny whose condition does not hold denies nothing",
    source: logic,
    set: privately([
      trusting(idp),
      trusting(idp, { StringEquals: { [sub]: "other" } }, { Effect: "Deny" }),
    ]),
    expect: becomes,
  },
  {
    says: "a deny for everybody but one subject lets that subject in",
    source: logic,
    set: privately([
      trusting(idp),
      trusting(idp, { StringNotEquals: { [sub]: "subject" } }, { Effect: "Deny", Principal: "*" }),
    ]),
    expect: becomes,
  },
  {
    says: "a deny for everybody but one subject refuses the others",
    source: logic,
    set: privately([
      trusting(idp),
      trusting(idp, { StringNotEquals: { [sub]: "other" } }, { Effect: "Deny", Principal: "*" }),
    ]),
    expect: {
      outcome: "refused",
      by: "explicit deny: statement 2",
      got: `StringNotEquals ${sub} other`,
    },
  },
  {
    says: "a deny of which it cannot be told whether it applies leaves the answer open",
    source: logic,
    set: privately([
      trusting(idp),
      trusting(idp, { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } }, { Effect: "Deny" }),
    ]),
    expect: { outcome: "unclear", by: "aws:SourceIp" },
  },
  {
    says: "one of several allow statements suffices",
    source: logic,
    set: privately([
      trusting(idp, { StringEquals: { [sub]: "other" } }),
      trusting(idp, { StringEquals: { [sub]: "subject" } }, { Sid: "Second" }),
    ]),
    expect: { outcome: "becomes", by: "trust policy: Second" },
  },
  {
    says: "without an allow statement a request is denied implicitly",
    source: logic,
    set: privately([trusting(idp, { StringEquals: { [sub]: "other" } }, { Effect: "Deny" })]),
    expect: { outcome: "refused", by: "trust policy: implicit deny" },
  },
  {
    says: "wildcards in actions cover the action",
    source: "IAM user guide, IAM JSON policy elements: Action",
    set: privately([trusting(idp, undefined, { Action: "sts:AssumeRole*" })]),
    expect: becomes,
  },
  {
    says: "names of actions are not case-sensitive",
    source: "IAM user guide, IAM JSON policy elements: Action",
    set: privately([trusting(idp, undefined, { Action: "STS:assumerolewithwebidentity" })]),
    expect: becomes,
  },
  {
    says: "a list of actions allows each of them",
    source: "IAM user guide, IAM JSON policy elements: Action",
    set: privately([
      trusting(idp, undefined, { Action: ["sts:TagSession", "sts:AssumeRoleWithWebIdentity"] }),
    ]),
    expect: becomes,
  },
  {
    says: "sts:AssumeRole alone is another action",
    source: "AWS STS API reference, AssumeRoleWithWebIdentity",
    set: privately([trusting(idp, undefined, { Action: "sts:AssumeRole" })]),
    expect: {
      outcome: "refused",
      by: "trust policy: statement 1: Action",
      got: "sts:AssumeRoleWithWebIdentity",
    },
  },
  {
    says: "NotAction allows everything but what it lists",
    source: "IAM user guide, IAM JSON policy elements: NotAction",
    set: (world) => {
      provider(world);
      const { Action: _, ...rest } = trusting(idp);
      role(world, "deploy", policy({ ...rest, NotAction: "sts:AssumeRoleWithWebIdentity" }));
      return { to: "role/deploy", mint: { issuer: `https://${idp}`, audience: [sts] } };
    },
    expect: { outcome: "refused", by: "trust policy: statement 1: NotAction" },
  },
  {
    says: "a trust in another provider is none in this one",
    source: principals,
    set: privately([trusting("other.example.com")]),
    expect: { outcome: "refused", by: "trust policy: statement 1: Principal", got: providerArn() },
  },
  {
    says: "a trust in an account is none in a federated identity",
    source: principals,
    set: privately([trusting(idp, undefined, { Principal: { AWS: account } })]),
    expect: { outcome: "refused", by: "trust policy: statement 1: Principal" },
  },
  {
    says: "a list of federated principals names each of them",
    source: principals,
    set: privately([
      trusting(idp, undefined, {
        Principal: { Federated: [providerArn("other.example.com"), providerArn()] },
      }),
    ]),
    expect: becomes,
  },
  {
    says: "a star alone names everybody",
    source: `${principals}, All principals`,
    set: privately([trusting(idp, undefined, { Principal: "*" })]),
    expect: becomes,
  },
  {
    says: "a wildcard for federated principals alone is not described",
    source: principals,
    set: privately([trusting(idp, undefined, { Principal: { Federated: "*" } })]),
    expect: { outcome: "unclear", by: "Principal" },
  },
  {
    says: "NotPrincipal makes no trust policy",
    source: "IAM user guide, AWS JSON policy elements: NotPrincipal",
    set: (world) => {
      provider(world);
      const { Principal, ...rest } = trusting(idp);
      role(world, "deploy", policy({ ...rest, NotPrincipal: Principal ?? "" }));
      return { to: "role/deploy", mint: { issuer: `https://${idp}`, audience: [sts] } };
    },
    expect: { outcome: "refused", by: "trust policy: assumeRolePolicy" },
  },
  {
    says: "a document may hold one statement without a list",
    source: "IAM user guide, IAM JSON policy elements: Statement",
    set: (world) => {
      provider(world);
      role(world, "deploy", { Version: "2012-10-17", Statement: trusting(idp) });
      return { to: "role/deploy", mint: { issuer: `https://${idp}`, audience: [sts] } };
    },
    expect: becomes,
  },
  {
    says: "what a role holds comes with it",
    source: "IAM user guide, Identity-based policies and resource-based policies",
    set: (world) => {
      const shown = privately([trusting(idp)])(world);
      world.lab.create("aws:iam/rolePolicy:RolePolicy", "inline", {
        name: "read",
        role: "deploy",
        policy: JSON.stringify(policy({ Effect: "Allow", Action: "s3:Get*", Resource: "*" })),
      });
      return shown;
    },
    expect: { ...becomes, holds: "inline read" },
  },
];

/** A trust in Google, which needs no provider in the account. */
function googleUnder(condition: JsonObject): (world: TestWorld) => Presentation {
  return (world) => {
    const statement = trusting("", condition, { Principal: { Federated: "accounts.google.com" } });
    role(world, "deploy", policy(statement));
    return { to: "role/deploy", mint: { issuer: "google", audience: [sts] } };
  };
}

const claims: readonly Row[] = [
  {
    says: "the sub of a branch is repo:OWNER/REPO:ref:refs/heads/BRANCH",
    source: "GitHub docs, OpenID Connect reference, Example subject claims",
    set: githubUnder({ StringEquals: { [`${github}:sub`]: "repo:acme/shop:ref:refs/heads/main" } }),
    expect: becomes,
  },
  {
    says: "the sub of a pull request names no branch",
    source: "GitHub docs, OpenID Connect reference, Example subject claims",
    set: githubUnder(
      { StringLike: { [`${github}:sub`]: "repo:acme/shop:ref:*" } },
      { event_name: "pull_request" },
    ),
    expect: {
      outcome: "refused",
      by: `StringLike ${github}:sub`,
      got: "repo:acme/shop:pull_request",
    },
  },
  {
    says: "the sub of a job with an environment names the environment instead",
    source: "GitHub docs, OpenID Connect reference, Example subject claims",
    set: githubUnder(
      { StringEquals: { [`${github}:sub`]: "repo:acme/shop:environment:prod" } },
      { environment: "prod" },
    ),
    expect: becomes,
  },
  {
    says: "a pattern on the owner's name without slash takes other owners that begin so",
    source: "IAM user guide, IAM JSON policy elements: Condition operators, String",
    set: githubUnder(
      { StringLike: { [`${github}:sub`]: "repo:acme*" } },
      { repository: "acme-evil/shop" },
    ),
    expect: becomes,
  },
  {
    says: "the immutable form of sub is not matched by one with names alone",
    source: "GitHub docs, OpenID Connect reference, Immutable subject claims",
    set: githubUnder(
      { StringEquals: { [`${github}:sub`]: "repo:acme/shop:ref:refs/heads/main" } },
      { sub: "repo:acme@65432/shop@123456:ref:refs/heads/main" },
    ),
    expect: { outcome: "refused", by: `${github}:sub`, got: "acme@65432/shop@123456" },
  },
  ...(["actor_id", "repository_id", "job_workflow_ref", "workflow", "ref"] as const).map(
    (name) => ({
      says: `STS maps GitHub's ${name}`,
      source: keys,
      set: githubUnder({ StringLike: { [`${github}:${name}`]: "?*" } }),
      expect: becomes,
    }),
  ),
  {
    says: "STS does not map GitHub's repository_owner",
    source: keys,
    set: githubUnder({ StringEquals: { [`${github}:repository_owner`]: "acme" } }),
    expect: { outcome: "refused", by: `${github}:repository_owner`, got: "no such key" },
  },
  {
    says: "a token without environment has no such key",
    source: keys,
    set: githubUnder({ StringEquals: { [`${github}:environment`]: "prod" } }),
    expect: { outcome: "refused", by: `${github}:environment`, got: "no such key" },
  },
  {
    says: "of a private provider no acr is mapped",
    source: keys,
    set: under({ StringEquals: { [`${idp}:acr`]: "aal3" } }, { acr: "aal3" }),
    expect: { outcome: "refused", by: `${idp}:acr`, got: "no such key" },
  },
  {
    says: "aud is the token's audience",
    source: keys,
    set: under({ StringEquals: { [`${idp}:aud`]: sts } }),
    expect: becomes,
  },
  {
    says: "what aud is where a private provider sets azp is not said",
    source: keys,
    set: under({ StringEquals: { [`${idp}:aud`]: sts } }, { azp: "client" }),
    expect: { outcome: "unclear", by: `${idp}:aud` },
  },
  {
    says: "Google's aud key is azp where that is set",
    source: keys,
    set: googleUnder({ StringEquals: { "accounts.google.com:aud": sts } }),
    expect: { outcome: "refused", by: "accounts.google.com:aud", got: "104567890123456789012" },
  },
  {
    says: "Google's oaud key is the token's audience",
    source: keys,
    set: googleUnder({ StringEquals: { "accounts.google.com:oaud": sts } }),
    expect: becomes,
  },
  {
    says: "Google's sub is the number of the account",
    source: keys,
    set: googleUnder({ StringEquals: { "accounts.google.com:sub": "104567890123456789012" } }),
    expect: becomes,
  },
  {
    says: "Google is built in and needs no provider in the account",
    source: "IAM user guide, Create an OpenID Connect (OIDC) identity provider in IAM",
    set: googleUnder({ StringEquals: { "accounts.google.com:email": "somebody@example.com" } }),
    expect: { outcome: "refused", by: "accounts.google.com:email", got: "deployer@acme-prod" },
  },
];

const tags = {
  "https://aws.amazon.com/tags": {
    principal_tags: { team: ["shop"] },
    transitive_tag_keys: ["team"],
  },
};
const both = ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"];

const sessions: readonly Row[] = [
  {
    says: "a token with session tags needs sts:TagSession in the trust policy",
    source: tagging,
    set: privately([trusting(idp)], { claims: tags }),
    expect: { outcome: "refused", by: "trust policy: statement 1: Action", got: "sts:TagSession" },
  },
  {
    says: "with sts:TagSession the tags are taken",
    source: tagging,
    set: privately([trusting(idp, undefined, { Action: both })], { claims: tags }),
    expect: becomes,
  },
  {
    says: "aws:RequestTag is the tag that the token carries",
    source: tagging,
    set: privately(
      [trusting(idp, { StringEquals: { "aws:RequestTag/Team": "pay" } }, { Action: both })],
      { claims: tags },
    ),
    expect: { outcome: "refused", by: "aws:RequestTag/Team", got: "shop" },
  },
  {
    says: "keys of tags are not case-sensitive",
    source:
      "IAM user guide, Tags for AWS Identity and Access Management resources, Case sensitivity",
    set: privately(
      [trusting(idp, { StringEquals: { "aws:RequestTag/team": "shop" } }, { Action: both })],
      { claims: { "https://aws.amazon.com/tags": { principal_tags: { Team: ["shop"] } } } },
    ),
    expect: becomes,
  },
  {
    says: "aws:TagKeys is every key that the token carries",
    source: tagging,
    set: privately(
      [
        trusting(
          idp,
          { "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] } },
          { Action: both },
        ),
      ],
      { claims: tags },
    ),
    expect: becomes,
  },
  {
    says: "sts:TransitiveTagKeys is the keys that chains keep",
    source: tagging,
    set: privately(
      [
        trusting(
          idp,
          { "ForAllValues:StringEquals": { "sts:TransitiveTagKeys": ["other"] } },
          { Action: both },
        ),
      ],
      { claims: tags },
    ),
    expect: { outcome: "refused", by: "sts:TransitiveTagKeys", got: "team" },
  },
  {
    says: "tags may be claims of their own",
    source: tagging,
    set: privately(
      [trusting(idp, { StringEquals: { "aws:RequestTag/team": "shop" } }, { Action: both })],
      { claims: { "https://aws.amazon.com/tags/principal_tags/team": ["shop"] } },
    ),
    expect: becomes,
  },
  {
    says: "a source identity needs sts:SetSourceIdentity",
    source: "IAM user guide, Monitor and control actions taken with assumed roles",
    set: privately([trusting(idp)], {
      claims: { "https://aws.amazon.com/source_identity": "alice" },
    }),
    expect: {
      outcome: "refused",
      by: "trust policy: statement 1: Action",
      got: "sts:SetSourceIdentity",
    },
  },
];

/** A cluster with its provider, and a role under a condition on the service account. */
function irsa(subject: string): (world: TestWorld) => Presentation {
  return (world) => {
    const host = eksCluster(world).issuer.replace("https://", "");
    provider(world, host);
    const condition = { StringEquals: { [`${host}:sub`]: subject, [`${host}:aud`]: sts } };
    role(world, "deploy", policy(trusting(host, condition)));
    return {
      to: "role/deploy",
      mint: {
        issuer: "eks/shop",
        audience: [sts],
        claims: { sub: "system:serviceaccount:shop:web" },
      },
    };
  };
}

/** A role that Pod Identity may take, and its association. */
function podIdentity(
  actions: readonly string[],
  more: JsonObject = {},
  condition?: JsonObject,
): (world: TestWorld) => Presentation {
  return (world) => {
    eksCluster(world);
    role(
      world,
      "deploy",
      policy({
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: [...actions],
        ...(condition === undefined ? {} : { Condition: condition }),
      }),
    );
    world.insert(
      "aws:eks/podIdentityAssociation:PodIdentityAssociation",
      account,
      "a-1",
      {
        associationArn: `arn:aws:eks:eu-central-1:${account}:podidentityassociation/shop/a-1`,
        clusterName: "shop",
        namespace: "shop",
        serviceAccount: "web",
        roleArn: `arn:aws:iam::${account}:role/deploy`,
        disableSessionTags: false,
        ...more,
      },
      "eu-central-1",
    );
    return {
      to: "podidentityassociation/shop/a-1",
      mint: {
        issuer: "eks/shop",
        audience: ["pods.eks.amazonaws.com"],
        claims: { sub: "system:serviceaccount:shop:web" },
      },
    };
  };
}

/** An association that goes on to the role `target`, which trusts the first one for some actions. */
function targeted(
  world: TestWorld,
  action: string | readonly string[],
  condition?: JsonObject,
  more: JsonObject = {},
): Presentation {
  const shown = podIdentity(["sts:AssumeRole", "sts:TagSession"], {
    targetRoleArn: `arn:aws:iam::${account}:role/target`,
    ...more,
  })(world);
  role(
    world,
    "target",
    policy({
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:role/deploy` },
      Action: action,
      ...(condition === undefined ? {} : { Condition: condition }),
    }),
  );
  return shown;
}

const target =
  "Amazon EKS user guide, Access AWS Resources using EKS Pod Identity Target IAM Roles";
const pods =
  "Amazon EKS user guide, Create IAM role with trust policy required by EKS Pod Identity";
const clusters: readonly Row[] = [
  {
    says: "a service account's token takes a role that trusts the cluster's issuer for it",
    source: "Amazon EKS user guide, Assign IAM roles to Kubernetes service accounts",
    set: irsa("system:serviceaccount:shop:web"),
    expect: becomes,
  },
  {
    says: "another namespace's service account is another subject",
    source: "Amazon EKS user guide, Assign IAM roles to Kubernetes service accounts",
    set: irsa("system:serviceaccount:pay:web"),
    expect: { outcome: "refused", by: ":sub", got: "system:serviceaccount:shop:web" },
  },
  {
    says: "Pod Identity assumes the role and tags the session",
    source: pods,
    set: podIdentity(["sts:AssumeRole", "sts:TagSession"]),
    expect: { ...becomes, as: "assumed-role/deploy/" },
  },
  {
    says: "Pod Identity needs sts:TagSession for its tags",
    source: pods,
    set: podIdentity(["sts:AssumeRole"]),
    expect: { outcome: "refused", by: "trust policy: statement 1: Action", got: "sts:TagSession" },
  },
  {
    says: "an association may turn the session tags off",
    source: "Amazon EKS user guide, Grant Pods access to AWS resources based on tags",
    set: podIdentity(["sts:AssumeRole"], { disableSessionTags: true }),
    expect: becomes,
  },
  {
    says: "the namespace is a session tag of Pod Identity",
    source: "Amazon EKS user guide, Grant Pods access to AWS resources based on tags",
    set: podIdentity(
      ["sts:AssumeRole", "sts:TagSession"],
      {},
      { StringEquals: { "aws:RequestTag/kubernetes-namespace": "pay" } },
    ),
    expect: { outcome: "refused", by: "aws:RequestTag/kubernetes-namespace", got: "shop" },
  },
  {
    says: "an association is for one service account",
    source: "Amazon EKS user guide, Learn how EKS Pod Identity grants pods access to AWS services",
    set: podIdentity(["sts:AssumeRole", "sts:TagSession"], { serviceAccount: "batch" }),
    expect: { outcome: "refused", by: "association: namespace and service account" },
  },
  {
    says: "an add-on brings an association for its own service account",
    source:
      "Amazon EKS user guide, Use Pod Identities to assign an IAM role to an Amazon EKS add-on",
    set: (world) => {
      const shown = podIdentity(["sts:AssumeRole", "sts:TagSession"])(world);
      world.insert(
        "aws:eks/addon:Addon",
        account,
        "shop:vpc-cni",
        {
          arn: `arn:aws:eks:eu-central-1:${account}:addon/shop/vpc-cni/1`,
          clusterName: "shop",
          addonName: "vpc-cni",
          podIdentityAssociations: [
            { serviceAccount: "aws-node", roleArn: `arn:aws:iam::${account}:role/deploy` },
          ],
        },
        "eu-central-1",
      );
      const claims = { sub: "system:serviceaccount:kube-system:aws-node" };
      return {
        to: "addon/shop/vpc-cni/1 aws-node",
        mint: { issuer: "eks/shop", ...shown.mint, claims },
      };
    },
    expect: becomes,
  },
  {
    says: "a target role is reached from the first role",
    source: target,
    set: (world) => targeted(world, ["sts:AssumeRole", "sts:TagSession"]),
    expect: { outcome: "becomes", by: "trust policy: statement 1", as: "assumed-role/target/" },
  },
  {
    says: "its trust policy must allow the session tags, which are transitive",
    source: target,
    set: (world) => targeted(world, "sts:AssumeRole"),
    expect: { outcome: "refused", by: "trust policy: statement 1: Action" },
  },
  {
    says: "without session tags AssumeRole is enough",
    source: target,
    set: (world) => targeted(world, "sts:AssumeRole", undefined, { disableSessionTags: true }),
    expect: { outcome: "becomes", by: "trust policy: statement 1", as: "assumed-role/target/" },
  },
  {
    says: "a trust policy may want the association's external id",
    source: "Amazon EKS API reference, PodIdentityAssociation, externalId",
    set: (world) => {
      const condition = { StringEquals: { "sts:ExternalId": "shop-1" } };
      return targeted(world, ["sts:AssumeRole", "sts:TagSession"], condition, {
        externalId: "shop-1",
      });
    },
    expect: { outcome: "becomes", by: "trust policy: statement 1", as: "assumed-role/target/" },
  },
  {
    says: "and is not fooled by another",
    source: "Amazon EKS API reference, PodIdentityAssociation, externalId",
    set: (world) => {
      const condition = { StringEquals: { "sts:ExternalId": "shop-1" } };
      return targeted(world, ["sts:AssumeRole", "sts:TagSession"], condition, {
        externalId: "shop-2",
      });
    },
    expect: { outcome: "refused", by: "trust policy: statement 1: StringEquals" },
  },
  {
    says: "a target role that does not trust the first one is not reached",
    source: "Amazon EKS user guide, Access AWS Resources using EKS Pod Identity Target IAM Roles",
    set: (world) => {
      const shown = podIdentity(["sts:AssumeRole", "sts:TagSession"], {
        targetRoleArn: `arn:aws:iam::${account}:role/target`,
      })(world);
      role(
        world,
        "target",
        policy({
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::210987654321:root" },
          Action: "sts:AssumeRole",
        }),
      );
      return shown;
    },
    expect: { outcome: "refused", by: "trust policy: statement 1: Principal" },
  },
  {
    says: "Pod Identity wants tokens for its own audience",
    source: "Amazon EKS user guide, Learn how EKS Pod Identity grants pods access to AWS services",
    set: (world) => {
      const shown = podIdentity(["sts:AssumeRole", "sts:TagSession"])(world);
      return {
        ...shown,
        mint: {
          issuer: "eks/shop",
          audience: [sts],
          claims: { sub: "system:serviceaccount:shop:web" },
        },
      };
    },
    expect: { outcome: "refused", by: "audience:", got: sts },
  },
];

/** A resource control policy on a target of the organization. */
function controlled(target: string): (world: TestWorld) => Presentation {
  return (world) => {
    const content = JSON.stringify(
      policy({
        Sid: "OnlyOurs",
        Effect: "Deny",
        Principal: "*",
        Action: "sts:AssumeRoleWithWebIdentity",
        Resource: "*",
        Condition: { StringNotLikeIfExists: { [sub]: "acme/*" } },
      }),
    );
    world.insert("aws:organizations/policy:Policy", "111111111111", "p-1", {
      name: "ours",
      type: "RESOURCE_CONTROL_POLICY",
      content,
    });
    world.insert(
      "aws:organizations/policyAttachment:PolicyAttachment",
      "111111111111",
      `${target}:p-1`,
      { policyId: "p-1", targetId: target },
    );
    return privately([trusting(idp)])(world);
  };
}

const rcp = "AWS Organizations user guide, Resource control policies (RCPs)";
const organizations: readonly Row[] = [
  {
    says: "a resource control policy on the account limits who may assume its roles",
    source: rcp,
    set: controlled(account),
    expect: { outcome: "refused", by: "resource control policy ours: explicit deny: OnlyOurs" },
  },
  {
    says: "one on another account does not",
    source: rcp,
    set: controlled("222222222222"),
    expect: becomes,
  },
  {
    says: "one on a unit reaches the accounts in it",
    source: rcp,
    set: (world) => {
      world.insert("aws:organizations/account:Account", "111111111111", account, {
        parentId: "ou-abcd-12345678",
      });
      return controlled("ou-abcd-12345678")(world);
    },
    expect: { outcome: "refused", by: "resource control policy ours: explicit deny: OnlyOurs" },
  },
  {
    says: "one on a unit does not reach accounts outside of it",
    source: rcp,
    set: (world) => {
      world.insert("aws:organizations/account:Account", "111111111111", account, {
        parentId: "ou-abcd-00000000",
      });
      world.insert(
        "aws:organizations/organizationalUnit:OrganizationalUnit",
        "111111111111",
        "ou-abcd-12345678",
        { parentId: "r-abcd" },
      );
      return controlled("ou-abcd-12345678")(world);
    },
    expect: becomes,
  },
  {
    says: "one on a unit whose accounts are not known leaves the answer open",
    source: rcp,
    set: controlled("ou-abcd-12345678"),
    expect: { outcome: "unclear", by: "resource control policy ours" },
  },
];

table(
  "AWS trust policies",
  [...statements, ...claims, ...sessions, ...clusters, ...organizations],
  50,
);
