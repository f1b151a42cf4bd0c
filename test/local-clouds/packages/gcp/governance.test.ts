import assert from "node:assert/strict";
import { type JsonObject, Secret } from "../../../../local-clouds/protocol/value.ts";
import type { Lab } from "../../kit/lab.ts";
import { openGoogle } from "./fixtures.ts";

describe("organisations, grants and perimeters of gcp", () => {
  let lab: Lab;

  beforeEach(() => {
    lab = openGoogle();
  });

  afterEach(() => lab.close());

  it("hold projects in folders", () => {
    const folder = (name: string) =>
      lab.create("gcp:organizations/folder:Folder", name, {
        displayName: "prod",
        parent: "organizations/123",
      });
    const made = folder("a");
    assert.match(
      lab.refusal(() => lab.delete(made)),
      /cannot destroy folder without setting deletion_protection=false/,
    );
    assert.match(made.id, /^folders\/\d{12}$/);
    assert.match(
      lab.refusal(() => folder("b")),
      /display name uniqueness/,
    );
    const token = "gcp:organizations/project:Project";
    const project = lab.create(token, "p", {
      name: "Shop",
      projectId: "shop-prod-1",
      folderId: made.id,
    });
    assert.equal(project.id, "projects/shop-prod-1");
    assert.match(String(project.outputs["number"]), /^\d{12}$/);
    assert.match(
      lab.refusal(() => lab.create(token, "q", { name: "S", projectId: "shop-prod-1" })),
      /409/,
    );
    assert.equal(
      lab.checkFailures(token, "x", { name: "x", projectId: "Shop" })[0]?.property,
      "projectId",
    );
    const parent = "organizations/123456789";
    const free = lab.update(made, { displayName: "Folder", parent, deletionProtection: false });
    assert.match(
      lab.refusal(() => lab.delete(free)),
      /still holds/,
    );
  });

  it("enable services and bind constraints", () => {
    const token = "gcp:projects/service:Service";
    const service = lab.create(token, "s", { service: "run.googleapis.com" });
    assert.equal(service.id, "shop-dev/run.googleapis.com");
    assert.equal(service.outputs["disableOnDestroy"], true);
    assert.equal(lab.checkFailures(token, "x", { service: "run" })[0]?.property, "service");
    const policy = lab.create("gcp:orgpolicy/policy:Policy", "o", {
      parent: "projects/shop-dev",
      name: "projects/shop-dev/policies/iam.disableServiceAccountKeyCreation",
      spec: { rules: [{ enforce: "TRUE" }] },
    });
    assert.equal(policy.id, "projects/shop-dev/policies/iam.disableServiceAccountKeyCreation");
    const old = "gcp:organizations/policy:Policy";
    const both = { orgId: "1", constraint: "c", booleanPolicy: { enforced: true }, listPolicy: {} };
    assert.equal(lab.checkFailures(old, "x", both)[0]?.property, "listPolicy");
    const { listPolicy: _, ...one } = both;
    assert.equal(lab.create(old, "p", one).id, "1/c");
    const onProject = lab.create("gcp:projects/organizationPolicy:OrganizationPolicy", "q", {
      project: "shop-dev",
      constraint: "iam.allowedPolicyMemberDomains",
      listPolicy: { allow: { values: ["C0"] } },
    });
    assert.equal(onProject.id, "shop-dev:iam.allowedPolicyMemberDomains");
  });

  it("name custom roles without hyphens", () => {
    const made = lab.create("gcp:projects/iAMCustomRole:IAMCustomRole", "log-reader", {
      title: "t",
      permissions: ["logging.logs.list"],
    });
    assert.match(made.id, /^projects\/shop-dev\/roles\/logreader[0-9a-f]{7}$/);
    assert.equal(made.outputs["stage"], "GA");
    const faults = lab.checkFailures("gcp:projects/iAMCustomRole:IAMCustomRole", "x", {
      roleId: "a-b",
      title: "t",
      permissions: [],
    });
    assert.equal(faults[0]?.property, "roleId");
  });

  it("make at most ten keys an account, and mark them", () => {
    const account = lab.create("gcp:serviceaccount/account:Account", "ci", {
      accountId: "ci-runner",
    });
    const key = (n: number) =>
      lab.create("gcp:serviceaccount/key:Key", `k${n}`, { serviceAccountId: account.id });
    const first = key(0);
    assert.match(
      first.id,
      /^projects\/shop-dev\/serviceAccounts\/ci-runner@shop-dev\.iam\.gserviceaccount\.com\/keys\/[0-9a-f]{40}$/,
    );
    assert.ok(first.outputs["privateKey"] instanceof Secret);
    for (let n = 1; n < 10; n++) key(n);
    assert.match(
      lab.refusal(() => key(10)),
      /Maximum number of keys/,
    );
    lab.delete(account);
    assert.equal(lab.size(), 0);
  });

  const families: readonly [token: string, inputs: JsonObject, id: string][] = [
    ["gcp:folder/iAMMember:IAMMember", { folder: "folders/42" }, "folders/42"],
    ["gcp:organizations/iAMMember:IAMMember", { orgId: "123" }, "123"],
    [
      "gcp:spanner/databaseIAMMember:DatabaseIAMMember",
      { instance: "i", database: "d" },
      "shop-dev/i/d",
    ],
    ["gcp:iap/webIamMember:WebIamMember", {}, "projects/shop-dev/iap_web"],
    ["gcp:storage/bucketIAMMember:BucketIAMMember", { bucket: "files-1" }, "b/files-1"],
    [
      "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
      { repository: "images", location: "europe-west4" },
      "projects/shop-dev/locations/europe-west4/repositories/images",
    ],
    [
      "gcp:secretmanager/secretIamMember:SecretIamMember",
      { secretId: "pw" },
      "projects/shop-dev/secrets/pw",
    ],
    [
      "gcp:kms/keyRingIAMMember:KeyRingIAMMember",
      { keyRingId: "projects/shop-dev/locations/eu/keyRings/r" },
      "projects/shop-dev/locations/eu/keyRings/r",
    ],
  ];
  for (const [token, inputs, id] of families) {
    it(`grant by ${token}: id, forms of members, what is granted on`, () => {
      lab.create("gcp:storage/bucket:Bucket", "b", { name: "files-1", location: "EU" });
      lab.create("gcp:artifactregistry/repository:Repository", "r", {
        repositoryId: "images",
        format: "DOCKER",
        location: "europe-west4",
      });
      lab.create("gcp:secretmanager/secret:Secret", "s", {
        secretId: "pw",
        replication: { auto: {} },
      });
      lab.create("gcp:kms/keyRing:KeyRing", "k", { name: "r", location: "eu" });
      const grant = { ...inputs, role: "roles/viewer", member: "group:ops@example.com" };
      const made = lab.create(token, "g", grant);
      assert.equal(made.id, `${id}/roles/viewer/group:ops@example.com`);
      assert.equal(made.outputs["condition"], null);
      const faults = lab.checkFailures(token, "x", { ...grant, member: "ops@example.com" });
      assert.equal(faults[0]?.property, "member");
      assert.deepEqual(lab.diff(made, { ...grant, role: "roles/editor" }).replaces, ["role"]);
    });
  }

  it("grant nothing on what is not there", () => {
    const grant = { role: "roles/viewer", members: ["allUsers"] };
    assert.match(
      lab.refusal(() =>
        lab.create("gcp:pubsub/topicIAMBinding:TopicIAMBinding", "t", { topic: "none", ...grant }),
      ),
      /notFound/,
    );
    assert.match(
      lab.refusal(() =>
        lab.create("gcp:storage/bucketIAMBinding:BucketIAMBinding", "b", {
          bucket: "none",
          ...grant,
        }),
      ),
      /bucket does not exist/,
    );
  });

  it("draw perimeters around projects by number", () => {
    const policy = lab.create("gcp:accesscontextmanager/accessPolicy:AccessPolicy", "p", {
      parent: "organizations/123",
      title: "p",
    });
    const perimeter = (resources: string[], parent = policy.id) =>
      lab.create("gcp:accesscontextmanager/servicePerimeter:ServicePerimeter", "s", {
        name: `accessPolicies/${policy.id}/servicePerimeters/data`,
        parent: `accessPolicies/${parent}`,
        title: "data",
        status: { resources, restrictedServices: ["storage.googleapis.com"] },
      });
    assert.match(
      lab.refusal(() => perimeter(["projects/shop-dev"])),
      /PROJECT_NUMBER/,
    );
    assert.match(
      lab.refusal(() => perimeter(["projects/1"], "99")),
      /notFound/,
    );
    const made = perimeter(["projects/123456789012"]);
    assert.equal(made.outputs["perimeterType"], "PERIMETER_TYPE_REGULAR");
    assert.match(
      lab.refusal(() => lab.delete(policy)),
      /still holds/,
    );
    const level = "gcp:accesscontextmanager/accessLevel:AccessLevel";
    const wrong = { name: "office", parent: "accessPolicies/1", title: "office" };
    assert.equal(lab.checkFailures(level, "l", wrong)[0]?.property, "name");
  });

  it("send findings to a topic that is there", () => {
    const config = () =>
      lab.create("gcp:securitycenter/notificationConfig:NotificationConfig", "n", {
        configId: "all",
        organization: "123",
        pubsubTopic: "projects/shop-dev/topics/findings",
        streamingConfig: { filter: 'state = "ACTIVE"' },
      });
    assert.match(
      lab.refusal(() => config()),
      /notFound/,
    );
    lab.create("gcp:pubsub/topic:Topic", "t", { name: "findings" });
    assert.equal(config().id, "organizations/123/notificationConfigs/all");
  });
});
