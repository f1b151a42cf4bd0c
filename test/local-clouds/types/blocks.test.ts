import assert from "node:assert/strict";
import { withSecrets, withWholeBlocks } from "../../../local-clouds/types/blocks.ts";
import type { TypeEntry } from "../../../local-clouds/types/type.ts";

function entryOf(token: string, unread: readonly string[] = []): TypeEntry {
  return { token, unread, id: () => "" };
}

const vpc = "aws:ec2/vpc:Vpc";

describe("outputs of the Terraform SDK", () => {
  it("have every property of the type, zero where nothing is set", () => {
    const outputs = withWholeBlocks(entryOf(vpc), { cidrBlock: "10.0.0.0/16" }, false);
    assert.equal(outputs["cidrBlock"], "10.0.0.0/16");
    assert.equal(outputs["ipv6CidrBlock"], "");
    assert.equal(outputs["enableDnsHostnames"], false);
    assert.equal(outputs["ipv6NetmaskLength"], 0);
    assert.deepEqual(outputs["tags"], {});
  });

  it("have null where the provider does not ask the service", () => {
    const entry = entryOf(vpc, ["ipv4IpamPoolId"]);
    assert.equal(withWholeBlocks(entry, {}, false)["ipv4IpamPoolId"], null);
    const given = withWholeBlocks(entry, { ipv4IpamPoolId: "ipam-pool-1" }, false);
    assert.equal(given["ipv4IpamPoolId"], "ipam-pool-1");
  });

  it("have null for write-only arguments, and no secret around it", () => {
    const token = "aws:secretsmanager/secretVersion:SecretVersion";
    const outputs = withSecrets(token, withWholeBlocks(entryOf(token), {}, false));
    assert.equal(outputs["secretStringWo"], null);
    assert.equal(outputs["secretStringWoVersion"], null);
  });

  it("have no block where an empty one was given", () => {
    const entry = entryOf("aws:ec2/launchTemplate:LaunchTemplate");
    assert.equal(withWholeBlocks(entry, { monitoring: {} }, false)["monitoring"], null);
    const given = withWholeBlocks(entry, { monitoring: { enabled: true } }, false);
    assert.deepEqual(given["monitoring"], { enabled: true });
  });

  it("are left open at preview", () => {
    assert.deepEqual(withWholeBlocks(entryOf(vpc), {}, true), {});
  });
});
