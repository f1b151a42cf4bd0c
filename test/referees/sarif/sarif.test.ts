/** The gate's SARIF before the validator of the format's own authors. */
import assert from "node:assert/strict";
import { sarifOf } from "../../../automation/gate/words/sarif.ts";
import { rules } from "../../../policy-packs/rules/index.ts";
import { harmful, resultWith } from "../../automation/gate/results.ts";
import { complaintsAbout, provideMultitool } from "./multitool.ts";

const minutes = 60_000;

describe("SARIF of the gate", function () {
  this.timeout(6 * minutes);
  before(function () {
    const lacking = provideMultitool();
    if (lacking === undefined) return;
    process.stderr.write(`${lacking}\n`);
    this.skip();
  });

  it("is valid, with findings of every age, exempted ones and errors", () => {
    for (const text of ["plain", harmful]) {
      const log = sarifOf(resultWith(text), rules, "0.1.0");
      assert.deepEqual(complaintsAbout(JSON.stringify(log)), []);
    }
  });

  it("is not taken where it is broken", () => {
    const log = JSON.stringify(sarifOf(resultWith("plain"), rules, "0.1.0"));
    const [complaint] = complaintsAbout(log.replaceAll('"level":"error"', '"level":"bad"'));
    assert.match(complaint ?? "", /level must be equal to one of the allowed values/);
  });
});
