/** Decisions of Google Cloud: IAM, "Policy evaluation", "Deny policies", "IAM basic and predefined roles reference". */

import type { ValueObject } from "../../../local-clouds/protocol/value.ts";
import { account, email, gcp, project } from "../probe/token/gcp-world.ts";
import type { TestWorld } from "../probe/token/kit.ts";
import { type Row, table, type Wish } from "./kit.ts";

const evaluation = "IAM, Policy evaluation";
const reference = "IAM, IAM basic and predefined roles reference";
const eve = "user:eve@example.com";

function onProject(world: TestWorld, role: string, more: ValueObject = {}): void {
  gcp(world).create("gcp:projects/iAMMember:IAMMember", `on-project-${role}`, {
    project,
    role,
    member: eve,
    ...more,
  });
}
function bucket(world: TestWorld, role?: string): void {
  gcp(world).create("gcp:storage/bucket:Bucket", "data", { name: "data", location: "EU" });
  if (role === undefined) return;
  gcp(world).create("gcp:storage/bucketIAMMember:BucketIAMMember", "on-bucket", {
    bucket: "data",
    role,
    member: eve,
  });
}
const read: Wish = { as: eve, action: "storage.objects.get", resource: "gs://data/a.txt" };
const setPolicy: Wish = {
  as: eve,
  action: "resourcemanager.projects.setIamPolicy",
  resource: `projects/${project}`,
  with: { role: "roles/owner", member: eve },
};
const makeKey: Wish = { as: eve, action: "iam.serviceAccountKeys.create", resource: email };

/** A row about a role on the project. */
function under(
  says: string,
  role: string,
  wish: Wish,
  outcome: Row["outcome"],
  by: string,
  makes?: string,
): Row {
  return {
    says,
    source: reference,
    set: (world) => {
      account(world);
      bucket(world);
      onProject(world, role);
      return wish;
    },
    outcome,
    by,
    ...(makes === undefined ? {} : { makes }),
  };
}

