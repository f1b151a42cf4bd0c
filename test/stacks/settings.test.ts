import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { environmentIntent } from "../../stacks/intent.ts";
import { accountsOf, readSettings } from "../../stacks/settings.ts";

const folder = join(import.meta.dirname, "../../stacks");

function configOf(stack: string): Record<string, unknown> {
  const file = load(readFileSync(join(folder, `Pulumi.${stack}.yaml`), "utf8")) as {
    config: Record<string, unknown>;
  };
  return Object.fromEntries(
    Object.entries(file.config).map(([key, value]) => [key.replace(/^bulkhead:/, ""), value]),
  );
}

function problemsOf(change: (config: Record<string, unknown>) => void): string[] {
  const config = structuredClone(configOf("local"));
  change(config);
  const read = readSettings("local", config);
  assert.ok("problems" in read, "nothing was refused");
  return read.problems.map(({ code, place }) => `${code} ${place}`).sort();
}

describe("an environment's settings", () => {
  it("are read from the committed file of local", () => {
    const read = readSettings("local", configOf("local"));
    assert.ok("settings" in read);
    assert.equal(accountsOf(read.settings).aws.accountId, "111122223333");
    assert.equal(environmentIntent(read.settings).network.places.length, 3);
  });

  it("lack only what nobody but the user can know in dev, staging and prod", () => {
    for (const stack of ["dev", "staging", "prod"]) {
      const read = readSettings(stack, configOf(stack));
      assert.ok("problems" in read);
      assert.deepEqual([...new Set(read.problems.map(({ code }) => code))], ["input-missing"]);
      assert.ok(read.problems.every(({ next }) => next.includes(`Pulumi.${stack}.yaml`)));
    }
  });

  it("do not overlap between environments", () => {
    const ranges = ["local", "dev", "staging", "prod"].flatMap((stack) =>
      Object.values(configOf(stack)["ranges"] as Record<string, string>),
    );
    assert.equal(new Set(ranges).size, ranges.length);
  });

  it("are refused all at once, by place", () => {
    assert.deepEqual(
      problemsOf((config) => {
        config["aws"] = { account: 111122223333, region: "eu-central-1" };
        config["azure"] = "westeurope";
        config["logRetentionDays"] = 0.5;
        config["protection"] = true;
        delete config["organisation"];
      }),
      [
        "input-missing bulkhead:organisation",
        "input-type bulkhead:aws.account",
        "input-type bulkhead:azure",
        "input-type bulkhead:logRetentionDays",
        "input-type bulkhead:protection",
      ],
    );
  });

  it("name what nobody knows, and suggest what was meant", () => {
    const config = { ...configOf("local"), logRetentionDay: 3 };
    const read = readSettings("local", config);
    assert.ok("problems" in read);
    assert.equal(read.problems[0]?.place, "bulkhead:logRetentionDay");
    assert.match(read.problems[0]?.next ?? "", /Did you mean "logRetentionDays"/);
  });
});
