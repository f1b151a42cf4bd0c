import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { load } from "js-yaml";
import { describe, it } from "mocha";
import { readIdentities } from "../../../stacks/organisation/outputs.ts";
import { readOrganisationSettings } from "../../../stacks/organisation/settings.ts";
import { deploy } from "../../harness/deploy.ts";

const folder = join(import.meta.dirname, "../../../stacks/organisation");

/** The committed settings of `local`, as the engine hands them to the program. */
function localConfig(): Record<string, unknown> {
  const file = load(readFileSync(join(folder, "Pulumi.local.yaml"), "utf8")) as {
    config: Record<string, unknown>;
  };
  return file.config;
}

function withoutPrefix(config: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key.replace(/^[^:]*:/, ""), value]),
  );
}

describe("the organisation's program", () => {
  it("runs with the committed settings and gives environments all they read", async () => {
    const config = Object.entries(localConfig()).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    let outputs: { identities: pulumi.Output<unknown> } | undefined;
    const program = async () => {
      pulumi.runtime.setAllConfig(Object.fromEntries(config));
      outputs = await import("../../../stacks/organisation/main.ts");
    };
    const resources = await deploy(program, {
      project: "bulkhead-organisation",
      stack: "local",
      outputs: ({ name, inputs }) => ({
        ...{ arn: `arn:${name}`, objectId: name, groupId: name, principalId: name, keyId: name },
        ...{ writerIdentity: name, name: inputs["name"] ?? name },
      }),
      call: ({ token }) =>
        token.startsWith("aws:ssoadmin")
          ? { arns: ["arn:aws:sso:::instance/x"], identityStoreIds: ["d-x"] }
          : { member: "serviceAccount:agent@example.com" },
    });
    const custom = resources.filter(({ type }) => !/^(pulumi|bulkhead):/.test(type));
    assert.ok(custom.length >= 60, `${custom.length} resources`);
    for (const { provider, name } of custom) assert.notEqual(provider, "", name);
    assert.ok(outputs !== undefined);
    const identities = await new Promise((resolve) => outputs?.identities.apply(resolve));
    assert.doesNotThrow(() => readIdentities(identities, "local"));
  });
});

describe("the organisation's settings", () => {
  it("report every problem at once", () => {
    const read = readOrganisationSettings("main", { aws: { account: 1 }, lock: "no" });
    assert.ok("problems" in read);
    assert.deepEqual(
      read.problems.map(({ code, place }) => `${code} ${place.split(":")[1]}`),
      [
        "input-type aws.account",
        "input-missing aws.region",
        "input-missing aws.organisation",
        "input-missing azure",
        "input-missing gcp",
        "input-missing workforce",
        "input-missing logRetentionDays",
        "input-type lock",
      ],
    );
  });

  it("of local are complete", () => {
    assert.ok("settings" in readOrganisationSettings("local", withoutPrefix(localConfig())));
  });
});

describe("reading the organisation's outputs", () => {
  it("names what is missing and the stack that lacks it", () => {
    assert.throws(
      () => readIdentities({ aws: { ssoInstanceArn: "x" } }, "organization/o/main"),
      /organization\/o\/main: identities\.aws\.githubProviderArn[\s\S]*gcp\.workforceGroupId/,
    );
    assert.throws(() => readIdentities(undefined, "s"), /Update the organisation's stack first/);
  });
});
