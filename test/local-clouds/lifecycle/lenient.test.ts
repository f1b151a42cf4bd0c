/** Resource types that no table has: refused, or taken as they are. */

import assert from "node:assert/strict";
import { Server, ServerCredentials, type ServerUnaryCall } from "@grpc/grpc-js";
import engineServices from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import engine from "@pulumi/pulumi/proto/engine_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { check } from "../../../local-clouds/lifecycle/check.ts";
import { forgetLenient, Leniency, lenientTypes } from "../../../local-clouds/lifecycle/lenient.ts";
import type { Clouds } from "../../../local-clouds/lifecycle/session.ts";
import { packages } from "../../../local-clouds/packages/index.ts";
import { EngineLog } from "../../../local-clouds/protocol/engine-log.ts";
import { memoryWorld } from "../../../local-clouds/world/open.ts";
import { Lab, labTime, openLab, urnOf } from "../kit/lab.ts";

/** A type that the SDK has and no table: should a table get it one day, take another. */
const known = "aws:mwaa/environment:Environment";
const unheardOf = "aws:nowhere/thing:Thing";

const environment = {
  dagS3Path: "dags/",
  executionRoleArn: "arn:aws:iam::123456789012:role/r",
  networkConfiguration: { securityGroupIds: ["sg-1"], subnetIds: ["subnet-1"] },
  sourceBucketArn: "arn:aws:s3:::b",
};

describe("types outside the tables", () => {
  let said: string[];
  let lab: Lab;
  beforeEach(() => {
    said = [];
    lab = lenientLab((sentence) => said.push(sentence));
  });
  afterEach(() => lab.close());

  it("are refused, naming --lenient, and leave the world as it is", () => {
    const strict = openLab("aws");
    for (const token of [known, unheardOf]) {
      const refusal = strict.refusal(() => strict.create(token, "x", environment));
      assert.match(refusal, new RegExp(`${token}.*--lenient`));
    }
    assert.equal(strict.size(), 0);
    assert.deepEqual(lenientTypes(strict.clouds.world), []);
    strict.close();
  });

  it("are judged by their shape where the SDK has one", () => {
    const faults = lab.checkFailures(known, "x", { ...environment, dagS3Path: ["a"], dags: 1 });
    assert.deepEqual(
      faults.map(({ property }) => property),
      ["dagS3Path", "dags"],
    );
    assert.deepEqual(lab.checkFailures(unheardOf, "x", { anything: [{ at: "all" }] }), []);
  });

  it("live as others do, and give back what they were given", () => {
    const made = lab.create(known, "air", environment);
    assert.match(made.id, /^air-[0-9a-f]{7}-[0-9a-f]{8}$/);
    assert.deepEqual(made.outputs, { ...made.outputs, ...environment, id: made.id });
    assert.deepEqual(lab.read(known, made.id)?.outputs, made.outputs);
    const later = { ...environment, dagS3Path: "other/" };
    const diff = lab.diff(made, later);
    assert.deepEqual(diff.changed, ["dagS3Path"]);
    assert.deepEqual(diff.replaces, []);
    assert.equal(lab.update(made, later).outputs["dagS3Path"], "other/");
    lab.delete(made);
    assert.equal(lab.size(), 0);
    assert.notEqual(lab.create(known, "air", environment).id, made.id);
  });

  it("are warned about once, and remembered by the world", () => {
    lab.check(known, "a", environment);
    assert.deepEqual(lenientTypes(lab.clouds.world), [], "nothing was created yet");
    const first = lab.create(known, "a", environment);
    lab.create(unheardOf, "b", {});
    assert.equal(said.length, 2);
    assert.match(said[0] ?? "", /mwaa.*checked only against the SDK's shape/);
    assert.match(said[1] ?? "", /nowhere.*unchecked/);
    lab.delete(first);
    assert.deepEqual(lenientTypes(lab.clouds.world), [known, unheardOf]);
    forgetLenient(lab.clouds.world);
    assert.deepEqual(lenientTypes(lab.clouds.world), []);
  });

  it("leave types of the tables alone", () => {
    lab.create("aws:ec2/vpc:Vpc", "v", { cidrBlock: "10.0.0.0/16" });
    assert.deepEqual(said, []);
    assert.deepEqual(lenientTypes(lab.clouds.world), []);
  });

  it("come with a warning for the person at Check", () => {
    const cloud = packages.get("aws");
    assert.ok(cloud);
    const session = { clouds: lab.clouds, cloud, scope: cloud.profile.scope({}) };
    const request = (token: string) => ({
      urn: urnOf(token, "x"),
      token,
      olds: {},
      news: {},
      randomSeed: new Uint8Array(),
      autonaming: undefined,
    });
    assert.equal(check(session, request(unheardOf)).warnings.length, 1);
    assert.deepEqual(
      check(session, request("aws:ec2/internetGateway:InternetGateway")).warnings,
      [],
    );
  });
});

describe("engine log", () => {
  it("warns the engine of the connection, once", async () => {
    const received: [number, string, string][] = [];
    const server = new Server();
    server.addService(engineServices.EngineService, {
      log(
        call: ServerUnaryCall<LogRequest, empty.Empty>,
        reply: (e: null, m: empty.Empty) => void,
      ) {
        const { request } = call;
        received.push([request.getSeverity(), request.getMessage(), request.getUrn()]);
        reply(null, new empty.Empty());
      },
    });
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    try {
      const log = new EngineLog();
      log.attach("peer", `127.0.0.1:${port}`);
      await log.warn("peer", "urn:a", "careful");
      await log.warn("peer", "urn:b", "careful");
      await log.warn("stranger", "urn:a", "careful");
      assert.deepEqual(received, [[engine.LogSeverity.WARNING, "careful", "urn:a"]]);
    } finally {
      server.forceShutdown();
    }
  });

  it("calls nobody outside of this machine, and waits for nobody who is gone", async () => {
    const log = new EngineLog();
    log.attach("far", "192.0.2.1:80");
    log.attach("gone", "127.0.0.1:1");
    const started = Date.now();
    await log.warn("far", "urn:a", "careful");
    assert.ok(Date.now() - started < 500);
    await log.warn("gone", "urn:a", "careful");
    assert.ok(Date.now() - started < 5000);
  });
});

function lenientLab(say: (sentence: string) => void): Lab {
  const time = { nowMs: Date.parse(labTime) };
  const clouds: Clouds = {
    world: memoryWorld(),
    packages,
    clock: () => new Date(time.nowMs),
    leniency: new Leniency(say),
  };
  return new Lab(clouds, time, "aws", {});
}
