/** What counts as marked, and that a rule for marked data alone makes no type one that is looked at. */
import assert from "node:assert/strict";
import type { Json } from "../../../../model/policy/view.ts";
import { judgeSubject } from "../../../../policy-packs/kit/judge.ts";
import { makePlan } from "../../../../policy-packs/kit/plan.ts";
import { AD30 } from "../../../../policy-packs/rules/data/AD30.ts";
import { GD30 } from "../../../../policy-packs/rules/data/GD30.ts";
import { rules } from "../../../../policy-packs/rules/index.ts";
import { asksOfMarked } from "../../../../policy-packs/rules/shared/sensitive-data.ts";

const queue = "aws:sqs/queue:Queue";
const job = "gcp:dataflow/job:Job";

/** The verdict on a resource without a key, made by a provider with these inputs. */
function stateOf(type: string, inputs: Json, provider: Json = {}, parameters = {}): string {
  const [cloud = ""] = type.split(":");
  const made = { urn: "urn:one", type, name: "one", inputs, provider: "urn:maker" };
  const maker = { urn: "urn:maker", type: `pulumi:providers:${cloud}`, name: "maker" };
  const plan = makePlan([made, { ...maker, inputs: provider }]);
  const [subject] = plan.resources;
  assert.ok(subject);
  return judgeSubject(cloud === "gcp" ? GD30 : AD30, subject, plan, parameters).state;
}

describe("data that is marked as sensitive", () => {
  const marked: Record<string, string> = {
    "data-classification": "confidential",
    DataClassification: "Restricted",
    "acme:data_classification": "no",
    DATA_SENSITIVITY: "Highly Confidential",
  };
  for (const [name, value] of Object.entries(marked)) {
    const expected = value === "no" ? "not-applicable" : "fail";
    it(`${name}=${value}: ${expected}`, () => {
      assert.equal(stateOf(queue, { tags: { owner: "shop", [name]: value } }), expected);
    });
  }

  it("is marked by labels in Google Cloud, where tags are something else", () => {
    assert.equal(stateOf(job, { labels: { data_classification: "restricted" } }), "fail");
    assert.equal(stateOf(job, { tags: ["restricted"] }), "not-applicable");
  });

  it("is marked by what its provider puts on everything, also as the engine hands it over", () => {
    const tags = { "data-classification": "restricted" };
    assert.equal(stateOf(queue, {}, { defaultTags: { tags } }), "fail");
    assert.equal(stateOf(queue, {}, { defaultTags: JSON.stringify({ tags }) }), "fail");
    assert.equal(stateOf(job, {}, { defaultLabels: JSON.stringify(tags) }), "fail");
    assert.equal(stateOf(queue, {}, {}), "not-applicable");
  });

  it("is what a person says it is", () => {
    const tags = { "data-classification": "confidential", level: "Tier 3" };
    const own = { tags: ["level"], values: ["tier-3"] };
    assert.equal(stateOf(queue, { tags: { level: "Tier 3" } }), "not-applicable");
    assert.equal(stateOf(queue, { tags }, {}, own), "fail");
    assert.equal(stateOf(queue, {}, {}, { all: true }), "fail");
  });

  it("makes no type one that a rule looks at", () => {
    const kendra = "aws:kendra/index:Index";
    const about = rules.filter(({ subjects }) => subjects.includes(kendra));
    assert.ok(about.length > 0 && about.every(asksOfMarked));
    const x17 = rules.find(({ id }) => id === "X17");
    const raws = ["pulumi:pulumi:Stack", kendra, queue].map((type, index) => ({
      urn: `urn:${index}`,
      type,
      name: "one",
      inputs: {},
      provider: index === 0 ? "" : "urn:maker",
    }));
    const plan = makePlan(raws);
    const [stack] = plan.resources;
    assert.ok(x17 && stack);
    const verdict = judgeSubject(x17, stack, plan);
    assert.ok(verdict.state === "fail");
    const told = verdict.findings.map(({ witness }) => witness);
    assert.deepEqual(told, [`no rule has read ${kendra} (1)`]);
  });
});
