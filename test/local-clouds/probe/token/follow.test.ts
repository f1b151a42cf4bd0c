/** What identities become next. */

import assert from "node:assert/strict";
import { stepsMax } from "../../../../local-clouds/probe/token/follow/follow.ts";
import type { MintRequest } from "../../../../local-clouds/probe/token/mint.ts";
import type { Verdict } from "../../../../local-clouds/probe/token/verdict.ts";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { account, eksCluster, github, policy, provider, role, sts, trusting } from "./aws-world.ts";
import {
  application,
  azure,
  credential,
  entra,
  exchange,
  identity,
  subscription,
  tenant,
  textOf,
} from "./azure-world.ts";
import {
  email,
  impersonated,
  project,
  account as serviceAccount,
  subject,
  usual,
} from "./gcp-world.ts";
import { TestWorld } from "./kit.ts";

const first = { issuer: "github", audience: [sts] };

/** Every way from the start, as the ends of ids. */
function waysOf(verdicts: readonly Verdict[], before = ""): string[] {
  return verdicts.flatMap((verdict) => {
    const here = `${before}${verdict.outcome === "becomes" ? "" : "? "}${verdict.id.split("/").at(-1)}`;
    return [here, ...waysOf(verdict.next ?? [], `${here} > `)];
  });
}

function arn(name: string): string {
  return `arn:aws:iam::${account}:role/${name}`;
}

/** A role that trusts others by sts:AssumeRole. */
function trustedBy(
  world: TestWorld,
  name: string,
  principal: JsonObject,
  condition?: JsonObject,
): void {
  role(
    world,
    name,
    policy({
      Effect: "Allow",
      Principal: principal,
      Action: "sts:AssumeRole",
      ...(condition === undefined ? {} : { Condition: condition }),
    }),
  );
}

/** A policy of a role. */
function allow(world: TestWorld, name: string, statement: JsonObject): void {
  world.lab.create("aws:iam/rolePolicy:RolePolicy", `${name}-more`, {
    name: "more",
    role: name,
    policy: JSON.stringify(policy({ Effect: "Allow", ...statement })),
  });
}

