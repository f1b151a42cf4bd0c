/** Levels and parameters of rules by environment: read with everything wrong named, none applied. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writePackConfig } from "../../../automation/engine/pack-config.ts";
import { gateSettings } from "../../../automation/gate/settings.ts";
import { readSettings, settingsFor } from "../../../automation/policy/rule-settings.ts";
import { ProblemError } from "../../../model/base/problem.ts";
import { rules } from "../../../policy-packs/rules/index.ts";

const place = "stacks/rules.json";
const stacks = ["dev", "prod"];
const tip = "0123456789abcdef0123456789abcdef01234567";
const read = (value: unknown) => readSettings(JSON.stringify(value), place, stacks);

const good = {
  "*": { levels: { AN13: "advisory" }, parameters: { X14: { regions: ["eu-central-1"] } } },
  prod: { levels: { AN13: "mandatory", KP12: "disabled" }, unknown: "mandatory" },
};

describe("settings of rules", () => {
  it("are those of all stacks, and by rule a stack's own before them", () => {
    const settings = read(good);
    assert.deepEqual(settingsFor(settings, "dev"), good["*"]);
    assert.deepEqual(settingsFor(settings, "prod"), {
      levels: { AN13: "mandatory", KP12: "disabled" },
      parameters: good["*"].parameters,
      unknown: "mandatory",
    });
    assert.deepEqual(settingsFor({}, "dev"), {});
  });

  it("name everything that is wrong with them at once", () => {
    const critical = rules.find(({ severity }) => severity === "critical")?.id ?? "";
    const wrong = {
      prd: {},
      dev: [],
      prod: {
        level: {},
        levels: { AN2: "advisory", AN13: "sometimes", [critical]: "disabled" },
        parameters: { X14: { region: [], regions: "eu" }, AN13: {} },
        remedies: ["AN02", "saf"],
        unknown: "maybe",
      },
      "*": { levels: null, parameters: ["X14"] },
    };
    assert.throws(
      () => read(wrong),
      (error) => {
        assert.ok(error instanceof ProblemError);
        const places = error.problems.map(
          ({ place: at, code }) => `${at.slice(`${place}: `.length)} ${code}`,
        );
        assert.deepEqual(places, [
          "prd input-unknown",
          "dev input-type",
          "prod.level input-unknown",
          "prod.unknown input-type",
          "prod.levels.AN2 input-unknown",
          "prod.levels.AN13 input-type",
          "prod.remedies[0] input-unknown",
          "prod.remedies[1] input-unknown",
          "prod.parameters.X14.region input-unknown",
          "prod.parameters.X14.regions input-type",
          "prod.parameters.AN13 input-unknown",
          `prod.levels.${critical} input-type`,
          "*.levels input-type",
          "*.parameters input-type",
        ]);
        return true;
      },
    );
    for (const text of ["{", "[]", "null", "7"]) {
      assert.throws(() => readSettings(text, place, stacks), /stacks\/rules\.json: got/);
    }
  });

  it("reach the pack with the exemptions, for the stack that is planned", () => {
    const dir = mkdtempSync(join(tmpdir(), "bulkhead-test-"));
    try {
      const file = join(dir, "config.json");
      const none = { stated: [], reviewed: [] };
      const write = (stack: string, settings = read(good)) =>
        writePackConfig(file, ["/packs/zero-trust"], stack, { exemptions: none, settings });
      assert.deepEqual(write("prod"), [file]);
      const written = JSON.parse(readFileSync(file, "utf8")) as object;
      assert.deepEqual(written, { "zero-trust": settingsFor(read(good), "prod") });
      assert.deepEqual(write("prod", {}), []);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

describe("settings of rules in a gate", () => {
  const text = JSON.stringify(good);

  it("are those of the base on both sides, and what a change brings counts later", () => {
    assert.deepEqual(gateSettings(text, text, tip, stacks), {
      settings: good,
      faults: [],
      notes: [],
    });
    const changed = gateSettings(text, undefined, tip, stacks);
    assert.deepEqual(changed.settings, {});
    assert.match(changed.notes.join(), /counts once it is merged/);
  });

  it("leave a gate undecided where the change's file is wrong, and tell of a base's", () => {
    const wrong = JSON.stringify({ prod: { levels: { AN2: "advisory" } } });
    assert.equal(gateSettings(wrong, text, tip, stacks).faults.length, 1);
    const { settings, faults, notes } = gateSettings(text, wrong, tip, stacks);
    assert.deepEqual([settings, faults], [{}, []]);
    assert.match(notes[0] ?? "", /^stacks\/rules\.json at 0123456789ab: prod\.levels\.AN2/);
  });
});
