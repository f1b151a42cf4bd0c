/** What no good program holds, through the SDK's server functions: judged or told, never thrown. */
import assert from "node:assert/strict";
import { partCharactersMax } from "../../model/policy/finding.ts";
import type { ExampleResource } from "../../model/policy/rule.ts";
import { zeroTrust } from "../../policy-packs/zero-trust/definition.ts";
import { judge } from "./analyzer.ts";

const policyType = "aws:iam/policy:Policy";
const bucketType = "aws:s3/bucket:Bucket";
/** Sentence, resource, path, witness and fix, and what joins them. */
const messageCharactersMax = 6 * partCharactersMax;

type Judgement = Awaited<ReturnType<typeof judge>>;

/** All verdicts are in, every message is one short line, and this is what a rule says. */
function saying(judgement: Judgement, rule: string): string[] {
  assert.ok(judgement.ended);
  for (const { message } of judgement.diagnostics) {
    assert.ok(message.length <= messageCharactersMax, `${message.length} characters`);
    assert.doesNotMatch(message, /\p{Cc}/u);
  }
  return judgement.diagnostics.filter((one) => one.rule === rule).map(({ message }) => message);
}

function policy(document: string): ExampleResource {
  return { type: policyType, name: "app", props: { policy: document } };
}

const everything = JSON.stringify({ Statement: { Effect: "Allow", Action: "*", Resource: "*" } });

const statements = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    Sid: `s${index}`,
    Effect: "Allow",
    Action: "s3:GetObject",
    Resource: `arn:aws:s3:::shop/${index}/*`,
  }));

describe("hard input", function () {
  this.timeout(60_000);

  for (const text of [
    "{",
    "",
    "7",
    "[]",
    '"text"',
    "null",
    '{"Statement":7}',
    `${"[".repeat(2000)}`,
  ]) {
    it(`a policy that is ${JSON.stringify(text.slice(0, 20))} is told not to be one`, async () => {
      const told = saying(await judge(zeroTrust, [policy(text)]), "AI19");
      assert.equal(told.length, 1);
      assert.match(told[0] ?? "", /cannot be decided now.*is not of the documented shape/);
    });
  }

  it("finds the one statement that lets everything, among a thousand", async () => {
    const all = [...statements(999), { Effect: "Allow", Action: "*", Resource: "*" }];
    const text = JSON.stringify({ Version: "2012-10-17", Statement: all }, null, 1);
    assert.ok(text.split("\n").length > 1000);
    const told = saying(await judge(zeroTrust, [policy(text)]), "AI19");
    assert.equal(told.length, 1);
    assert.match(told[0] ?? "", /Statement\[999\]/);
  });

  it("judges beside ten megabytes of text, and shows little of them", async () => {
    const megabytes = "x<b>`\n".repeat((10 * 1024 * 1024) / 6);
    const judgement = await judge(zeroTrust, [
      { type: bucketType, name: "logs", props: { tags: { note: megabytes }, acl: "public-read" } },
      policy(
        JSON.stringify({ Statement: [{ Effect: "Allow", Action: megabytes, Resource: "*" }] }),
      ),
      policy(megabytes),
      { ...policy(everything), name: megabytes },
    ]);
    assert.ok(
      saying(judgement, "AI19").some((message) => /not of the documented shape/.test(message)),
    );
    assert.ok(saying(judgement, "AI19").some((message) => message.includes("… · ")));
    assert.ok(judgement.diagnostics.some(({ urn }) => urn.endsWith("::logs")));
  });

  it("judges the rest beside a type of which nobody knows anything, and tells of that", async () => {
    const strange = { type: "aws:nowhere/thing:Thing", name: "strange", props: { open: true } };
    const broken = { type: "no type at all", name: "broken", props: {} };
    const bad = policy(everything);
    const stack = { type: "pulumi:pulumi:Stack", name: "shop-dev", props: {} };
    const provider = { type: "pulumi:providers:aws", name: "aws", props: {} };
    const judgement = await judge(zeroTrust, [
      ...[stack, provider, { ...strange, provider: "aws" }, { ...broken, provider: "aws" }, bad],
    ]);
    assert.equal(saying(judgement, "AI19").length, 1);
    const [told = ""] = saying(judgement, "X17");
    assert.match(told, /aws:nowhere\/thing:Thing/);
    assert.match(told, /no type at all/);
  });

  it("takes null for absent, at every depth", async () => {
    const rules = (props: ExampleResource["props"]) =>
      judge(zeroTrust, [{ type: bucketType, name: "logs", props }]).then((judgement) => {
        saying(judgement, "");
        return judgement.diagnostics.map(({ rule }) => rule).sort();
      });
    const absent = await rules({});
    assert.deepEqual(await rules({ versioning: null, website: null, logging: null }), absent);
    assert.deepEqual(await rules({ versioning: { enabled: null } }), absent);
  });

  it("writes names that hold markup, escapes or control characters on one line", async () => {
    const name = "a`|<img src=x>\u001b[31m\r\n::error::\u202e@all";
    const [told = ""] = saying(
      await judge(zeroTrust, [{ type: policyType, name, props: { policy: everything } }]),
      "AI19",
    );
    assert.doesNotMatch(told, /[\p{Cf}\n\r]/u);
    assert.match(told, /<img src=x>/);
  });
});
