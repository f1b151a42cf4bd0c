/** Every rule against its own examples, through the SDK's proxy and through its RPC functions. */
import assert from "node:assert/strict";
import * as policy from "@pulumi/policy";
import type { ParameterValues } from "../../model/policy/parameter.ts";
import type { Example, ExampleResource, Judge, Rule } from "../../model/policy/rule.ts";
import { severities, tenets, unknownHere } from "../../model/policy/rule.ts";
import { canonicalType } from "../../policy-packs/kit/canonical-type.ts";
import type { PackDefinition } from "../../policy-packs/kit/definition.ts";
import { exampleUrn } from "../../policy-packs/kit/example-plan.ts";
import { judgeSubject } from "../../policy-packs/kit/judge.ts";
import { makePlan } from "../../policy-packs/kit/plan.ts";
import { behindProxy } from "../../policy-packs/kit/unknown.ts";
import { rules } from "../../policy-packs/rules/index.ts";
import { judge, mend, withSentinels } from "./analyzer.ts";
import { isSecret, secret, secrets, withoutSecrets } from "./secrets.ts";

const { unknownCheckingProxy } = policy as unknown as {
  unknownCheckingProxy(value: unknown): unknown;
};

function packOf(rule: Rule, parameters: ParameterValues = {}): PackDefinition {
  return {
    name: "one-rule",
    version: "1.0.0",
    description: rule.sentence,
    rules: [{ rule, level: "mandatory" }],
    environments: {},
    otherwise: { unknown: "mandatory", parameters: { [rule.id]: parameters } },
  };
}

/** The verdict on the example's first resource, its inputs behind the SDK's own proxy. */
function throughProxy(
  rule: Rule,
  resources: readonly ExampleResource[],
  parameters?: ParameterValues,
) {
  const plan = makePlan(
    resources.map((resource) => ({
      urn: exampleUrn(resource),
      type: resource.type,
      name: resource.name,
      inputs: behindProxy(unknownCheckingProxy(withSentinels(resource.props))),
      ignoreChanges: resource.ignoreChanges ?? [],
      protect: resource.protect ?? false,
      additionalSecretOutputs: resource.additionalSecretOutputs ?? [],
      ...(resource.provider === undefined ? {} : { provider: urnOf(resource.provider, resources) }),
      ...(resource.parent === undefined ? {} : { parent: urnOf(resource.parent, resources) }),
      propertyDependencies: Object.fromEntries(
        Object.entries(resource.dependsOn ?? {}).map(([property, names]) => [
          property,
          names.map((name) => urnOf(name, resources)),
        ]),
      ),
    })),
  );
  const subject = plan.resources[0];
  assert.ok(subject);
  return judgeSubject(rule, subject, plan, parameters);
}

function urnOf(name: string, resources: readonly ExampleResource[]): string {
  const found = resources.find((resource) => resource.name === name);
  assert.ok(found, `the example has no resource ${name}`);
  return exampleUrn(found);
}

function checkEvidence(example: Example, verdict: ReturnType<typeof judgeSubject>): void {
  if (verdict.state === "fail") {
    const paths = verdict.findings.map((finding) => finding.path);
    if (example.path !== undefined) assert.ok(paths.includes(example.path), paths.join(", "));
    const witnesses = verdict.findings.map((finding) => finding.witness).join("\n");
    if (example.witness !== undefined) assert.ok(witnesses.includes(example.witness), witnesses);
    for (const finding of verdict.findings) assert.notEqual(finding.witness.trim(), "");
  }
  if (verdict.state === "unknown" && example.path !== undefined) {
    const paths = verdict.open.map((question) => question.path);
    assert.ok(paths.includes(example.path), paths.join(", "));
  }
}

function violating(rule: Rule): Example[] {
  return rule.examples.filter(({ kind }) => kind === "violating");
}

/** The check that finds something where this one finds nothing, and the reverse. */
function negated(check: Rule["check"]): Rule["check"] {
  return (subject, judge, plan) => {
    let found = false;
    let silent = false;
    const inner: Judge = {
      ...judge,
      fail: () => {
        found = true;
      },
      part: (body) =>
        judge.part(() => {
          try {
            body();
          } catch (error) {
            silent = true;
            throw error;
          }
        }),
      open: (at) => {
        silent = true;
        judge.open(at);
      },
      notApplicable: (reason) => {
        silent = true;
        judge.notApplicable(reason);
      },
    };
    check(subject, inner, plan);
    if (!found && !silent) judge.fail({ urn: subject.urn, path: "" }, "the opposite");
  };
}

/** Checks that read nothing. */
const constants: Readonly<Record<string, Rule["check"]>> = {
  fail: ({ urn }, judge) => judge.fail({ urn, path: "" }, "always"),
  pass: () => {},
  unknown: ({ urn }, judge) => judge.open({ urn, path: "" }),
  "not-applicable": (_subject, judge) => judge.notApplicable("always"),
};

