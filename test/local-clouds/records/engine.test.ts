/** What the engine, sign-ins and probes leave in the logs, and that records stay out of the way. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { routes } from "../../../local-clouds/control/routes.ts";
import type { JsonObject } from "../../../local-clouds/protocol/value.ts";
import { closeWorld, memoryWorld, openWorld } from "../../../local-clouds/world/open.ts";
import { exportWorld, importWorld } from "../../../local-clouds/world/transfer.ts";
import { acting, deliveredIn, recorded } from "../act/kit.ts";
import { Lab } from "../kit/lab.ts";
import { github, policy, provider, role, sts, trusting } from "../probe/token/aws-world.ts";
import { TestWorld } from "../probe/token/kit.ts";

const logGroup = "aws:cloudwatch/logGroup:LogGroup";

/** A trail that delivers, and a lab whose calls are recorded. */
function trailed(): { world: TestWorld; lab: Lab } {
  const world = new TestWorld();
  const { lab } = world;
  const Principal = { Service: "cloudtrail.amazonaws.com" };
  lab.create("aws:s3/bucket:Bucket", "logs", { bucket: "logs" });
  lab.create("aws:s3/bucketPolicy:BucketPolicy", "logs", {
    bucket: "logs",
    policy: JSON.stringify(
      policy(
        { Effect: "Allow", Principal, Action: "s3:GetBucketAcl", Resource: "arn:aws:s3:::logs" },
        { Effect: "Allow", Principal, Action: "s3:PutObject", Resource: "arn:aws:s3:::logs/*" },
      ),
    ),
  });
  lab.create("aws:cloudtrail/trail:Trail", "main", {
    name: "main",
    s3BucketName: "logs",
    isMultiRegionTrail: true,
  });
  return { world, lab: new Lab(recorded(world), lab.time, "aws", { region: "eu-central-1" }) };
}

describe("records of the engine", () => {
  it("tell of creation, update and deletion, by the identity that the provider answers", () => {
    const { world, lab } = trailed();
    const made = lab.create(logGroup, "g", { name: "app" });
    const changed = lab.update(made, { name: "app", retentionInDays: 7 });
    lab.delete(changed);
    const records = deliveredIn(world).map(({ json }) => json);
    assert.deepEqual(
      records.map(({ eventSource, eventName, awsRegion }) => [eventSource, eventName, awsRegion]),
      [
        ["logs.amazonaws.com", "CreateLogGroup", "eu-central-1"],
        ["logs.amazonaws.com", "PutRetentionPolicy", "eu-central-1"],
        ["logs.amazonaws.com", "DeleteLogGroup", "eu-central-1"],
      ],
    );
    const who = lab.invoke("aws:index/getCallerIdentity:getCallerIdentity");
    const identity = records[0]?.["userIdentity"] as JsonObject;
    assert.equal(identity["arn"], who["arn"]);
    assert.equal(identity["principalId"], who["userId"]);
    world.lab.close();
  });

  it("are not made of what was refused, nor of previews", () => {
    const { world, lab } = trailed();
    lab.create(logGroup, "g", { name: "app" });
    lab.refusal(() => lab.create(logGroup, "h", { name: "app" }));
    lab.preview(logGroup, "i", { name: "other" });
    assert.equal(deliveredIn(world).length, 1);
    world.lab.close();
  });

  it("end with the trail, whose own deletion is the last", () => {
    const { world, lab } = trailed();
    const trail = world.lab.clouds.world.all().find(({ token }) => token.includes("cloudtrail"));
    assert.ok(trail);
    lab.delete({ token: trail.token, urn: trail.urn, id: trail.id, inputs: {}, outputs: {} });
    lab.create(logGroup, "g", { name: "app" });
    assert.deepEqual(
      deliveredIn(world).map(({ json }) => json["eventName"]),
      ["DeleteTrail"],
    );
    world.lab.close();
  });

  it("leave the state as it is without them", () => {
    const states = [true, false].map((listened) => {
      const { world, lab } = trailed();
      (listened ? lab : world.lab).create(logGroup, "g", { name: "app" });
      const state = routes.get("GET /state")?.({}, world.lab.clouds);
      world.lab.close();
      return state;
    });
    assert.deepEqual(states[0], states[1]);
  });
});

