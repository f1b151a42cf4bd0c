/** What principals of pools, clusters and service accounts are granted. */

import {
  account,
  audience,
  email,
  federated,
  gcp,
  grantOn,
  idp,
  impersonated,
  number,
  pool,
  project,
  subject,
  usual,
} from "./gcp-world.ts";
import { type Presentation, type Row, type TestWorld, table } from "./kit.ts";

const identifiers = "IAM, Principal identifiers";
const impersonation = "IAM, Service account impersonation";
const roles = "IAM, Service account roles";
const conditions = "IAM, Overview of IAM Conditions";
const denying = "IAM, Deny policies";
const gke = "GKE, About Workload Identity Federation for GKE";
const becomes = { outcome: "becomes", by: `impersonation: ${email}` } as const;
const refused = { outcome: "refused", by: `impersonation: ${email}` } as const;
const set = `principalSet://iam.googleapis.com/${pool}`;
const attributes = {
  attributeMapping: {
    "google.subject": "assertion.sub",
    "google.groups": "assertion.groups",
    "attribute.repository": "assertion.repository",
  },
};
const claims = { groups: ["dev"], repository: "acme/shop" };

const members: readonly Row[] = [
  {
    says: "a grant to the subject lets it act as the service account",
    source: identifiers,
    set: impersonated(subject),
    expect: becomes,
  },
  {
    says: "a grant to another subject does not",
    source: identifiers,
    set: impersonated(`${subject}2`),
    expect: { ...refused, got: subject },
  },
  {
    says: "a grant to the pool lets every identity in it",
    source: identifiers,
    set: impersonated(`${set}/*`),
    expect: becomes,
  },
  {
    says: "a grant to a group lets its members",
    source: identifiers,
    set: impersonated(`${set}/group/dev`, {}, attributes, claims),
    expect: becomes,
  },
  {
    says: "another group is another principal",
    source: identifiers,
    set: impersonated(`${set}/group/ops`, {}, attributes, claims),
    expect: refused,
  },
  {
    says: "a grant to an attribute lets those that have it",
    source: identifiers,
    set: impersonated(`${set}/attribute.repository/acme/shop`, {}, attributes, claims),
    expect: becomes,
  },
  {
    says: "values of attributes are compared exactly",
    source: identifiers,
    set: impersonated(`${set}/attribute.repository/acme`, {}, attributes, claims),
    expect: refused,
  },
  {
    says: "two attributes in one principal set match nobody",
    source: identifiers,
    set: impersonated(
      `${set}/attribute.repository/acme/shop/attribute.ref/main`,
      {},
      attributes,
      claims,
    ),
    expect: refused,
  },
  {
    says: "an attribute that is not mapped matches nobody",
    source: identifiers,
    set: impersonated(`${set}/attribute.repository/acme/shop`, {}, {}, claims),
    expect: refused,
  },
  {
    says: "the project's id in place of its number matches nobody",
    source: identifiers,
    set: impersonated(subject.replace(number, project)),
    expect: refused,
  },
  {
    says: "another pool's subject of the same name is another principal",
    source: identifiers,
    set: impersonated(subject.replace("ci-pool", "other-pool")),
    expect: refused,
  },
  {
    says: "principal and principalSet are different words",
    source: identifiers,
    set: impersonated(subject.replace("principal:", "principalSet:")),
    expect: refused,
  },
  {
    says: "a grant to everybody is one to this principal, too",
    source: identifiers,
    set: impersonated("allUsers"),
    expect: becomes,
  },
];