/** Clean afterwards, nothing more to mend, and what was secret still is. */
async function checkRemedy(rule: Rule, example: Example): Promise<void> {
  const pack = {
    ...packOf(rule),
    otherwise: { unknown: "mandatory", remedies: [rule.id] },
  } as const;
  const [resource, ...others] = example.resources;
  const mended = await mend(pack, resource, example.resources);
  assert.ok(mended, "nothing was mended");
  const after = { ...resource, props: mended as ExampleResource["props"] };
  assert.notEqual(throughProxy(rule, [after, ...others]).state, "fail");
  assert.equal(await mend(pack, after, [after, ...others]), undefined);

  const hidden = { ...resource, props: { ...secrets(resource.props), note: secret("s3cret") } };
  const kept = await mend(pack, hidden, [hidden, ...others]);
  assert.deepEqual(withoutSecrets(kept), { ...mended, note: "s3cret" });
  assert.deepEqual(kept?.["note"], secret("s3cret"));
  for (const key of Object.keys(resource.props)) {
    if (key in mended) assert.ok(isSecret(kept?.[key]), `${key} was a secret`);
  }
}

/** Every place of `props` that holds something, each replaced by an unknown in a copy. */
function withOneUnknown(props: unknown): unknown[] {
  if (typeof props !== "object" || props === null) return [];
  const copies: unknown[] = [];
  for (const [key, value] of Object.entries(props)) {
    const replace = (by: unknown) => {
      const copy: Record<string, unknown> | unknown[] = Array.isArray(props)
        ? [...props]
        : { ...props };
      (copy as Record<string, unknown>)[key] = by;
      return copy;
    };
    copies.push(replace(unknownHere), ...withOneUnknown(value).map(replace));
  }
  return copies;
}

describe("rules", () => {
  it("have ids of their own, in order", () => {
    const ids = rules.map((rule) => rule.id);
    assert.deepEqual(ids, [...new Set(ids)].sort());
  });

  for (const rule of rules) {
    describe(rule.id, () => {
      it("says what it must", () => {
        assert.match(rule.sentence, /^[A-Z].*\.$/);
        assert.match(rule.why, /^[A-Z].*\.$/);
        assert.match(rule.fix, /^[A-Z].*\.$/);
        assert.ok(severities.includes(rule.severity));
        assert.ok(rule.tenets.length > 0 && rule.tenets.every((tenet) => tenet in tenets));
        assert.ok(rule.controls.length > 0);
        for (const control of rule.controls) assert.match(control, /^[A-Z]{2}-\d+(\(\d+\))?$/);
        for (const type of rule.subjects) assert.equal(canonicalType(type), type);
      });

      it("has violating, clean, unknown and absent examples", () => {
        const kinds = new Set(rule.examples.map((example) => example.kind));
        assert.deepEqual([...kinds].sort(), ["absent", "clean", "unknown", "violating"]);
      });

      for (const example of rule.examples) {
        it(`${example.kind}: ${example.says}`, async () => {
          const verdict = throughProxy(rule, example.resources, example.parameters);
          assert.equal(verdict.state, example.expect);
          checkEvidence(example, verdict);

          const judgement = await judge(packOf(rule, example.parameters), example.resources);
          const subject = exampleUrn(example.resources[0]);
          const ran = judgement.verdicts.filter((line) => line.resource === subject);
          assert.deepEqual(
            ran.map((line) => [line.rule, line.verdict]),
            [[rule.id, example.expect]],
          );
          assert.ok(judgement.ended);
          const told = judgement.diagnostics.filter((diagnostic) => diagnostic.rule === rule.id);
          const mustTell = example.expect === "fail" || example.expect === "unknown";
          assert.equal(told.length > 0, mustTell);
          if (example.expect === "fail") assert.ok(told[0]?.message.includes(rule.fix));
        });
      }

      it("is told from what says the same of everything", () => {
        for (const [name, check] of Object.entries(constants)) {
          const constant: Rule = { ...rule, check };
          const agrees = rule.examples.every(({ resources, expect, parameters }) => {
            return throughProxy(constant, resources, parameters).state === expect;
          });
          assert.ok(!agrees, `it always says ${name}`);
        }
      });

      it("is told from its opposite by the examples", () => {
        const opposite: Rule = { ...rule, check: negated(rule.check) };
        const decided = rule.examples.filter(({ expect }) => ["fail", "pass"].includes(expect));
        assert.ok(decided.length > 0);
        for (const { resources, expect, parameters } of decided) {
          assert.notEqual(throughProxy(opposite, resources, parameters).state, expect);
        }
      });

      if (rule.remedy !== undefined) {
        for (const example of violating(rule)) {
          it(`mends: ${example.says}`, () => checkRemedy(rule, example));
        }
      }

      it("never passes where one input of a violating example is not known", () => {
        let tried = 0;
        for (const example of violating(rule)) {
          for (const [index, resource] of example.resources.entries()) {
            for (const props of withOneUnknown(resource.props)) {
              const changed = { ...resource, props: props as ExampleResource["props"] };
              const verdict = throughProxy(
                rule,
                example.resources.with(index, changed),
                example.parameters,
              );
              assert.ok(
                verdict.state === "fail" || verdict.state === "unknown",
                `${example.says}: ${verdict.state} with ${resource.name} ${JSON.stringify(props)}`,
              );
              tried++;
            }
          }
        }
        assert.ok(tried > 0);
      });
    });
  }
});
