import assert from "node:assert/strict";
import { ProblemError } from "../../../model/base/problem.ts";
import { onOff, textList } from "../../../model/policy/parameter.ts";
import { type Environment, settle } from "../../../policy-packs/kit/settings.ts";

const pack = [
  { id: "AN02", level: "mandatory" },
  { id: "MS01", level: "mandatory", remedy: "safe" },
  { id: "ZD05", level: "mandatory", remedy: "opt-in" },
] as const;

describe("settings", () => {
  it("take the pack's levels, then the stack's, then the configured ones", () => {
    const environment = { unknown: "advisory", levels: { MS01: "advisory" } } as const;
    assert.deepEqual(settle(pack, environment, {}).levels, {
      AN02: "mandatory",
      MS01: "advisory",
      ZD05: "mandatory",
    });
    const config = { unknown: "mandatory", levels: { AN02: "disabled" } };
    const settled = settle(pack, environment, config);
    assert.deepEqual(settled.levels, { AN02: "disabled", MS01: "advisory", ZD05: "mandatory" });
    assert.equal(settled.unknown, "mandatory");
    assert.equal(settle(pack, environment, {}).unknown, "advisory");
  });

  it("let an environment soften every rule that would block, and a person harden one", () => {
    const environment = { unknown: "advisory", level: "advisory" } as const;
    const rules = [...pack, { id: "AN99", level: "disabled" }] as const;
    const config = { levels: { MS01: "mandatory" } };
    assert.deepEqual(settle(rules, environment, config).levels, {
      AN02: "advisory",
      MS01: "mandatory",
      ZD05: "advisory",
      AN99: "disabled",
    });
  });

  it("take parameters as a rule says they may be, and name everything else", () => {
    const regions = textList("reviewed regions", "a list of regions");
    const rules = [...pack, { id: "X14", level: "mandatory", parameters: { regions } }] as const;
    const read = (parameters: unknown) =>
      settle(
        rules,
        { unknown: "advisory", parameters: { X14: { regions: ["a"] } } },
        { parameters },
      );
    assert.deepEqual(read(undefined).parameters, { X14: { regions: ["a"] } });
    const set = { X14: { regions: ["eu-central-1"] } };
    assert.deepEqual(read(set).parameters, set);
    const bad = { X14: { regions: [7], region: "eu" }, X41: {}, AN02: {} };
    assert.throws(
      () => read(bad),
      (error) => {
        assert.ok(error instanceof ProblemError);
        assert.deepEqual(
          error.problems.map(({ code, place }) => `${code} ${place}`),
          [
            "input-type parameters.X14.regions",
            "input-unknown parameters.X14.region",
            "input-unknown parameters.X41",
            "input-unknown parameters.AN02",
          ],
        );
        assert.match(error.problems[1]?.next ?? "", /regions/);
        return true;
      },
    );
    assert.throws(() => read({ X14: [] }), /parameters\.X14/);
  });

  it("take true or false for what is switched on or off, and nothing else", () => {
    const all = onOff("whether everything counts");
    assert.equal(all.otherwise, false);
    const rules = [{ id: "AD30", level: "mandatory", parameters: { all } }] as const;
    const read = (value: unknown) =>
      settle(rules, { unknown: "advisory" }, { parameters: { AD30: { all: value } } }).parameters;
    assert.deepEqual(read(true), { AD30: { all: true } });
    for (const value of ["true", 1, null]) assert.throws(() => read(value), /true or false/);
  });

  it("mend nothing unless told, and by `safe` only what is safe", () => {
    const none = { unknown: "advisory" } as const;
    const mending = (environment: Environment, config: Record<string, unknown>) =>
      settle(pack, environment, config).remedies;
    assert.deepEqual(mending(none, {}), []);
    assert.deepEqual(mending({ ...none, remedies: ["safe"] }, {}), ["MS01"]);
    assert.deepEqual(mending({ ...none, remedies: ["safe"] }, { remedies: ["ZD05"] }), ["ZD05"]);
    assert.throws(() => mending(none, { remedies: ["AN02"] }), /remedies\[0\]/);
  });

  it("refuse everything wrong at once, and apply none of it", () => {
    const config = {
      levels: { AN2: "advisory", MS01: "sometimes" },
      exemptions: [{ rule: "AN02", urn: "urn", reason: "", owner: "o", expires: "soon" }],
    };
    assert.throws(
      () => settle(pack, { unknown: "advisory" }, config),
      (error) => {
        assert.ok(error instanceof ProblemError);
        assert.deepEqual(
          error.problems.map(({ place }) => place),
          [
            "levels.AN2",
            "levels.MS01",
            "exemptions[0].reason",
            "exemptions[0].ticket",
            "exemptions[0].expires",
          ],
        );
        assert.match(error.problems[0]?.next ?? "", /AN02/);
        return true;
      },
    );
  });
});
