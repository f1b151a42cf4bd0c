import assert from "node:assert/strict";
import languagePb from "@pulumi/pulumi/proto/language_pb.js";
import fc from "fast-check";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import {
  optionsEnvironment,
  runtimeOptions,
  shellWords,
} from "../../../tools/language-host/options.ts";

function given(
  options: Record<string, boolean | string>,
): InstanceType<typeof languagePb.ProgramInfo> {
  return new languagePb.ProgramInfo().setOptions(structPb.Struct.fromJavaScript(options));
}

describe("the runtime's options", () => {
  it("are Pulumi's defaults when none are given", () => {
    const options = runtimeOptions(undefined);
    assert.deepEqual(options, { typescript: true, tsconfig: undefined, nodeargs: [] });
    assert.deepEqual(optionsEnvironment(options), { PULUMI_NODEJS_TYPESCRIPT: "true" });
  });

  it("reach the program's environment", () => {
    const options = runtimeOptions(given({ typescript: false, tsconfig: "a.json" }));
    assert.deepEqual(optionsEnvironment(options), { PULUMI_NODEJS_TSCONFIG_PATH: "a.json" });
  });

  it("of a wrong type are refused by name", () => {
    assert.throws(
      () => runtimeOptions(given({ typescript: "no" })),
      /typescript option must be a boolean/,
    );
    assert.throws(
      () => runtimeOptions(given({ nodeargs: true })),
      /nodeargs option must be a string/,
    );
  });

  it("split into words as a shell splits them", () => {
    assert.deepEqual(shellWords(`--a 'b c' "d \\"e" f\\ g h"i j"k`), [
      "--a",
      "b c",
      'd "e',
      "f g",
      "hi jk",
    ]);
    assert.deepEqual(shellWords("  "), []);
  });

  it("come back from any quoting", () => {
    const word = fc.string({ minLength: 1 });
    const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
    fc.assert(
      fc.property(fc.array(word), (words) => {
        assert.deepEqual(shellWords(words.map(quote).join(" ")), words);
      }),
    );
  });
});