const rows: readonly Row[] = [
  {
    says: "without a grant a request is denied",
    source: evaluation,
    set: (world) => {
      bucket(world);
      return read;
    },
    outcome: "denied",
    by: "with no role",
  },
  {
    says: "a grant on the bucket counts for its objects",
    source: evaluation,
    set: (world) => {
      bucket(world, "roles/storage.objectViewer");
      return read;
    },
    outcome: "allowed",
    by: "roles/storage.objectViewer on storage b/data",
  },
  under(
    "a grant on the project is inherited by the bucket",
    "roles/storage.objectViewer",
    read,
    "allowed",
    "on projects acme-prod",
  ),
  under(
    "a role without the permission does not count",
    "roles/storage.objectCreator",
    read,
    "denied",
    "roles/storage.objectCreator",
  ),
  under(
    "projectIamAdmin changes the project's policy",
    "roles/resourcemanager.projectIamAdmin",
    setPolicy,
    "allowed",
    "projectIamAdmin",
    "gcp:projects/iAMMember:IAMMember",
  ),
  under("editor changes no policies", "roles/editor", setPolicy, "denied", "roles/editor"),
  under(
    "editor makes keys of service accounts",
    "roles/editor",
    makeKey,
    "allowed",
    "roles/editor",
    "gcp:serviceaccount/key:Key",
  ),
  under(
    "editor reads no secrets",
    "roles/editor",
    {
      as: eve,
      action: "secretmanager.versions.access",
      resource: `projects/${project}/secrets/s/versions/1`,
    },
    "denied",
    "roles/editor",
  ),
  under(
    "owner makes no access tokens of service accounts",
    "roles/owner",
    { as: eve, action: "iam.serviceAccounts.getAccessToken", resource: email },
    "denied",
    "roles/owner",
  ),
  under(
    "tokenCreator makes access tokens",
    "roles/iam.serviceAccountTokenCreator",
    { as: eve, action: "iam.serviceAccounts.getAccessToken", resource: email },
    "allowed",
    "serviceAccountTokenCreator",
  ),
  under(
    "whether basic roles read objects, the bucket's own policy says",
    "roles/editor",
    read,
    "cannot tell",
    "roles/editor",
  ),
  under(
    "what a role that is not known contains cannot be told",
    "roles/dataflow.worker",
    read,
    "cannot tell",
    "roles/dataflow.worker",
  ),
  {
    says: "a custom role contains what it lists",
    source: "IAM, Creating and managing custom roles",
    set: (world) => {
      bucket(world);
      gcp(world).create("gcp:projects/iAMCustomRole:IAMCustomRole", "reader", {
        roleId: "reader",
        title: "reader",
        permissions: ["storage.objects.get"],
      });
      onProject(world, `projects/${project}/roles/reader`);
      return read;
    },
    outcome: "allowed",
    by: "roles/reader",
  },
  {
    says: "a grant whose time is over does not count",
    source: "IAM, Overview of IAM Conditions",
    set: (world) => {
      bucket(world);
      onProject(world, "roles/storage.objectViewer", {
        condition: {
          title: "until",
          expression: 'request.time < timestamp("2025-01-01T00:00:00Z")',
        },
      });
      return read;
    },
    outcome: "denied",
    by: "roles/storage.objectViewer",
  },
  {
    says: "a condition on the resource's name holds for its objects only",
    source: "IAM, Attribute reference for IAM Conditions",
    set: (world) => {
      bucket(world);
      onProject(world, "roles/storage.objectViewer", {
        condition: {
          title: "some",
          expression: 'resource.name.startsWith("projects/_/buckets/data/objects/public")',
        },
      });
      return read;
    },
    outcome: "denied",
    by: "roles/storage.objectViewer",
  },
  {
    says: "a deny policy comes before every grant",
    source: "IAM, Deny policies",
    set: (world) => {
      bucket(world, "roles/storage.objectViewer");
      world.insert("gcp:iam/denyPolicy:DenyPolicy", project, "no-reads", {
        parent: encodeURIComponent(`cloudresourcemanager.googleapis.com/projects/${project}`),
        name: "no-reads",
        rules: [
          {
            denyRule: {
              deniedPrincipals: ["principalSet://goog/public:all"],
              deniedPermissions: ["storage.googleapis.com/objects.get"],
            },
          },
        ],
      });
      return { ...read };
    },
    outcome: "denied",
    by: "deny policy",
  },
  {
    says: "a disabled service account does nothing",
    source: "IAM, Disable and enable service accounts",
    set: (world) => {
      bucket(world);
      const made = account(world);
      onProject(world, "roles/storage.objectViewer", { member: `serviceAccount:${email}` });
      world.lab.drift(made, "disabled", true);
      return { ...read, as: email };
    },
    outcome: "denied",
    by: "disabled",
  },
  {
    says: "compute.securityAdmin makes firewall rules",
    source: reference,
    set: (world) => {
      gcp(world).create("gcp:compute/network:Network", "net", {
        name: "net",
        autoCreateSubnetworks: false,
      });
      onProject(world, "roles/compute.securityAdmin");
      const rule = {
        name: "block",
        network: "net",
        direction: "INGRESS",
        denies: [{ protocol: "all" }],
        sourceRanges: ["203.0.113.7/32"],
      };
      return {
        as: eve,
        action: "compute.firewalls.create",
        resource: `projects/${project}`,
        with: rule,
      };
    },
    outcome: "allowed",
    by: "compute.securityAdmin",
    makes: "gcp:compute/firewall:Firewall",
  },
  {
    says: "who administers service accounts disables one",
    source: reference,
    set: (world) => {
      account(world);
      onProject(world, "roles/iam.serviceAccountAdmin");
      return { as: eve, action: "iam.serviceAccounts.disable", resource: email };
    },
    outcome: "allowed",
    by: "serviceAccountAdmin",
  },
];

table("actions in Google Cloud", rows, 15);
