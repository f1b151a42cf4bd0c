import assert from "node:assert/strict";
import * as proxy from "@pulumi/policy/proxy.js";
import { Undecided } from "../../../model/policy/view.ts";
import type { RawResource } from "../../../policy-packs/kit/plan.ts";
import { makePlan } from "../../../policy-packs/kit/plan.ts";

const { unknownStringValue: unknown } = proxy as unknown as { unknownStringValue: string };
const group = "aws:ec2/securityGroup:SecurityGroup";
const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

function resource(type: string, name: string, more: Partial<RawResource> = {}): RawResource {
  return { urn: `urn:${name}`, type, name, inputs: {}, ...more };
}

/** To which group the rule's `securityGroupId` leads in a plan with groups `a` and `b`. */
function followed(value: unknown, recorded: readonly string[]): string {
  const plan = makePlan([
    resource(group, "a", { outputs: { id: "sg-a" } }),
    resource(group, "b", { inputs: { name: "b-name" }, outputs: { id: "sg-b" } }),
    resource("aws:ec2/vpc:Vpc", "vpc", { outputs: { id: "vpc-1" } }),
    resource(rule, "rule", {
      inputs: { securityGroupId: value },
      propertyDependencies: { securityGroupId: recorded },
    }),
  ]);
  const [from] = plan.ofType(rule);
  assert.ok(from);
  const found = plan.follow(from.inputs.at("securityGroupId"), group);
  return found.state === "resource" ? found.resource.name : found.state;
}

describe("plan", () => {
  it("follows an unknown id by the dependency that the engine recorded", () => {
    assert.equal(followed(unknown, ["urn:a"]), "a");
    assert.equal(followed(unknown, ["urn:vpc", "urn:b"]), "b");
  });

  it("does not guess between several, or where nothing was recorded", () => {
    assert.throws(() => followed(unknown, ["urn:a", "urn:b"]), Undecided);
    assert.throws(() => followed(unknown, []), Undecided);
  });

  it("follows a known id by what resources are called, recorded or not", () => {
    assert.equal(followed("sg-b", []), "b");
    assert.equal(followed("SG-B", ["urn:a", "urn:b"]), "b");
    assert.equal(followed("b-name", ["urn:a", "urn:b"]), "b");
  });

  it("says where a reference leads out of the stack, or nowhere", () => {
    assert.equal(followed("sg-elsewhere", []), "outside");
    assert.equal(followed(undefined, []), "absent");
  });

  it("finds a bucket behind its ARN and behind a sink's destination", () => {
    for (const value of [
      "arn:aws:s3:::logs",
      "storage.googleapis.com/logs",
      "https://www.googleapis.com/storage/v1/logs",
    ]) {
      const plan = makePlan([
        resource("t", "logs", { outputs: { name: "logs" } }),
        resource("u", "user", { inputs: { to: value } }),
      ]);
      const [user] = plan.ofType("u");
      assert.ok(user);
      assert.equal(plan.follow(user.inputs.at("to"), "t").state, "resource", value);
    }
  });

  it("finds a storage account behind the part of it that a setting is about", () => {
    const plan = makePlan([
      resource("t", "data", { outputs: { id: "/s/storageAccounts/data" } }),
      resource("u", "user", { inputs: { to: "/s/storageAccounts/data/blobServices/default" } }),
    ]);
    const [user] = plan.ofType("u");
    assert.ok(user);
    assert.equal(plan.follow(user.inputs.at("to"), "t").state, "resource");
  });
});
