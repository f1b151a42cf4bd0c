import assert from "node:assert/strict";
import { engineEnvironment } from "../../../automation/engine/environment.ts";
import { foldersOf } from "../../../automation/engine/folders.ts";

describe("the engine's environment", () => {
  const folders = foldersOf("/checkout");
  const from = {
    PATH: "/usr/bin",
    HOME: "/home/ada",
    LC_ALL: "C",
    AWS_SECRET_ACCESS_KEY: "secret",
    PULUMI_ACCESS_TOKEN: "secret",
    DATABASE_URL: "secret",
    PULUMI_CONFIG_PASSPHRASE: "mine",
  };

  it("gives nothing secret to a stack in the local clouds", () => {
    const env = engineEnvironment(from, {
      local: true,
      folders,
      binDir: "/engine",
      attach: "aws:1",
    });
    assert.ok(!Object.values(env).includes("secret"));
    assert.equal(env["PULUMI_CONFIG_PASSPHRASE"], "local");
    assert.equal(env["PULUMI_BACKEND_URL"], "file:///checkout/.bulkhead/state?metadata=skip");
    assert.equal(env["PULUMI_DEBUG_PROVIDERS"], "aws:1");
    assert.equal(env["LC_ALL"], "C");
  });

  it("passes logins on to a stack in real accounts, and still nothing else", () => {
    const env = engineEnvironment(from, { local: false, folders, binDir: "/engine" });
    assert.equal(env["AWS_SECRET_ACCESS_KEY"], "secret");
    assert.equal(env["PULUMI_CONFIG_PASSPHRASE"], "mine");
    assert.equal(env["DATABASE_URL"], undefined);
    assert.equal(env["PULUMI_BACKEND_URL"], undefined);
    assert.equal(env["PULUMI_DEBUG_PROVIDERS"], undefined);
  });

  it("finds the engine's own folder first on PATH", () => {
    const env = engineEnvironment(from, { local: true, folders, binDir: "/engine" });
    assert.ok(env["PATH"]?.startsWith("/engine:"));
    assert.ok(env["PATH"]?.endsWith(":/usr/bin"));
  });

  it("keeps an attachment of the caller's away from local stacks", () => {
    const with_ = { ...from, PULUMI_DEBUG_PROVIDERS: "aws:666" };
    const env = engineEnvironment(with_, { local: true, folders, binDir: "/engine" });
    assert.equal(env["PULUMI_DEBUG_PROVIDERS"], undefined);
  });
});
