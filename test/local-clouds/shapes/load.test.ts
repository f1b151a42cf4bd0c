/** Shapes by their tokens, in every spelling that stands for them. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { packages } from "../../../local-clouds/packages/index.ts";
import { shapeOf } from "../../../local-clouds/shapes/load.ts";
import { outputOf } from "../../../local-clouds/shapes/shape.ts";
import { entryOf } from "../../../local-clouds/types/package.ts";

const root = new URL("../../../local-clouds/shapes/", import.meta.url);

describe("shapes", () => {
  const same = {
    "azure-native:network:Subnet": "azure-native:network:Subnet",
    "azure-native:network/v20240101:Subnet": "azure-native:network:Subnet",
    "azure-native:network/v20150501preview:Subnet": "azure-native:network:Subnet",
    "azure-native:documentdb:DatabaseAccount": "azure-native:cosmosdb:DatabaseAccount",
    "azure-native:documentdb/v20230415:DatabaseAccount": "azure-native:cosmosdb:DatabaseAccount",
    "azure-native:insights:ActionGroup": "azure-native:monitor:ActionGroup",
    "aws:alb/loadBalancer:LoadBalancer": "aws:alb/loadBalancer:LoadBalancer",
    "aws:elasticloadbalancingv2/targetGroup:TargetGroup": "aws:lb/targetGroup:TargetGroup",
    "kubernetes:extensions/v1beta1:Deployment": "kubernetes:apps/v1:Deployment",
  };
  for (const [token, canonical] of Object.entries(same)) {
    it(`${token} is ${canonical}`, () => assert.equal(shapeOf(token)?.token, canonical));
  }

  it("knows no version that the SDK does not name, and no type that there is not", () => {
    for (const token of [
      "azure-native:network/v20991231:Subnet",
      "azure-native:documentdb/v19990101:DatabaseAccount",
      "azure-native:network:Nothing",
      "azure-native:nothing:Subnet",
      "aws:ec2/vpc:Vpd",
      "aws:../azure-native/network:Subnet",
      "aws:aliases:x",
      "../../package:x:y",
      "aws",
      "",
    ]) {
      assert.equal(shapeOf(token), undefined, token);
    }
  });

  it("lead from every spelling to the table's entry", () => {
    const cloud = packages.get("azure-native");
    assert.ok(cloud);
    const subnet = entryOf(cloud, "azure-native:network:Subnet");
    assert.ok(subnet);
    assert.equal(entryOf(cloud, "azure-native:network/v20240101:Subnet"), subnet);
    assert.equal(entryOf(cloud, "azure-native:network/v20991231:Subnet"), undefined);
  });

  it("say inputs, what is required, outputs and secrets", () => {
    const instance = shapeOf("aws:rds/instance:Instance");
    assert.ok(instance);
    assert.deepEqual(instance.inputs.required, ["instanceClass"]);
    assert.equal(instance.inputs.get("allocatedStorage")?.type.kind, "number");
    assert.equal(instance.inputs.get("endpoint"), undefined);
    assert.equal(outputOf(instance, "endpoint")?.kind, "string");
    assert.equal(outputOf(instance, "allocatedStorage")?.kind, "number");
    assert.deepEqual(instance.secretOutputs, ["password", "passwordWo"]);
    const set = shapeOf("aws:iam/role:Role")?.module.nested("RoleInlinePolicy").names();
    assert.deepEqual(set, ["name", "policy"]);
  });

  it("know the values of enumerations", () => {
    const rule = shapeOf("azure-native:network:SecurityRule");
    assert.deepEqual(rule?.inputs.get("access"), {
      type: { kind: "open", name: "SecurityRuleAccess" },
      required: true,
    });
    assert.deepEqual(rule?.module.values("SecurityRuleAccess"), ["Allow", "Deny"]);
  });

  it("are many, small files that name where they are from", () => {
    const counts: Record<string, number> = {};
    for (const name of packages.keys()) {
      for (const file of readdirSync(new URL(`${name}/`, root))) {
        const path = new URL(`${name}/${file}`, root);
        assert.ok(statSync(path).size < 1_000_000, `${name}/${file} is too large`);
        const parsed = JSON.parse(readFileSync(path, "utf8")) as Record<string, object | string>;
        const version = packages.get(name)?.version ?? "";
        assert.match(
          String(parsed["origin"]),
          new RegExp(`^npm @pulumi/${name} ${version}, Apache-2\\.0;`),
        );
        counts[name] = (counts[name] ?? 0) + Object.keys(parsed["resources"] ?? {}).length;
      }
    }
    const { kubernetes = 0, ...others } = counts;
    const sum = Object.values(others).reduce((total, count) => total + count, 0);
    assert.ok(sum >= 450, `only ${sum} types besides Kubernetes'`);
    assert.ok(kubernetes >= 60, `only ${kubernetes} kinds`);
    const notice = readFileSync(new URL("../../NOTICE", root), "utf8");
    for (const [name, { version }] of packages)
      assert.ok(notice.includes(`@pulumi/${name} ${version}, Apache-2.0`), name);
  });

  it("are read one module at a time, when one of its types is asked for", () => {
    const load = fileURLToPath(new URL("load.ts", root));
    const packageIndex = fileURLToPath(new URL("../packages/index.ts", root));
    const script =
      `import fs from "node:fs"; import { syncBuiltinESMExports } from "node:module";` +
      `const read = fs.readFileSync; const seen = [];` +
      `fs.readFileSync = (path, ...rest) => { if (String(path).includes("/local-clouds/shapes/") && ` +
      `String(path).endsWith(".json")) seen.push(String(path).replace(/.*local-clouds.shapes./, "")); return read(path, ...rest); };` +
      `syncBuiltinESMExports(); await import(${JSON.stringify(packageIndex)});` +
      `const before = seen.length; const { shapeOf } = await import(${JSON.stringify(load)});` +
      `shapeOf("aws:ec2/vpc:Vpc"); shapeOf("aws:ec2/subnet:Subnet");` +
      `process.stdout.write(JSON.stringify([before, seen]));`;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["--input-type=module", "--eval", script],
      { encoding: "utf8" },
    );
    assert.equal(stderr, "");
    assert.deepEqual(JSON.parse(stdout), [0, ["aws/ec2.json"]]);
  });
});