const rolesRows: readonly Row[] = [
  {
    says: "the token creator makes access tokens",
    source: roles,
    set: impersonated(subject, { role: "roles/iam.serviceAccountTokenCreator" }),
    expect: becomes,
  },
  {
    says: "the service account user may attach the account, not make tokens of it",
    source: roles,
    set: impersonated(subject, { role: "roles/iam.serviceAccountUser" }),
    expect: { ...refused, got: "roles/iam.serviceAccountUser" },
  },
  {
    says: "the OpenID token creator makes ID tokens only",
    source: roles,
    set: impersonated(subject, { role: "roles/iam.serviceAccountOpenIdTokenCreator" }),
    expect: refused,
  },
  {
    says: "the owner's role has no permission to make access tokens",
    source: roles,
    set: impersonated(subject, { role: "roles/owner" }),
    expect: refused,
  },
  {
    says: "a custom role with the permission makes access tokens",
    source: "IAM, IAM custom roles",
    set: (world) => {
      world.insert(
        "gcp:projects/iAMCustomRole:IAMCustomRole",
        project,
        `projects/${project}/roles/minter`,
        {
          name: `projects/${project}/roles/minter`,
          permissions: ["iam.serviceAccounts.getAccessToken"],
        },
      );
      return impersonated(subject, { role: `projects/${project}/roles/minter` })(world);
    },
    expect: becomes,
  },
];

function onProject(project_: string): (world: TestWorld) => Presentation {
  return (world) => {
    federated()(world);
    account(world);
    world.insert("gcp:projects/iAMMember:IAMMember", project_, "grant", {
      project: project_,
      role: "roles/iam.workloadIdentityUser",
      member: subject,
    });
    return { to: email, mint: usual };
  };
}

const places: readonly Row[] = [
  {
    says: "a grant on the project reaches its service accounts",
    source: "IAM, Allow policies, Policy inheritance",
    set: onProject(project),
    expect: becomes,
  },
  {
    says: "a grant on another project does not",
    source: "IAM, Allow policies, Policy inheritance",
    set: onProject("other-project"),
    expect: refused,
  },
  {
    says: "a grant on another service account does not",
    source: impersonation,
    set: (world) => {
      federated()(world);
      account(world);
      grantOn(world, account(world, "another"), subject);
      return { to: email, mint: usual };
    },
    expect: { ...refused, got: "granted are nobody" },
  },
  {
    says: "a grant on a folder reaches the projects in it",
    source: "IAM, Allow policies, Policy inheritance",
    set: (world) => {
      federated()(world);
      account(world);
      world.insert("gcp:organizations/project:Project", project, `projects/${project}`, {
        projectId: project,
        folderId: "folders/42",
      });
      world.insert("gcp:folder/iAMMember:IAMMember", "", "grant", {
        folder: "folders/42",
        role: "roles/iam.workloadIdentityUser",
        member: subject,
      });
      return { to: email, mint: usual };
    },
    expect: becomes,
  },
  {
    says: "whether a project lies in a folder that the world does not tell is not guessed",
    source: "IAM, Allow policies, Policy inheritance",
    set: (world) => {
      federated()(world);
      account(world);
      world.insert("gcp:folder/iAMMember:IAMMember", "", "grant", {
        folder: "folders/42",
        role: "roles/iam.workloadIdentityUser",
        member: subject,
      });
      return { to: email, mint: usual };
    },
    expect: { outcome: "unclear", by: "impersonation" },
  },
  {
    says: "a binding grants its role to a list of members",
    source: "IAM, Allow policies",
    set: (world) => {
      federated()(world);
      const made = account(world);
      world.insert("gcp:serviceaccount/iAMBinding:IAMBinding", project, "binding", {
        serviceAccountId: made.id,
        role: "roles/iam.workloadIdentityUser",
        members: ["user:a@example.com", subject],
      });
      return { to: email, mint: usual };
    },
    expect: becomes,
  },
  {
    says: "a policy grants by its bindings",
    source: "IAM, Allow policies",
    set: (world) => {
      federated()(world);
      const made = account(world);
      const policyData = JSON.stringify({
        bindings: [{ role: "roles/iam.workloadIdentityUser", members: [subject] }],
      });
      world.insert("gcp:serviceaccount/iAMPolicy:IAMPolicy", project, "policy", {
        serviceAccountId: made.id,
        policyData,
      });
      return { to: email, mint: usual };
    },
    expect: becomes,
  },
];

