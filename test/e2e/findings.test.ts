/**
 * `pulumi preview --policy-pack`, Pulumi's own command: what each domain finds in each cloud, and what
 * the packs mend, of a program out of the rules' own examples.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { writePackConfig } from "../../automation/engine/pack-config.ts";
import { readSettings, settingsFile } from "../../automation/policy/rule-settings.ts";
import { shortUrn } from "../../model/policy/finding.ts";
import type { ExampleResource } from "../../model/policy/rule.ts";
import type { View } from "../../model/policy/view.ts";
import { cis } from "../../policy-packs/cis/definition.ts";
import { examplePlan } from "../../policy-packs/kit/example-plan.ts";
import { viewOf } from "../../policy-packs/kit/reader.ts";
import { nist80053 } from "../../policy-packs/nist-800-53/definition.ts";
import { zeroTrust } from "../../policy-packs/zero-trust/definition.ts";
import { EngineProject } from "../harness/engine-project.ts";
import {
  cellOf,
  cellsOfExamples,
  cloudCells,
  cloudsWithSafeRemedies,
  oneForEachCell,
  oneSafeForEachCloud,
  providers,
  type Violation,
} from "../harness/violations/choose.ts";

const minutes = 60_000;
const root = join(import.meta.dirname, "..", "..");
/** A pack as it lies in the checkout, with nothing installed beside the checkout's own packages. */
const withPack = (name: string) => ["--policy-pack", join(root, "policy-packs", name)];

describe("Pulumi's own preview of what breaks rules", function () {
  this.timeout(10 * minutes);

  const violations = oneForEachCell();
  const mendable = oneSafeForEachCloud();
  let project: EngineProject;
  before(async () => {
    project = await EngineProject.open("violations.js");
    plan([...violations, ...mendable].flatMap(({ resources }) => resources));
  });
  after(async () => {
    await project.close();
  });

  /** Writes the program's resources, each once. */
  const plan = (resources: readonly ExampleResource[]) => {
    const each = new Map(resources.map((one) => [`${one.type} ${one.name}`, one]));
    const text = JSON.stringify({ providers, resources: [...each.values()] });
    writeFileSync(join(project.dir, "violations.json"), text);
  };

  it("has an example of every domain in every provider that the local clouds take", () => {
    assert.deepEqual(violations.map(cellOf).sort(), cellsOfExamples());
    // Azure and its directory are one cloud, so there may be more providers than clouds.
    assert.deepEqual(
      cloudCells().filter((cell) => !cellsOfExamples().includes(cell)),
      [],
    );
    assert.equal(mendable.length, cloudsWithSafeRemedies().length);
    assert.ok(violations.length >= 19 && mendable.length >= 4);
  });

  for (const pack of [zeroTrust, cis, nist80053]) {
    it(`shows what ${pack.name} finds in each of them`, async () => {
      const { code, stdout, stderr } = await project.preview("1", ...withPack(pack.name));
      assert.equal(code, 1, stderr);
      assert.ok(stdout.includes(`${pack.name}@v${pack.version}`), stdout);
      const held = new Set(pack.rules.map(({ rule }) => rule.id));
      const expected = violations.filter(({ rule }) => held.has(rule.id));
      assert.ok(expected.length > 0);
      for (const violation of expected) {
        assert.ok(stdout.includes(findingLine(violation)), `${findingLine(violation)}\n${stdout}`);
      }
    });
  }

  it("judges by the levels and parameters that stacks/rules.json sets for the stack", async () => {
    const [lowered] = violations.filter(
      ({ rule, domain }) => rule.severity !== "critical" && domain === "network",
    );
    assert.ok(lowered);
    const set = {
      "*": { levels: { [lowered.rule.id]: "disabled" } },
      test: {
        levels: { [lowered.rule.id]: "advisory" },
        parameters: { X14: { regions: ["us-east-1"] } },
      },
    };
    const settings = readSettings(JSON.stringify(set), settingsFile, ["test"]);
    const exemptions = { stated: [], reviewed: [] };
    const file = join(project.dir, "pack-config.json");
    const [, folder = ""] = withPack("zero-trust");
    const [config = ""] = writePackConfig(file, [folder], "test", { exemptions, settings });
    const { stdout } = await project.preview(
      "1",
      ...["--policy-pack", folder, "--policy-pack-config", config],
    );
    const [subject] = lowered.resources;
    const line = stdout.split("\n").find((one) => one.includes(` ${lowered.rule.id}  (`));
    assert.match(line ?? stdout, /\[advisory\]/);
    assert.ok(line?.includes(subject.name), line);
    assert.match(stdout, /\[X14\] .*eu-central-1/);
  });

  describe("with safe remedies", () => {
    const mending = () => {
      const config = join(project.dir, "pack-config.json");
      writeFileSync(config, JSON.stringify({ "zero-trust": { remedies: ["safe"] } }));
      return [...withPack("zero-trust"), "--policy-pack-config", config];
    };

    it("plans what the rules mend in every cloud, and says so", async () => {
      const told = await project.preview("1", ...mending(), "--diff");
      const inputs = await plannedInputs(project, mending());
      for (const violation of mendable) {
        const [subject] = violation.resources;
        assert.ok(told.stdout.split("\n").some(isRemediationOf(subject)), told.stdout);
        assert.ok(!told.stdout.includes(findingLine(violation)));
        const planned = viewOf("", inputs.get(nameOf(subject)));
        for (const { path, value } of editsOf(violation)) {
          assert.deepEqual(
            plain(planned.at(...path)),
            value,
            `${nameOf(subject)} ${path.join(".")}`,
          );
        }
      }
    });

    it("mends nothing more of what it has mended", async () => {
      const inputs = await plannedInputs(project, mending());
      const mended = mendable.flatMap(({ resources }) =>
        resources.map((one) => ({ ...one, props: inputs.get(nameOf(one)) ?? {} })),
      );
      plan(mended as ExampleResource[]);
      const { stdout } = await project.preview("1", ...mending(), "--diff");
      assert.ok(
        mended.every(({ name }) => stdout.includes(name)),
        stdout,
      );
      assert.match(stdout, /zero-trust@v/);
      assert.ok(!stdout.includes("[remediate]"), stdout);
      for (const violation of mendable) assert.ok(!stdout.includes(findingLine(violation)));
      assert.deepEqual(
        await plannedInputs(project, mending()),
        new Map(mended.map((one) => [nameOf(one), one.props])),
      );
    });
  });
});

