/** The generator on the installed packages, and its drift check. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packageFiles } from "../../../tools/shapes/package-files.ts";
import { Sdk } from "../../../tools/shapes/sdk.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

describe("shape generator", () => {
  it("writes the same text each time, what the tree holds", () => {
    const written = (file: string) =>
      readFileSync(join(root, "local-clouds", "shapes", "tls", file), "utf8");
    for (let time = 0; time < 2; time++) {
      const files = packageFiles(new Sdk(join(root, "node_modules"), "tls"));
      assert.deepEqual([...files.keys()], ["index.json"]);
      for (const [file, text] of files) assert.equal(text, written(file));
    }
  });

  it("refuses a token that the package does not have", () => {
    const sdk = new Sdk(join(root, "node_modules"), "tls");
    assert.throws(
      () => sdk.resource("tls:index/nothing:Nothing"),
      /no resource tls:index\/nothing/,
    );
  });

  it("reads secrets and aliases from the code", () => {
    const aws = new Sdk(join(root, "node_modules"), "aws");
    const role = aws.resource("aws:lb/targetGroup:TargetGroup");
    assert.deepEqual(role.aliases, ["aws:elasticloadbalancingv2/targetGroup:TargetGroup"]);
    const key = aws.resource("aws:iam/accessKey:AccessKey");
    assert.deepEqual(key.secretOutputs, ["secret", "sesSmtpPasswordV4"]);
  });

  describe("--check", () => {
    let copy: string;
    beforeEach(() => {
      copy = mkdtempSync(join(tmpdir(), "bulkhead-shapes-"));
      for (const folder of ["local-clouds", "model/base", "tools/shapes"]) {
        mkdirSync(join(copy, folder), { recursive: true });
        cpSync(join(root, folder), join(copy, folder), { recursive: true });
      }
      for (const file of ["NOTICE", "package.json", "tools/generated.ts"])
        cpSync(join(root, file), join(copy, file));
      symlinkSync(realpathSync(join(root, "node_modules")), join(copy, "node_modules"));
    });
    afterEach(() => rmSync(copy, { recursive: true }));

    it("names what differs and ends with 1; the generator mends it", function () {
      this.timeout(60_000);
      const shapes = join(copy, "local-clouds", "shapes");
      const changed = join(shapes, "tls", "index.json");
      writeFileSync(changed, readFileSync(changed, "utf8").replace("certPem", "certPam"));
      writeFileSync(join(shapes, "aws", "stale.json"), "{}");
      rmSync(join(shapes, "gcp", "kms.json"));
      const found = generate("--check");
      assert.equal(found.status, 1);
      const named = found.stderr.split("\n").filter((line) => line.startsWith("  "));
      assert.deepEqual(named.map((line) => line.trim()).sort(), [
        "local-clouds/shapes/aws/stale.json",
        "local-clouds/shapes/gcp/kms.json",
        "local-clouds/shapes/tls/index.json",
      ]);
      const mended = generate();
      assert.equal(mended.status, 0, mended.stderr);
      assert.match(mended.stdout, /3 changed/);
      assert.match(readFileSync(changed, "utf8"), /certPem/);
    });

    function generate(...args: string[]) {
      const main = join(copy, "tools", "shapes", "generate.ts");
      return spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });
    }
  });
});
