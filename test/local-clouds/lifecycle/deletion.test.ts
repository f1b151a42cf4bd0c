/** What is not deleted although nothing holds it, and names that outlive what had them. */

import assert from "node:assert/strict";
import type { JsonObject } from "../../../local-clouds/protocol/value.ts";
import { type Lab, openLab } from "../kit/lab.ts";

const dayMs = 86_400_000;

/** A resource that is protected: how it is made, what refuses its deletion, and what frees it. */
interface Protected {
  readonly package: string;
  readonly token: string;
  readonly inputs: JsonObject;
  readonly refusal: RegExp;
  readonly freed: JsonObject;
}

const unprotected = { deletionProtection: false };
const google = (
  token: string,
  inputs: JsonObject,
  refusal: RegExp,
  freed: JsonObject = unprotected,
): Protected => ({ package: "gcp", token: `gcp:${token}`, inputs, refusal, freed });
const amazon = (
  token: string,
  inputs: JsonObject,
  refusal: RegExp,
  freed: JsonObject,
): Protected => ({ package: "aws", token: `aws:${token}`, inputs, refusal, freed });

const database = {
  instanceClass: "db.t4g.micro",
  engine: "postgres",
  allocatedStorage: 20,
  username: "somebody",
  manageMasterUserPassword: true,
};

const protections: readonly Protected[] = [
  google(
    "container/cluster:Cluster",
    { name: "gke", location: "europe-west4", initialNodeCount: 1 },
    /^Cannot destroy cluster because deletion_protection is set to true\./,
  ),
  google(
    "sql/databaseInstance:DatabaseInstance",
    { name: "db", databaseVersion: "POSTGRES_16", settings: { tier: "db-f1-micro" } },
    /^Error, failed to delete instance because deletion_protection is set to true\./,
  ),
  google(
    "sql/databaseInstance:DatabaseInstance",
    {
      name: "db",
      databaseVersion: "POSTGRES_16",
      deletionProtection: false,
      settings: { tier: "db-f1-micro", deletionProtectionEnabled: true },
    },
    /Error 400: The instance is protected/,
    { settings: { tier: "db-f1-micro", deletionProtectionEnabled: false } },
  ),
  google(
    "compute/instance:Instance",
    {
      name: "vm",
      machineType: "e2-small",
      bootDisk: { initializeParams: { image: "debian-cloud/debian-12" } },
      networkInterfaces: [{ network: "default" }],
      deletionProtection: true,
    },
    /^Cannot delete instance vm: instance Deletion Protection is enabled/,
  ),
  google(
    "cloudrunv2/service:Service",
    { name: "web", location: "europe-west4", template: { containers: [{ image: "i" }] } },
    /^cannot destroy service without setting deletion_protection=false/,
  ),
  google(
    "organizations/project:Project",
    { name: "P", projectId: "some-project-1", orgId: "1" },
    /^Cannot destroy project as deletion_policy is set to PREVENT/,
    { deletionPolicy: "DELETE" },
  ),
  amazon(
    "rds/instance:Instance",
    { ...database, deletionProtection: true, skipFinalSnapshot: true },
    /InvalidParameterCombination: Cannot delete protected DB Instance/,
    unprotected,
  ),
  amazon("rds/instance:Instance", database, /^final_snapshot_identifier is required/, {
    finalSnapshotIdentifier: "last",
  }),
  amazon(
    "dynamodb/table:Table",
    {
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
      deletionProtectionEnabled: true,
    },
    /ValidationException: Resource cannot be deleted as it is currently protected/,
    { deletionProtectionEnabled: false },
  ),
  amazon(
    "cognito/userPool:UserPool",
    { deletionProtection: "ACTIVE" },
    /InvalidParameterException: .*deletion protection is activated/,
    { deletionProtection: "INACTIVE" },
  ),
  amazon(
    "ec2/instance:Instance",
    { ami: "ami-0123456789abcdef0", instanceType: "t3.micro", disableApiTermination: true },
    /OperationNotPermitted: The instance 'i-\w+' may not be terminated/,
    { disableApiTermination: false },
  ),
];

