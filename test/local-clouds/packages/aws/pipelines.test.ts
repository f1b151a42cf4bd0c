import assert from "node:assert/strict";
import type { Lab } from "../../kit/lab.ts";
import { account, makeRole, openAws, region, textAt } from "./fixtures.ts";

const token = {
  connection: "aws:glue/connection:Connection",
  trigger: "aws:glue/trigger:Trigger",
  canary: "aws:synthetics/canary:Canary",
};

describe("Glue and Synthetics of AWS", () => {
  let lab: Lab;
  beforeEach(() => {
    lab = openAws();
  });
  afterEach(() => lab.close());

  const refused = (code: RegExp, work: () => unknown) => assert.match(lab.refusal(work), code);

  it("connects to a database by its URL", () => {
    const connectionProperties = { JDBC_CONNECTION_URL: "jdbc:redshift://host:5439/dev" };
    const made = lab.create(token.connection, "c", { name: "lake", connectionProperties });
    assert.equal(made.id, `${account}:lake`);
    assert.equal(made.outputs["arn"], `arn:aws:glue:${region}:${account}:connection/lake`);
    assert.equal(made.outputs["connectionType"], "JDBC");
    refused(/InvalidInputException.*JDBC_CONNECTION_URL/, () =>
      lab.create(token.connection, "d", { connectionProperties: { USERNAME: "somebody" } }),
    );
    refused(/AlreadyExistsException/, () =>
      lab.create(token.connection, "e", { name: "lake", connectionProperties }),
    );
  });

  it("starts jobs that are there, by a schedule where it says so", () => {
    const job = lab.create("aws:glue/job:Job", "job", {
      name: "load",
      roleArn: textAt(makeRole(lab, "glue", "glue.amazonaws.com"), "arn"),
      command: { scriptLocation: "s3://code/load.py" },
    });
    const actions = [{ jobName: job.id }];
    const schedule = "cron(0/15 * * * ? *)";
    const made = lab.create(token.trigger, "t", {
      name: "often",
      type: "SCHEDULED",
      schedule,
      actions,
    });
    assert.deepEqual([made.id, made.outputs["state"]], ["often", "ACTIVATED"]);
    refused(/InvalidInputException.*Schedule/, () =>
      lab.create(token.trigger, "u", { type: "SCHEDULED", actions }),
    );
    refused(/EntityNotFoundException.*Job none not found/, () =>
      lab.create(token.trigger, "v", { type: "ON_DEMAND", actions: [{ jobName: "none" }] }),
    );
  });

  it("runs canaries under a role that is there, named in lower case", () => {
    const inputs = {
      artifactS3Location: "s3://results",
      executionRoleArn: textAt(makeRole(lab, "canary", "lambda.amazonaws.com"), "arn"),
      handler: "exports.handler",
      runtimeVersion: "syn-nodejs-puppeteer-9.1",
      schedule: { expression: "rate(1 minute)" },
      startCanary: true,
    };
    const made = lab.create(token.canary, "Web", inputs);
    assert.match(made.id, /^web-[0-9a-f]{7}$/);
    assert.equal(made.outputs["status"], "RUNNING");
    assert.equal(lab.checkFailures(token.canary, "x", { ...inputs, name: "Web" }).length, 1);
    refused(/ValidationException.*does not exist/, () =>
      lab.create(token.canary, "y", {
        ...inputs,
        executionRoleArn: `arn:aws:iam::${account}:role/nobody`,
      }),
    );
  });
});
