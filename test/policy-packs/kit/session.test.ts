import assert from "node:assert/strict";
import { textList } from "../../../model/policy/parameter.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { PackDefinition } from "../../../policy-packs/kit/definition.ts";
import type { Violation } from "../../../policy-packs/kit/session.ts";
import { Session } from "../../../policy-packs/kit/session.ts";
import type { VerdictLine } from "../../../policy-packs/kit/verdict-log.ts";
import { X13 } from "../../../policy-packs/rules/stack/X13.ts";
import { withSentinels } from "../analyzer.ts";

const head = {
  why: "Why.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7"],
  fix: "Mend it.",
  subjects: ["t:m:T"],
  needs: "resource",
  examples: [],
} as const;

const loud: Rule = {
  ...head,
  id: "R1",
  sentence: "No door is open.",
  check: (subject, judge) => {
    const door = subject.inputs.at("door");
    if (door.text() === "open") judge.fail(door, "anybody\nwalks in");
  },
};
const quiet: Rule = { ...loud, id: "R2", sentence: "No window is open." };
const broken: Rule = {
  ...head,
  id: "R3",
  sentence: "A rule with a defect.",
  check: () => {
    throw new TypeError("defect");
  },
};

function run(
  rules: readonly Rule[],
  door: unknown,
  config: Record<string, unknown> = {},
  stack = "dev",
) {
  const violations: Violation[] = [];
  const lines: Omit<VerdictLine, "kind" | "run">[] = [];
  const definition: PackDefinition = {
    name: "pack",
    version: "1.0.0",
    description: "A pack",
    rules: rules.map((rule) => ({ rule, level: "mandatory" })),
    environments: { prod: { unknown: "mandatory" } },
    otherwise: { unknown: "advisory" },
  };
  const session = new Session(definition, {
    log: {
      start: () => {},
      verdict: (line) => lines.push(line),
      mended: () => {},
      network: () => {},
      flush: () => {},
      end: () => {},
    },
    now: () => Date.parse("2026-03-01T12:00:00Z"),
    phase: () => "preview",
  });
  const raw = {
    urn: `urn:pulumi:${stack}::p::t:m:T::hall`,
    type: "t:m:T",
    name: "hall",
    inputs: withSentinels({ door }),
  };
  session.judgeResource(raw, config, (violation) => violations.push(violation));
  const planned = {
    ...raw,
    inputs: {},
    propertyDependencies: { door: ["urn:pulumi:dev::p::t:m:U::key"] },
  };
  session.judgePlan([planned], (violation) => violations.push(violation));
  return { violations, lines };
}

const exemption = {
  rule: "R1",
  urn: "urn:pulumi:dev::p::t:m:T::hall",
  reason: "the painters",
  owner: "ada",
  ticket: "T-1",
  expires: "2026-03-20",
};

describe("session", () => {
  it("tells rule, resource, path, witness and fix in one line", () => {
    const { violations } = run([loud], "open");
    assert.deepEqual(violations, [
      {
        name: "R1",
        description: "No door is open.",
        message:
          "[R1] No door is open. · t:m:T hall · door · witness: anybody walks in · fix: Mend it.",
        urn: "urn:pulumi:dev::p::t:m:T::hall",
        enforcementLevel: "mandatory",
        severity: "high",
      },
    ]);
  });

  it("leaves an unknown to the end, where the engine has said what it waits for", () => {
    const { violations, lines } = run([loud], unknownHere);
    assert.equal(violations.length, 1);
    assert.match(violations[0]?.message ?? "", /door waits for t:m:U key/);
    assert.equal(violations[0]?.enforcementLevel, "advisory");
    assert.deepEqual(
      lines.map(({ verdict }) => verdict),
      ["unknown"],
    );
    assert.deepEqual(lines[0]?.open?.[0]?.waitsFor, ["urn:pulumi:dev::p::t:m:U::key"]);
  });

  it("blocks on an unknown where the environment says so, but never beyond the rule's level", () => {
    assert.equal(run([loud], unknownHere, {}, "prod").violations[0]?.enforcementLevel, "mandatory");
    const mild = { levels: { R1: "advisory" } };
    assert.equal(
      run([loud], unknownHere, mild, "prod").violations[0]?.enforcementLevel,
      "advisory",
    );
  });

  it("writes passes down, and says nothing about them", () => {
    const { violations, lines } = run([loud, quiet], "shut");
    assert.deepEqual(violations, []);
    assert.deepEqual(
      lines.map(({ rule, verdict }) => [rule, verdict]),
      [
        ["R1", "pass"],
        ["R2", "pass"],
      ],
    );
  });

  it("lets an exemption cover its own rule's finding and no other", () => {
    const { violations, lines } = run([loud, quiet], "open", { exemptions: [exemption] });
    assert.deepEqual(
      violations.map(({ name }) => name),
      ["R2"],
    );
    assert.deepEqual(
      lines.map(({ verdict, findings }) => [verdict, findings?.[0]?.exemption?.owner]),
      [
        ["fail", exemption.owner],
        ["fail", undefined],
      ],
    );
  });

  it("takes exemptions of critical rules from the base branch alone", () => {
    const critical: Rule = { ...loud, severity: "critical" };
    const told = (config: Record<string, unknown>) => run([critical], "open", config).violations;
    assert.equal(told({ exemptions: [exemption] }).length, 1);
    assert.equal(told({ exemptions: [exemption], reviewedExemptions: [] }).length, 1);
    assert.equal(told({ exemptions: [], reviewedExemptions: [exemption] }).length, 0);
    assert.equal(run([loud], "open", { reviewedExemptions: [exemption] }).violations.length, 1);
  });

  it("makes an expired exemption a finding beside the one it no longer covers", () => {
    const expired = { ...exemption, expires: "2026-02-28" };
    const { violations, lines } = run([loud, X13], "open", { exemptions: [expired] });
    assert.deepEqual(
      lines.map(({ rule, findings }) => [rule, findings?.[0]?.exemption]),
      [
        ["R1", undefined],
        ["X13", undefined],
      ],
    );
    assert.deepEqual(
      violations.map(({ name }) => name),
      ["R1", "X13"],
    );
  });

  it("judges the exemptions themselves by a rule that no exemption covers", () => {
    const late = { ...exemption, expires: "2026-02-28" };
    const excuse = { ...exemption, rule: "X13", urn: late.urn };
    const config = { exemptions: [late, excuse], reviewedExemptions: [excuse] };
    const { violations } = run([quiet, X13], "shut", config);
    assert.deepEqual(
      violations.map(({ name, message }) => [name, message.includes("ended on 2026-02-28")]),
      [["X13", true]],
    );
  });

  it("tells a rule what its parameters are set to", () => {
    const rule: Rule = {
      ...loud,
      parameters: { open: textList("words for open", "a list of words") },
      check: (subject, judge) => {
        const door = subject.inputs.at("door");
        const words = judge.parameter("open") as readonly string[];
        if (words.includes(door.text() ?? "")) judge.fail(door, "anybody walks in");
      },
    };
    assert.deepEqual(run([rule], "ajar").violations, []);
    assert.equal(
      run([rule], "ajar", { parameters: { R1: { open: ["ajar"] } } }).violations.length,
      1,
    );
  });

  it("does not run a disabled rule", () => {
    const { lines } = run([loud], "open", { levels: { R1: "disabled" } });
    assert.deepEqual(lines, []);
  });

  it("fails closed on a defect of a rule, naming rule and resource", () => {
    assert.throws(() => run([broken], "shut"), /rule R3 failed at urn:pulumi:dev::p::t:m:T::hall/);
  });
});
