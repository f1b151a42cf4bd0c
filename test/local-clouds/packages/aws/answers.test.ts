/** What the AWS provider answers around a type's own properties, as its recordings show. */

import assert from "node:assert/strict";
import { packages } from "../../../../local-clouds/packages/index.ts";
import { Secret } from "../../../../local-clouds/protocol/value.ts";
import { openLab, unknown } from "../../kit/lab.ts";
import { openAws, region } from "./fixtures.ts";

const queue = "aws:sqs/queue:Queue";
const framework = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

describe("answers of the AWS provider", () => {
  it("put the region and all tags into inputs", () => {
    const lab = openAws();
    const inputs = lab.check(queue, "q", { tags: { team: "a" } });
    assert.equal(inputs["region"], region);
    assert.deepEqual(inputs["tagsAll"], { team: "a" });
    assert.equal(lab.check(queue, "q", { region: "us-east-1" })["region"], "us-east-1");
    assert.equal(lab.check(queue, "q", { region: null })["region"], region);
    assert.deepEqual(lab.check(queue, "q", {})["tagsAll"], {});
    lab.close();
  });

  it("know no region where a type has none", () => {
    const lab = openAws();
    const user = lab.check("aws:iam/user:User", "u", {});
    assert.ok(!("region" in user));
    assert.deepEqual(user["tagsAll"], {});
    lab.close();
  });

  it("mix the provider's default tags in, and leave out what it ignores", () => {
    const lab = openLab("aws", {
      region,
      defaultTags: { tags: { team: "all", owner: "us" } },
      ignoreTags: { keys: ["owner"], keyPrefixes: ["aws-"] },
    });
    const inputs = lab.check(queue, "q", { tags: { team: "a", "aws-made": "x" } });
    assert.deepEqual(inputs["tagsAll"], { team: "a" });
    assert.deepEqual(inputs["tags"], { team: "a", "aws-made": "x" });
    lab.close();
  });

  it("keep tags unknown, or secret, as they are given", () => {
    const lab = openAws();
    const open = lab.check(queue, "q", { tags: { team: unknown } });
    assert.equal(open["tagsAll"], unknown);
    const secret = lab.check(queue, "q", { tags: new Secret({ team: "a" }) });
    assert.deepEqual(secret["tagsAll"], new Secret({ team: "a" }));
    lab.close();
  });

  it("note no defaults for types of the plugin framework", () => {
    const lab = openAws();
    assert.ok("__defaults" in lab.check(queue, "q", {}));
    const rule = lab.check(framework, "r", {
      securityGroupId: "sg-1",
      ipProtocol: "-1",
      cidrIpv4: "10.0.0.0/8",
    });
    assert.ok(!("__defaults" in rule));
    assert.ok(!("tagsAll" in rule));
    lab.close();
  });

  it("mark what the schema calls sensitive", () => {
    const lab = openAws();
    const made = lab.create("aws:secretsmanager/secret:Secret", "s", {});
    const version = lab.create("aws:secretsmanager/secretVersion:SecretVersion", "v", {
      secretId: made.id,
      secretString: "hidden",
    });
    assert.deepEqual(version.outputs["secretString"], new Secret("hidden"));
    lab.close();
  });

  it("give blocks as a whole, with zeros for what is not set", () => {
    const lab = openAws();
    const made = lab.create("aws:dynamodb/table:Table", "t", {
      hashKey: "k",
      attributes: [{ name: "k", type: "S" }],
      billingMode: "PAY_PER_REQUEST",
    });
    assert.deepEqual(made.outputs["ttl"], { attributeName: "", enabled: false });
    lab.close();
  });

  it("give a text where the schema says text, and the inputs as they were given", () => {
    const lab = openAws();
    const made = lab.create("aws:ecs/taskDefinition:TaskDefinition", "t", {
      family: "web",
      cpu: 256 as never,
      memory: "512",
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      containerDefinitions: JSON.stringify([{ name: "web", image: "nginx" }]),
    });
    assert.equal(made.outputs["cpu"], "256");
    assert.equal(made.inputs["cpu"], 256);
    lab.close();
  });

  it("fill in no default beside an input that conflicts with it", () => {
    const lab = openAws();
    const rule = "aws:ec2/securityGroupRule:SecurityGroupRule";
    const ports = { type: "ingress", protocol: "tcp", fromPort: 80, toPort: 80 };
    const open = { ...ports, securityGroupId: unknown };
    assert.ok(!("self" in lab.check(rule, "r", { ...open, cidrBlocks: ["10.0.0.0/8"] })));
    assert.equal(lab.check(rule, "r", open)["self"], false);
    lab.close();
  });

  it("judge no input of a Diff by itself, unlike Kubernetes", () => {
    assert.equal(packages.get("aws")?.profile.answers.inputDiff, false);
    assert.equal(packages.get("gcp")?.profile.answers.inputDiff, false);
    assert.equal(packages.get("azure-native")?.profile.answers.inputDiff, false);
    assert.equal(packages.get("kubernetes")?.profile.answers.inputDiff, true);
  });
});