function conditional(expression: string): (world: TestWorld) => Presentation {
  return impersonated(subject, { condition: { title: "c", expression } });
}

const limits: readonly Row[] = [
  {
    says: "a condition on the time holds before it",
    source: conditions,
    set: conditional("request.time < timestamp('2027-01-01T00:00:00Z')"),
    expect: becomes,
  },
  {
    says: "a condition on the time does not hold after it",
    source: conditions,
    set: conditional("request.time < timestamp('2025-01-01T00:00:00Z')"),
    expect: { ...refused, got: "request.time" },
  },
  {
    says: "a condition on what a token does not tell is not guessed",
    source: conditions,
    set: conditional("resource.name.startsWith('projects/')"),
    expect: { outcome: "unclear", by: "impersonation" },
  },
  {
    says: "a disabled service account makes no tokens",
    source: "IAM, Disable and enable service accounts",
    set: (world) => {
      federated()(world);
      const made = account(world);
      grantOn(world, made, subject);
      world.lab.drift(made, "disabled", true);
      return { to: email, mint: usual };
    },
    expect: { outcome: "refused", by: `service account: ${email}`, got: "disabled" },
  },
  {
    says: "a deny rule wins over a grant",
    source: denying,
    set: denied([subject]),
    expect: { outcome: "refused", by: "deny policy: no-tokens" },
  },
  {
    says: "a deny rule for all principals denies this one",
    source: denying,
    set: denied(["principalSet://goog/public:all"]),
    expect: { outcome: "refused", by: "deny policy: no-tokens" },
  },
  {
    says: "an excepted principal is not denied",
    source: denying,
    set: denied(["principalSet://goog/public:all"], [subject]),
    expect: becomes,
  },
  {
    says: "a deny rule for other principals does not matter",
    source: denying,
    set: denied([`${subject}2`]),
    expect: becomes,
  },
  {
    says: "a deny rule for other permissions does not matter",
    source: denying,
    set: denied([subject], [], "iam.googleapis.com/roles.create"),
    expect: becomes,
  },
  {
    says: "of two principals one that may act leaves the answer open, not the one that may not",
    source: conditions,
    set: (world) => {
      federated()(world);
      gcp(world).create(
        "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
        "second",
        {
          workloadIdentityPoolId: "ci-pool",
          workloadIdentityPoolProviderId: "second",
          attributeMapping: { "google.subject": "'second-' + assertion.sub" },
          oidc: { issuerUri: idp, allowedAudiences: [audience] },
        },
      );
      grantOn(world, account(world), subject.replace("/subject/", "/subject/second-"), {
        condition: { title: "c", expression: "resource.name.startsWith('projects/')" },
      });
      return { to: email, mint: usual };
    },
    expect: { outcome: "unclear", by: "impersonation" },
  },
  {
    says: "a token that no provider takes acts as nobody",
    source: "IAM, Workload Identity Federation",
    set: (world) => {
      const shown = impersonated(subject)(world);
      return { ...shown, mint: { ...usual, audience: ["other"] } };
    },
    expect: {
      outcome: "refused",
      by: `token exchange: ${email}`,
      got: "no provider that takes the token",
    },
  },
];

function denied(
  principals: readonly string[],
  exceptions: readonly string[] = [],
  permission = "iam.googleapis.com/serviceAccounts.getAccessToken",
): (world: TestWorld) => Presentation {
  return (world) => {
    world.insert("gcp:iam/denyPolicy:DenyPolicy", project, "deny", {
      name: "no-tokens",
      parent: encodeURIComponent(`cloudresourcemanager.googleapis.com/projects/${project}`),
      rules: [
        {
          denyRule: {
            deniedPrincipals: [...principals],
            exceptionPrincipals: [...exceptions],
            deniedPermissions: [permission],
          },
        },
      ],
    });
    return impersonated(subject)(world);
  };
}

