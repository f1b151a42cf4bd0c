import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  checkLoggingIntent,
  checkOrganisationLogging,
} from "../../../model/logging/check-intent.ts";
import type { LoggingIntent, OrganisationLoggingIntent } from "../../../model/logging/intent.ts";
import {
  awsFlowFields,
  awsFlowFormat,
  logGroupRetentionDays,
} from "../../../model/logging/sources.ts";

const environment: LoggingIntent = {
  environment: "dev",
  retentionDays: 365,
  lock: "governance",
  azureNetworkWatcher: "existing",
};

const organisation: OrganisationLoggingIntent = {
  name: "main",
  retentionDays: 365,
  lock: "compliance",
  awsOrganisationId: "o-a1b2c3d4e5",
  gcpOrganisationId: "123456789",
};

const said = (problems: ReturnType<typeof checkLoggingIntent>) =>
  problems.map(({ code, place }) => `${code} ${place}`);

describe("checking a logging intent", () => {
  it("accepts good ones", () => {
    assert.deepEqual(checkLoggingIntent(environment), []);
    assert.deepEqual(checkOrganisationLogging(organisation), []);
  });

  it("reports everything at once", () => {
    const bad = { environment: "D", retentionDays: 0.5, lock: "none", azureNetworkWatcher: "" };
    assert.deepEqual(said(checkLoggingIntent(bad as unknown as LoggingIntent)), [
      "input-type environment",
      "input-type retentionDays",
      "input-unknown lock",
      "input-unknown azureNetworkWatcher",
    ]);
    const wrong = { ...organisation, awsOrganisationId: "r-1", gcpOrganisationId: "x" };
    assert.deepEqual(said(checkOrganisationLogging(wrong)), [
      "input-type awsOrganisationId",
      "input-type gcpOrganisationId",
    ]);
  });

  it("refuses more days than the stores take", () => {
    assert.equal(checkLoggingIntent({ ...environment, retentionDays: 3651 }).length, 1);
  });
});

describe("log sources", () => {
  it("never keep a log group shorter than asked", () => {
    assert.equal(logGroupRetentionDays(365), 365);
    assert.equal(logGroupRetentionDays(366), 400);
    assert.equal(logGroupRetentionDays(3650), 3653);
  });

  it("write flow fields the way EC2 reads them", () => {
    assert.match(awsFlowFormat, /^\$\{version\} \$\{account-id\} .*\$\{reject-reason\}$/);
    assert.equal(new Set(awsFlowFields).size, awsFlowFields.length);
  });
});
