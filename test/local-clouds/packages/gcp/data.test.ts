import assert from "node:assert/strict";
import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import type { Lab, Made } from "../../kit/lab.ts";
import { makeNetwork, openGoogle } from "./fixtures.ts";

describe("databases and stores of gcp", () => {
  let lab: Lab;

  beforeEach(() => {
    lab = openGoogle();
  });

  afterEach(() => lab.close());

  const sql = (more: JsonObject = {}): Made =>
    lab.create("gcp:sql/databaseInstance:DatabaseInstance", "db", {
      name: "db",
      databaseVersion: "POSTGRES_16",
      settings: { tier: "db-f1-micro" },
      ...more,
    });

  it("show a Cloud SQL instance by its name, with databases and users in it", () => {
    const made = sql({ deletionProtection: false });
    assert.equal(made.id, "db");
    assert.equal(made.outputs["connectionName"], "shop-dev:europe-west4:db");
    assert.equal(made.outputs["deletionProtection"], false);
    const settings = made.outputs["settings"] as JsonObject;
    assert.equal(settings["availabilityType"], "ZONAL");
    const database = lab.create("gcp:sql/database:Database", "d", { name: "d", instance: "db" });
    assert.equal(database.id, "projects/shop-dev/instances/db/databases/d");
    assert.equal(database.outputs["charset"], "UTF8");
    const user = lab.create("gcp:sql/user:User", "u", { name: "u", instance: "db", password: "p" });
    assert.equal(user.id, "u//db");
    assert.match(
      lab.refusal(() => lab.create("gcp:sql/database:Database", "x", { instance: "none" })),
      /The Cloud SQL instance none does not exist/,
    );
    const replica = sql({ name: "replica", masterInstanceName: "db" });
    assert.equal(replica.outputs["instanceType"], "READ_REPLICA_INSTANCE");
    assert.match(
      lab.refusal(() => lab.delete(made)),
      /instanceHasReplicas/,
    );
    assert.match(
      lab.refusal(() => sql()),
      /409.*instanceAlreadyExists/,
    );
  });

  it("reach a private instance only through its network's connection", () => {
    makeNetwork(lab);
    const inside = (privateNetwork: string) =>
      sql({
        settings: {
          tier: "db-f1-micro",
          ipConfiguration: { ipv4Enabled: false, privateNetwork },
        },
      });
    const network = "projects/shop-dev/global/networks/net";
    assert.match(
      lab.refusal(() => inside(network)),
      /create Service Networking connection/,
    );
    lab.create("gcp:compute/globalAddress:GlobalAddress", "psa", {
      name: "psa",
      purpose: "VPC_PEERING",
      addressType: "INTERNAL",
      network: "net",
      prefixLength: 16,
    });
    lab.create("gcp:servicenetworking/connection:Connection", "c", {
      network: "net",
      service: "servicenetworking.googleapis.com",
      reservedPeeringRanges: ["psa"],
    });
    const made = inside(network);
    assert.equal(made.outputs["publicIpAddress"], "");
    assert.match(String(made.outputs["privateIpAddress"]), /^10\./);
    const nowhere = { settings: { tier: "x", ipConfiguration: { ipv4Enabled: false } } };
    assert.match(
      lab.refusal(() => sql({ name: "n", ...nowhere })),
      /At least one of Public IP, Private IP or PSC/,
    );
  });

  it("size Spanner by nodes or by units", () => {
    const instance = (more: JsonObject) =>
      lab.create("gcp:spanner/instance:Instance", "s", {
        name: "spanner-a",
        config: "regional-europe-west4",
        displayName: "s",
        ...more,
      });
    assert.match(
      lab.refusal(() => instance({ numNodes: 1, processingUnits: 500 })),
      /Only one of/,
    );
    const made = instance({ numNodes: 2 });
    assert.equal(made.id, "shop-dev/spanner-a");
    assert.equal(made.outputs["processingUnits"], 2000);
    assert.equal(made.outputs["config"], "projects/shop-dev/instanceConfigs/regional-europe-west4");
    const database = lab.create("gcp:spanner/database:Database", "d", {
      name: "orders",
      instance: "spanner-a",
    });
    assert.equal(database.id, "spanner-a/orders");
    assert.match(
      lab.refusal(() =>
        lab.create("gcp:spanner/database:Database", "e", { name: "Or", instance: "spanner-a" }),
      ),
      /Invalid database name/,
    );
  });

  it("know Redis, Bigtable and Firestore", () => {
    const redis = (memorySizeGb: number) =>
      lab.create("gcp:redis/instance:Instance", "r", { name: "r", memorySizeGb });
    assert.match(
      lab.refusal(() => redis(301)),
      /between 1 and 300/,
    );
    const made = redis(1);
    assert.equal(made.id, "projects/shop-dev/locations/europe-west4/instances/r");
    assert.equal(made.outputs["port"], 6379);
    assert.equal(made.outputs["tier"], "BASIC");
    const table = () =>
      lab.create("gcp:bigtable/table:Table", "t", { name: "t", instanceName: "bt" });
    assert.match(
      lab.refusal(() => table()),
      /404/,
    );
    lab.create("gcp:bigtable/instance:Instance", "b", { name: "bt" });
    assert.equal(table().id, "projects/shop-dev/instances/bt/tables/t");
    const firestore = "gcp:firestore/database:Database";
    const inputs = { name: "(default)", locationId: "eur3", type: "FIRESTORE_NATIVE" };
    assert.equal(lab.create(firestore, "f", inputs).id, "projects/shop-dev/databases/(default)");
    assert.equal(lab.checkFailures(firestore, "g", { ...inputs, name: "x" })[0]?.property, "name");
  });

  it("keep a dataset while it has tables", () => {
    const token = "gcp:bigquery/dataset:Dataset";
    assert.equal(lab.checkFailures(token, "d", { datasetId: "a-b" })[0]?.property, "datasetId");
    const dataset = lab.create(token, "d", { datasetId: "sales" });
    assert.equal(dataset.id, "projects/shop-dev/datasets/sales");
    assert.equal(dataset.outputs["location"], "US");
    const table = lab.create("gcp:bigquery/table:Table", "t", {
      datasetId: "sales",
      tableId: "orders",
    });
    assert.equal(table.id, "projects/shop-dev/datasets/sales/tables/orders");
    assert.equal(table.outputs["deletionProtection"], true);
    assert.match(
      lab.refusal(() => lab.delete(dataset)),
      /resourceInUse/,
    );
    assert.match(
      lab.refusal(() =>
        lab.create("gcp:bigquery/table:Table", "x", { datasetId: "none", tableId: "t" }),
      ),
      /Not found: Dataset none/,
    );
  });

  it("hold objects, lists of access and keys in buckets", () => {
    const bucket = lab.create("gcp:storage/bucket:Bucket", "b", {
      name: "shop-files",
      location: "EU",
      uniformBucketLevelAccess: true,
    });
    const object = lab.create("gcp:storage/bucketObject:BucketObject", "o", {
      bucket: "shop-files",
      name: "a.txt",
      content: "x",
    });
    assert.equal(object.id, "shop-files-a.txt");
    assert.match(
      lab.refusal(() => lab.delete(bucket)),
      /containing objects/,
    );
    assert.match(
      lab.refusal(() =>
        lab.create("gcp:storage/bucketACL:BucketACL", "a", { bucket: "shop-files" }),
      ),
      /uniform bucket-level access/,
    );
    const key = () =>
      lab.create("gcp:storage/hmacKey:HmacKey", "k", {
        serviceAccountEmail: "ci-runner@shop-dev.iam.gserviceaccount.com",
      });
    assert.match(
      lab.refusal(() => key()),
      /does not exist/,
    );
    lab.create("gcp:serviceaccount/account:Account", "ci", { accountId: "ci-runner" });
    assert.match(key().id, /^projects\/shop-dev\/hmacKeys\/GOOG1E/);
    const notify = () =>
      lab.create("gcp:storage/notification:Notification", "n", {
        bucket: "shop-files",
        payloadFormat: "JSON_API_V1",
        topic: "events",
      });
    assert.match(
      lab.refusal(() => notify()),
      /Invalid bucket event topic/,
    );
    lab.create("gcp:pubsub/topic:Topic", "t", { name: "events" });
    assert.equal(notify().id, "shop-files/notificationConfigs/1");
  });
});