const holdings: readonly Row[] = [
  {
    says: "a pool's principal may be granted roles on resources directly",
    source: "IAM, Workload Identity Federation, Direct resource access",
    set: (world) => {
      const shown = federated()(world);
      gcp(world).create("gcp:projects/iAMMember:IAMMember", "viewer", {
        project,
        role: "roles/viewer",
        member: subject,
      });
      return shown;
    },
    expect: {
      outcome: "becomes",
      by: "token exchange",
      holds: `roles/viewer on projects ${project}`,
    },
  },
  {
    says: "a service account holds what it is granted",
    source: impersonation,
    set: (world) => {
      const shown = impersonated(subject)(world);
      gcp(world).create("gcp:projects/iAMMember:IAMMember", "editor", {
        project,
        role: "roles/editor",
        member: `serviceAccount:${email}`,
      });
      return shown;
    },
    expect: { ...becomes, holds: `roles/editor on projects ${project}` },
  },
];

/** A GKE cluster, and a token of one of its service accounts. */
function fleet(
  member: string,
  more: Record<string, string | undefined> = {},
): (world: TestWorld) => Presentation {
  return (world) => {
    const selfLink = `https://container.googleapis.com/v1/projects/${project}/locations/europe-west4/clusters/shop`;
    world.insert(
      "gcp:container/cluster:Cluster",
      project,
      `projects/${project}/locations/europe-west4/clusters/shop`,
      {
        name: "shop",
        selfLink,
        endpoint: "198.51.100.10",
        ...(more["pool"] === "none"
          ? {}
          : { workloadIdentityConfig: { workloadPool: `${project}.svc.id.goog` } }),
      },
    );
    grantOn(world, account(world), member);
    return {
      to: more["to"] ?? email,
      mint: {
        issuer: "gke/shop",
        audience: [more["audience"] ?? `${project}.svc.id.goog`],
        claims: { sub: "system:serviceaccount:shop:web" },
      },
    };
  };
}

const own = `//iam.googleapis.com/projects/${number}/locations/global/workloadIdentityPools/${project}.svc.id.goog`;
const clusters: readonly Row[] = [
  {
    says: "a service account of the cluster is named by pool, namespace and name",
    source: gke,
    set: fleet(`serviceAccount:${project}.svc.id.goog[shop/web]`),
    expect: becomes,
  },
  {
    says: "another namespace is another name",
    source: gke,
    set: fleet(`serviceAccount:${project}.svc.id.goog[pay/web]`),
    expect: refused,
  },
  {
    says: "the newer name of the same account counts as well",
    source: gke,
    set: fleet(`principal:${own}/subject/ns/shop/sa/web`),
    expect: becomes,
  },
  {
    says: "a whole namespace may be granted a role",
    source: gke,
    set: fleet(`principalSet:${own}/namespace/shop`),
    expect: becomes,
  },
  {
    says: "a whole cluster may be granted a role",
    source: gke,
    set: fleet(
      `principalSet:${own}/kubernetes.cluster/https://container.googleapis.com/v1/projects/${project}/locations/europe-west4/clusters/shop`,
    ),
    expect: becomes,
  },
  {
    says: "a cluster without workload pool federates nobody",
    source: gke,
    set: fleet(`serviceAccount:${project}.svc.id.goog[shop/web]`, {
      pool: "none",
      to: `${project}.svc.id.goog`,
    }),
    expect: { outcome: "refused", by: "cluster: gke/shop workloadIdentityConfig" },
  },
  {
    says: "the pool wants tokens for its own audience",
    source: gke,
    set: fleet(`serviceAccount:${project}.svc.id.goog[shop/web]`, {
      audience: "sts.amazonaws.com",
      to: `${project}.svc.id.goog`,
    }),
    expect: { outcome: "refused", by: "audience: aud", got: "sts.amazonaws.com" },
  },
];

table(
  "grants of Google Cloud",
  [...members, ...rolesRows, ...places, ...limits, ...holdings, ...clusters],
  40,
);
