/** Conditions in CEL that decide nothing, and those that look like it. */
import assert from "node:assert/strict";
import { isAlwaysTrue } from "../../../../policy-packs/rules/shared/always-true.ts";

describe("conditions that always hold", () => {
  for (const text of [
    "",
    " ",
    "true",
    "( true )",
    "!false",
    "1 == 1",
    "'a' == 'a'",
    "true || assertion.sub == 'x'",
    "assertion.sub == 'x' || (1 == 1)",
  ]) {
    it(`is ${JSON.stringify(text)}`, () => assert.ok(isAlwaysTrue(text)));
  }
  for (const text of [
    "false",
    "1 == 2",
    "11 == 1",
    "'a' == 'b'",
    "assertion.sub == 'x'",
    "assertion.verified == true",
    "assertion.a == '1' || assertion.b == true",
    "(true || assertion.a == '1') && assertion.b == '2'",
    "resource.name == 'true'",
  ]) {
    it(`is not ${JSON.stringify(text)}`, () => assert.ok(!isAlwaysTrue(text)));
  }
});