describe("records of sign-ins", () => {
  it("are AssumeRoleWithWebIdentity by a web identity", async () => {
    const { world } = trailed();
    world.lendKey({ issuer: "github" });
    provider(world, github);
    role(world, "deploy", policy(trusting(github)));
    await routes.get("POST /probe/token")?.({ issuer: "github", audience: [sts] }, recorded(world));
    const [record] = deliveredIn(world);
    assert.equal(record?.json["eventName"], "AssumeRoleWithWebIdentity");
    const identity = record?.json["userIdentity"] as JsonObject;
    // CloudTrail user guide, "CloudTrail userIdentity element": fields of a WebIdentityUser.
    assert.deepEqual(Object.keys(identity).sort(), [
      "identityProvider",
      "principalId",
      "type",
      "userName",
    ]);
    assert.equal(identity["type"], "WebIdentityUser");
    world.lab.close();
  });
});

describe("records of what a token's session does", () => {
  it("name the provider of the token", async () => {
    const { world } = trailed();
    provider(world, github);
    role(world, "deploy", policy(trusting(github)));
    world.lab.create("aws:iam/rolePolicy:RolePolicy", "own", {
      role: "deploy",
      name: "own",
      policy: JSON.stringify(policy({ Effect: "Allow", Action: "iam:ListUsers", Resource: "*" })),
    });
    const token = world.mint({ issuer: "github", audience: [sts] });
    const answer = await acting(world, { as: token, action: "iam:ListUsers", resource: "*" });
    assert.equal(answer.outcome, "allowed", JSON.stringify(answer));
    const [record] = deliveredIn(world);
    assert.ok(record);
    const identity = record.json["userIdentity"] as JsonObject;
    const context = identity["sessionContext"] as JsonObject;
    assert.deepEqual(context["webIdFederationData"], {
      federatedProvider: `arn:aws:iam::123456789012:oidc-provider/${github}`,
      attributes: {},
    });
    world.lab.close();
  });
});

describe("records in a world", () => {
  it("are exported and imported", () => {
    const { world, lab } = trailed();
    lab.create(logGroup, "g", { name: "app" });
    const copy = memoryWorld();
    importWorld(
      copy,
      JSON.parse(JSON.stringify(exportWorld(world.lab.clouds.world))) as JsonObject,
    );
    assert.deepEqual(copy.records(0), world.lab.clouds.world.records(0));
    world.lab.close();
    copy.close();
  });

  it("are none in an export of the version before them", () => {
    const { world } = trailed();
    const document = exportWorld(world.lab.clouds.world);
    const { records: _, ...tables } = document["tables"] as JsonObject;
    const copy = memoryWorld();
    importWorld(copy, { ...document, version: 1, tables });
    assert.equal(copy.size(), world.lab.size());
    world.lab.close();
    copy.close();
  });

  it("come into a file of the version before them", () => {
    const folder = mkdtempSync(join(tmpdir(), "bulkhead-world-"));
    const path = join(folder, "old.world");
    closeWorld(openWorld(path), path);
    const db = new DatabaseSync(path);
    db.exec("DROP TABLE records; PRAGMA user_version = 1");
    db.close();
    const world = openWorld(path);
    assert.deepEqual(world.records(0), []);
    closeWorld(world, path);
    const again = new DatabaseSync(path);
    assert.equal(again.prepare("PRAGMA user_version").get()?.["user_version"], 2);
    again.close();
    rmSync(folder, { recursive: true });
  });

  it("go with a reset", () => {
    const { world, lab } = trailed();
    lab.create(logGroup, "g", { name: "app" });
    world.lab.clouds.world.reset();
    assert.equal(world.lab.clouds.world.records(0).length, 0);
    world.lab.close();
  });
});