/** The beginning of the finding, as the engine prints it. */
function findingLine({ rule, resources: [subject] }: Violation): string {
  return `[${rule.id}] ${rule.sentence} · ${nameOf(subject)} · `;
}

function nameOf({ type, name }: Pick<ExampleResource, "type" | "name">): string {
  return `${type} ${name}`;
}

function isRemediationOf({ name }: ExampleResource) {
  return (line: string) => line.includes("[remediate]") && line.includes(`: ${name})`);
}

function editsOf({ rule, resources }: Violation) {
  const [subject] = examplePlan(resources).resources;
  const edits = subject === undefined ? [] : (rule.remedy?.edits(subject) ?? []);
  assert.ok(edits.length > 0, rule.id);
  return edits;
}

function plain(view: View): unknown {
  return view.plain();
}

/** Inputs in the plan by type and name, without what the engine's parties note for each other. */
async function plannedInputs(
  project: EngineProject,
  args: readonly string[],
): Promise<Map<string, Readonly<Record<string, unknown>>>> {
  const { stdout, stderr } = await project.preview("1", ...args, "--json");
  const { steps } = JSON.parse(stdout) as { steps: Step[] };
  assert.ok(steps.length > 0, stderr);
  const found = new Map<string, Readonly<Record<string, unknown>>>();
  for (const { urn, newState } of steps) {
    if (/::pulumi:(pulumi|providers):/.test(urn)) continue;
    found.set(shortUrn(urn), withoutNotes(newState.inputs) as Readonly<Record<string, unknown>>);
  }
  return found;
}

interface Step {
  readonly urn: string;
  readonly newState: { readonly inputs: Readonly<Record<string, unknown>> };
}

function withoutNotes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNotes);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !key.startsWith("__"));
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutNotes(item)]));
}