describe("chains from a token", () => {
  let world: TestWorld;
  beforeEach(() => {
    world = new TestWorld();
  });
  afterEach(() => world.lab.close());

  const start = () => {
    provider(world, github);
    role(world, "start", policy(trusting(github)));
  };
  const ways = (to = "role/start", mint: MintRequest = first) =>
    waysOf(world.probe({ to, mint }, true));

  it("go to roles that name the role itself", () => {
    start();
    trustedBy(world, "named", { AWS: arn("start") });
    trustedBy(world, "other", { AWS: arn("named") });
    assert.deepEqual(ways(), ["start", "start > named", "start > named > other"]);
  });

  it("go to roles that trust the account only with a policy that allows it", () => {
    start();
    trustedBy(world, "delegated", { AWS: `arn:aws:iam::${account}:root` });
    assert.deepEqual(ways(), ["start"]);
    allow(world, "start", { Action: "sts:AssumeRole", Resource: arn("delegated") });
    assert.deepEqual(ways(), ["start", "start > delegated"]);
  });

  it("leave open what a policy of AWS's own says that is not in the world", () => {
    start();
    trustedBy(world, "delegated", { AWS: account });
    const attach = (name: string) =>
      world.insert("aws:iam/rolePolicyAttachment:RolePolicyAttachment", account, name, {
        role: "start",
        policyArn: `arn:aws:iam::aws:policy/${name}`,
      });
    attach("JobFunctionOfTomorrow");
    assert.deepEqual(ways(), ["start", "start > ? delegated"]);
    attach("AdministratorAccess");
    assert.deepEqual(ways(), ["start", "start > delegated"]);
  });

  it("stop at a deny of the role's own policies, and at its boundary", () => {
    start();
    trustedBy(world, "named", { AWS: arn("start") });
    world.lab.create("aws:iam/rolePolicy:RolePolicy", "never", {
      name: "never",
      role: "start",
      policy: JSON.stringify(policy({ Effect: "Deny", Action: "sts:*", Resource: "*" })),
    });
    assert.deepEqual(ways(), ["start"]);
    const boundary = world.lab.create("aws:iam/policy:Policy", "boundary", {
      name: "boundary",
      policy: JSON.stringify(policy({ Effect: "Allow", Action: "s3:*", Resource: "*" })),
    });
    role(world, "bounded", policy(trusting(github)), { permissionsBoundary: boundary.id });
    trustedBy(world, "after", { AWS: arn("bounded") });
    assert.deepEqual(ways("role/bounded"), ["bounded"]);
  });

  it("do not go where MFA or an external id is wanted", () => {
    start();
    trustedBy(
      world,
      "mfa",
      { AWS: arn("start") },
      { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    );
    trustedBy(world, "vendor", { AWS: arn("start") }, { StringEquals: { "sts:ExternalId": "x" } });
    assert.deepEqual(ways(), ["start"]);
  });

  it("leave open whether a session is the one that a role names", () => {
    start();
    trustedBy(world, "named", { AWS: `arn:aws:sts::${account}:assumed-role/start/deploy` });
    assert.deepEqual(ways(), ["start", "start > ? named"]);
  });

  /** A control policy of the account that denies an action. */
  function controlled(type: string, statement: JsonObject): void {
    const id = `p-${type.slice(0, 3).toLowerCase()}`;
    const content = JSON.stringify(policy({ Effect: "Deny", Resource: "*", ...statement }));
    const manager = "111111111111";
    world.insert("aws:organizations/policy:Policy", manager, id, { name: id, type, content });
    world.insert("aws:organizations/policyAttachment:PolicyAttachment", manager, `${id}-a`, {
      policyId: id,
      targetId: account,
    });
  }

  it("stop at a service control policy of the caller's account", () => {
    start();
    trustedBy(world, "named", { AWS: arn("start") });
    assert.deepEqual(ways(), ["start", "start > named"]);
    controlled("SERVICE_CONTROL_POLICY", { Action: "sts:AssumeRole" });
    assert.deepEqual(ways(), ["start"], "the first step is no action of the account's principals");
  });

  it("stop at a resource control policy of the role's account", () => {
    start();
    trustedBy(world, "named", { AWS: arn("start") });
    controlled("RESOURCE_CONTROL_POLICY", { Action: "sts:AssumeRole", Principal: "*" });
    assert.deepEqual(ways(), ["start"]);
  });

  const aws = "https://aws.amazon.com/";
  const tagged = (transitive: readonly string[]): MintRequest => ({
    ...first,
    claims: {
      [`${aws}tags`]: {
        principal_tags: { team: ["shop"], cost: ["7"] },
        transitive_tag_keys: [...transitive],
      },
    },
  });
  const startTagged = (...more: readonly string[]) => {
    provider(world, github);
    const actions = ["sts:AssumeRoleWithWebIdentity", "sts:TagSession", ...more];
    role(world, "start", policy({ ...trusting(github), Action: actions }));
  };
  const team = { StringEquals: { "aws:PrincipalTag/team": "shop" } };

  it("carry the session's tags as those of the principal", () => {
    startTagged();
    trustedBy(world, "named", { AWS: arn("start") }, team);
    assert.deepEqual(ways("role/start", tagged([])), ["start", "start > named"]);
  });

  it("hand transitive tags on, and want leave to tag for them", () => {
    startTagged();
    trustedBy(world, "named", { AWS: arn("start") });
    assert.deepEqual(ways("role/start", tagged(["team"])), ["start"]);
    const both = { Effect: "Allow", Action: ["sts:AssumeRole", "sts:TagSession"] };
    role(world, "tags", policy({ ...both, Principal: { AWS: arn("start") } }));
    role(world, "more", policy({ ...both, Principal: { AWS: arn("tags") }, Condition: team }));
    assert.deepEqual(ways("role/start", tagged(["team"])), [
      "start",
      "start > tags",
      "start > tags > more",
    ]);
  });

  it("leave other tags behind after the first step", () => {
    startTagged();
    trustedBy(world, "named", { AWS: arn("start") });
    trustedBy(world, "more", { AWS: arn("named") }, team);
    assert.deepEqual(ways("role/start", tagged([])), ["start", "start > named"]);
  });

  it("keep the source identity, and want leave to set it", () => {
    startTagged("sts:SetSourceIdentity");
    const mint = { ...first, claims: { [`${aws}source_identity`]: "ada" } };
    trustedBy(world, "shut", { AWS: arn("start") });
    assert.deepEqual(ways("role/start", mint), ["start"]);
    const both = { Effect: "Allow", Action: ["sts:AssumeRole", "sts:SetSourceIdentity"] };
    const ada = { StringEquals: { "aws:SourceIdentity": "ada" } };
    role(world, "open", policy({ ...both, Principal: { AWS: arn("start") }, Condition: ada }));
    assert.deepEqual(ways("role/start", mint), ["start", "start > open"]);
  });

  it("end in circles, and tell when there are more steps than are followed", () => {
    provider(world, github);
    const back = { Effect: "Allow", Principal: { AWS: arn("back") }, Action: "sts:AssumeRole" };
    role(world, "start", policy(trusting(github), back));
    trustedBy(world, "back", { AWS: arn("start") });
    trustedBy(world, "s1", { AWS: arn("start") });
    for (let i = 2; i <= stepsMax + 2; i++) trustedBy(world, `s${i}`, { AWS: arn(`s${i - 1}`) });
    const all = ways();
    assert.equal(all.filter((way) => way.endsWith("> start")).length, 0);
    const last = all.at(-1) ?? "";
    assert.match(last, new RegExp(`s${stepsMax} > \\? s${stepsMax}$`));
  });

  it("go from a role to clusters that have an entry for it", () => {
    start();
    eksCluster(world);
    world.insert(
      "aws:eks/accessEntry:AccessEntry",
      account,
      "entry",
      {
        clusterName: "shop",
        principalArn: arn("start"),
        kubernetesGroups: ["deployers"],
        userName: "ci",
      },
      "eu-central-1",
    );
    world.insert(
      "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
      account,
      "association",
      {
        clusterName: "shop",
        principalArn: arn("start"),
        policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy",
        accessScope: { type: "namespace", namespaces: ["shop"] },
      },
      "eu-central-1",
    );
    const [verdict] = world.probe({ to: "role/start", mint: first }, true);
    const [next] = verdict?.next ?? [];
    assert.equal(next?.id, "eks/shop");
    assert.equal(next?.as, "ci");
    assert.deepEqual(next?.holds, ["access policy AmazonEKSEditPolicy in shop"]);
  });

  it("go from a role to clusters whose aws-auth map has a line for it", () => {
    start();
    eksCluster(world, "CONFIG_MAP");
    const server = "https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com";
    const mapRoles = `- rolearn: ${arn("start")}\n  username: ci\n  groups: [system:masters]\n`;
    world.insert("kubernetes:core/v1:ConfigMap", server, "kube-system/aws-auth", {
      metadata: { name: "aws-auth", namespace: "kube-system" },
      data: { mapRoles },
    });
    const [verdict] = world.probe({ to: "role/start", mint: first }, true);
    const [next] = verdict?.next ?? [];
    assert.equal(next?.reason.stage, "aws-auth ConfigMap");
    assert.deepEqual(next?.holds, ["* *.* everywhere (group system:masters)"]);
  });

  it("go from AWS to Azure by the account's own issuer, where the role may ask for such tokens", () => {
    start();
    const issuer = "https://0a1b2c3d-1111-2222-3333-444455556666.tokens.sts.global.api.aws";
    world.insert(
      "aws:iam/outboundWebIdentityFederation:OutboundWebIdentityFederation",
      account,
      "1",
      { issuerIdentifier: issuer },
    );
    identity(world, { issuer, subject: arn("start") });
    assert.deepEqual(ways(), ["start"]);
    allow(world, "start", {
      Action: "sts:GetWebIdentityToken",
      Resource: "*",
      Condition: { "ForAllValues:StringEquals": { "sts:IdentityTokenAudience": [exchange] } },
    });
    assert.deepEqual(ways(), ["start", "start > deployer"]);
  });

  it("go from a managed identity to an application that trusts it, and to a cluster by its roles", () => {
    const made = identity(world);
    const { application: target } = application(world);
    credential(world, target, {
      issuer: `https://login.microsoftonline.com/${tenant}/v2.0`,
      subject: textOf(made, "principalId"),
    });
    const cluster = `/subscriptions/${subscription}/resourceGroups/shop/providers/Microsoft.ContainerService/managedClusters/shop`;
    world.insert("azure-native:containerservice:ManagedCluster", subscription, cluster, {
      name: "shop",
      aadProfile: { managed: true, enableAzureRBAC: true },
    });
    azure(world).create("azure-native:authorization:RoleAssignment", "grant", {
      principalId: textOf(made, "principalId"),
      principalType: "ServicePrincipal",
      roleDefinitionId: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b`,
      scope: `/subscriptions/${subscription}/resourceGroups/shop`,
    });
    const [verdict] = world.probe(
      { to: "userAssignedIdentities/deployer", mint: { issuer: "github", audience: [exchange] } },
      true,
    );
    const next = verdict?.next ?? [];
    assert.deepEqual(
      next.map(({ kind, id }) => [kind, id]),
      [
        ["cluster", "aks/shop"],
        ["application", target.id],
      ],
    );
    assert.match(next[0]?.holds.join() ?? "", /RBAC Cluster Admin everywhere/);
  });

  it("go from an application to a cluster whose administrators it belongs to", () => {
    const { application: made, principal } = application(world);
    credential(world, made);
    const group = entra(world).create("azuread:index/group:Group", "admins", {
      displayName: "admins",
      securityEnabled: true,
      members: [textOf(principal, "objectId")],
    });
    const others = entra(world).create("azuread:index/group:Group", "others", {
      displayName: "others",
      securityEnabled: true,
      members: [textOf(principal, "objectId")],
    });
    assert.notEqual(others.id, group.id);
    for (const [name, admins] of [
      ["shop", textOf(group, "objectId")],
      ["pay", "nobody"],
    ] as const) {
      world.insert(
        "azure-native:containerservice:ManagedCluster",
        subscription,
        `/clusters/${name}`,
        {
          name,
          aadProfile: { managed: true, adminGroupObjectIDs: [admins] },
        },
      );
    }
    const mint = { issuer: "github", audience: [exchange] };
    const [verdict] = world.probe({ to: made.id, mint }, true);
    assert.deepEqual(
      verdict?.next?.map(({ id, holds }) => [id, holds]),
      [["aks/shop", ["* *.* everywhere (group system:masters)"]]],
    );
  });

  it("go from a service account to a cluster by its roles in the project", () => {
    impersonated(subject)(world);
    world.insert("gcp:container/cluster:Cluster", project, "cluster", {
      name: "shop",
      selfLink: "https://container.googleapis.com/v1/shop",
    });
    assert.deepEqual(ways(email, usual), [email]);
    world.insert("gcp:projects/iAMMember:IAMMember", project, "developer", {
      project,
      role: "roles/container.developer",
      member: `serviceAccount:${email}`,
    });
    assert.deepEqual(ways(email, usual), [email, `${email} > shop`]);
  });

  it("go from service account to service account, and on to AWS by Google's tokens", () => {
    impersonated(subject)(world);
    const second = serviceAccount(world, "second");
    world.insert("gcp:serviceaccount/iAMMember:IAMMember", project, "chain", {
      serviceAccountId: second.id,
      role: "roles/iam.serviceAccountTokenCreator",
      member: `serviceAccount:${email}`,
    });
    provider(world, "unused.example.com");
    role(
      world,
      "google",
      policy(
        trusting(
          "",
          {
            StringEquals: { "accounts.google.com:sub": textOf(second, "uniqueId") },
          },
          { Principal: { Federated: "accounts.google.com" } },
        ),
      ),
    );
    assert.deepEqual(ways(email, usual), [
      email,
      `${email} > second@${project}.iam.gserviceaccount.com`,
      `${email} > second@${project}.iam.gserviceaccount.com > google`,
    ]);
  });
});
