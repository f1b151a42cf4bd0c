/** Which rules the packs hold, and what each environment makes of their findings. */
import assert from "node:assert/strict";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { Example } from "../../model/policy/rule.ts";
import { cis } from "../../policy-packs/cis/definition.ts";
import type { PackDefinition } from "../../policy-packs/kit/definition.ts";
import { nist80053 } from "../../policy-packs/nist-800-53/definition.ts";
import { rules } from "../../policy-packs/rules/index.ts";
import { zeroTrust } from "../../policy-packs/zero-trust/definition.ts";
import { judge } from "./analyzer.ts";

const { ADVISORY, MANDATORY } = analyzer.EnforcementLevel;

/** A rule that is in all packs. */
const benchmarked = cis.rules.find(({ rule }) => rule.frameworks !== undefined)?.rule;

/** Levels at which the pack tells what the rule says of its example of a kind. */
async function levelsOf(pack: PackDefinition, kind: Example["kind"], stack: string) {
  const example = benchmarked?.examples.find((one) => one.kind === kind);
  assert.ok(example);
  const { diagnostics } = await judge(pack, example.resources, { stack });
  const told = diagnostics.filter(({ rule }) => rule === benchmarked?.id);
  return [...new Set(told.map(({ level }) => level))];
}

describe("packs", () => {
  const ids = (pack: PackDefinition) => pack.rules.map(({ rule }) => rule.id);

  it("hold every rule, those of a CIS benchmark, and those that name controls", () => {
    const all = rules.map(({ id }) => id);
    assert.deepEqual(ids(zeroTrust), all);
    assert.deepEqual(ids(nist80053), all);
    const checking = rules.filter(({ frameworks = [] }) =>
      frameworks.some(({ framework }) => framework.startsWith("cis-")),
    );
    assert.ok(checking.length > 10);
    assert.deepEqual(ids(cis), [...checking.map(({ id }) => id), "X13"].sort());
  });

  it("only tell where even a pack that blocks only tells", () => {
    const told = zeroTrust.rules.filter(({ level }) => level === "advisory");
    assert.deepEqual(
      told.map(({ rule }) => rule.id),
      rules.filter(({ level }) => level === "advisory").map(({ id }) => id),
    );
    assert.ok(told.length > 0);
  });

  for (const pack of [zeroTrust, cis, nist80053]) {
    it(`${pack.name} tells in dev, blocks elsewhere, and in prod by what is not known as well`, async () => {
      const levelsIn = async (stack: string) => [
        await levelsOf(pack, "violating", stack),
        await levelsOf(pack, "unknown", stack),
      ];
      assert.deepEqual(await levelsIn("dev"), [[ADVISORY], [ADVISORY]]);
      assert.deepEqual(await levelsIn("prod"), [[MANDATORY], [MANDATORY]]);
      assert.deepEqual(await levelsIn("local"), [[MANDATORY], [ADVISORY]]);
    });
  }
});
