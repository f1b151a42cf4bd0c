/** Changes of properties as they are written on the command line. */
import assert from "node:assert/strict";
import { changeOf } from "../../automation/cli/commands/clouds/drift.ts";

describe("clouds drift", () => {
  const written: [string, { path: string; value?: unknown }][] = [
    ["a=1", { path: "a", value: 1 }],
    ["a=true", { path: "a", value: true }],
    ['a={"b":[1]}', { path: "a", value: { b: [1] } }],
    ["a=text", { path: "a", value: "text" }],
    ["a=10.0.0.0/16", { path: "a", value: "10.0.0.0/16" }],
    ["a=b=c", { path: "a", value: "b=c" }],
    ["a=", { path: "a", value: "" }],
    ["a=null", { path: "a", value: null }],
    ["a-", { path: "a" }],
    ["ingress[0].cidrBlocks[1]-", { path: "ingress[0].cidrBlocks[1]" }],
    ["a-=b", { path: "a-", value: "b" }],
    ['tags["a=b"]=c', { path: 'tags["a=b"]', value: "c" }],
    ["a=two\nlines", { path: "a", value: "two\nlines" }],
  ];
  for (const [text, change] of written) {
    it(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(changeOf(text), change));
  }

  for (const text of ["a", "-", "", "=b"]) {
    it(`refuses ${JSON.stringify(text)}, naming both forms`, () => {
      assert.throws(() => changeOf(text), /PATH=VALUE to set a property, PATH- to remove it/);
    });
  }
});