describe("protection from deletion", () => {
  for (const { package: name, token, inputs, refusal, freed } of protections) {
    it(`of ${token}: ${refusal.source.slice(0, 40)}`, () => {
      const lab = openLab(name, places[name]);
      const made = lab.create(token, "x", inputs);
      const before = lab.clouds.world.all();
      assert.match(
        lab.refusal(() => lab.delete(made)),
        refusal,
      );
      assert.deepEqual(lab.clouds.world.all(), before);
      lab.delete(lab.update(made, { ...inputs, ...freed }));
      assert.equal(lab.size(), 0);
      lab.close();
    });
  }
});

const places: Readonly<Record<string, JsonObject>> = {
  aws: { region: "eu-central-1" },
  gcp: { project: "shop-dev", region: "europe-west4", zone: "europe-west4-a" },
};

describe("names of what was deleted", () => {
  const again = (
    lab: Lab,
    other: Lab,
    at: { token: string; inputs: JsonObject; days: number; refusal: RegExp },
  ) => {
    lab.delete(lab.create(at.token, "x", at.inputs));
    assert.match(
      lab.refusal(() => lab.create(at.token, "y", at.inputs)),
      at.refusal,
    );
    const elsewhere = () => other.create(at.token, "z", at.inputs);
    lab.time.nowMs += at.days * dayMs - 1;
    assert.match(
      lab.refusal(() => lab.create(at.token, "y", at.inputs)),
      at.refusal,
    );
    lab.time.nowMs += 1;
    lab.delete(lab.create(at.token, "y", at.inputs));
    return elsewhere;
  };

  it("of AWS secrets stay for the recovery window, in their account and region", () => {
    const lab = openLab("aws", { region: "eu-central-1" });
    const elsewhere = again(lab, lab.with("aws", { region: "eu-west-1" }), {
      token: "aws:secretsmanager/secret:Secret",
      inputs: { name: "s", recoveryWindowInDays: 10 },
      days: 10,
      refusal: /InvalidRequestException: .*already scheduled for deletion/,
    });
    elsewhere();
    const given = { name: "gone at once", recoveryWindowInDays: 0 };
    lab.delete(lab.create("aws:secretsmanager/secret:Secret", "a", given));
    lab.create("aws:secretsmanager/secret:Secret", "b", given);
    lab.close();
  });

  it("of key vaults stay for the retention, in all of Azure", () => {
    const lab = openLab("azure-native", { subscriptionId: "1", location: "westeurope" });
    const stranger = lab.with("azure-native", { subscriptionId: "2", location: "westeurope" });
    for (const one of [lab, stranger]) {
      one.create("azure-native:resources:ResourceGroup", "rg", { resourceGroupName: "rg" });
    }
    const tenantId = "11111111-2222-3333-4444-555555555555";
    const sku = { family: "A", name: "standard" };
    const elsewhere = again(lab, stranger, {
      token: "azure-native:keyvault:Vault",
      inputs: {
        resourceGroupName: "rg",
        vaultName: "vault-one",
        properties: { tenantId, sku, softDeleteRetentionInDays: 7 },
      },
      days: 7,
      refusal: /ConflictError.*already exists in deleted state/,
    });
    assert.match(stranger.refusal(elsewhere), /ConflictError/);
    lab.close();
  });

  it("of Cloud SQL instances stay for a week, in their project", () => {
    const lab = openLab("gcp", { project: "a", region: "europe-west4" });
    const elsewhere = again(lab, lab.with("gcp", { project: "b", region: "europe-west4" }), {
      token: "gcp:sql/databaseInstance:DatabaseInstance",
      inputs: {
        name: "db",
        databaseVersion: "POSTGRES_16",
        settings: { tier: "db-f1-micro" },
        deletionProtection: false,
      },
      days: 7,
      refusal: /Error 409: The Cloud SQL instance already exists/,
    });
    elsewhere();
    lab.clouds.world.reset();
    lab.create("gcp:sql/databaseInstance:DatabaseInstance", "db", {
      name: "db",
      databaseVersion: "POSTGRES_16",
      settings: { tier: "db-f1-micro" },
    });
    lab.close();
  });
});
