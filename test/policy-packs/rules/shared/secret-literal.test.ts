/** Secrets are told from what only looks like one. No line here holds a whole secret of any form. */
import assert from "node:assert/strict";
import {
  isSecretName,
  secretIn,
  secretInScript,
  secretUnder,
} from "../../../../policy-packs/rules/shared/secret-literal.ts";

const letters = "aZ3kQ9xW7cV1bN5mL2pR8tY4uI6oE0sDfGhJ";
const forty = `${letters}KqW9`;

describe("a secret by its form", () => {
  const secrets: Record<string, string> = {
    "an access key of AWS": `AKIA${"ABCDEFGH23456723"}`,
    "a private key": `-----BEGIN RSA ${"PRIVATE KEY"}-----`,
    "a token of GitHub": `ghp_${letters}`,
    "a token of GitLab": `glpat-${letters.slice(0, 20)}`,
    "a token of Slack": `xoxb-${letters.slice(0, 12)}`,
    "a live key of Stripe": `sk_live_${letters.slice(0, 24)}`,
    "a key of Google's APIs": `AIza${letters.slice(0, 35)}`,
    "a key of SendGrid": `SG.${letters.slice(0, 22)}.${letters}`,
    "a token of npm": `npm_${letters}`,
    "a key of an Azure service": `DefaultEndpointsProtocol=https;AccountKey=${forty}${forty}==`,
    "a signed token": `eyJ${letters}.eyJ${letters}.${letters}`,
    "a password in an address": `postgres://app:${"s3cr"}et@db.internal:5432/shop`,
    "a secret key": forty,
  };
  for (const [says, text] of Object.entries(secrets)) {
    it(says, () => assert.equal(secretIn(`before ${text} after`), says));
  }

  const harmless: Record<string, string> = {
    "a commit": "3e000faa3109230b748e4418a13c11c9e59f5cfb",
    "a digest": `sha256:${"0123456789abcdef".repeat(4)}`,
    "an ARN": "arn:aws:secretsmanager:eu-central-1:111122223333:secret:prod/Database-AbCdEf",
    "a long path": "/Applications/Shop/Releases/Current1/bin1",
    "an address with a port": "https://shop.example:8443/orders?from=1",
    "an address with a variable": "postgres://app:$DB_PASSWORD@db:5432/shop",
    "an identifier": "7f1c2b9a-4a57-4c8e-9a55-3f0f6f6f1c2b",
    "a sentence": "The quick brown fox jumps over the lazy dog 42 times",
  };
  for (const [says, text] of Object.entries(harmless)) {
    it(`not ${says}`, () => assert.equal(secretIn(text), undefined));
  }
});

describe("a secret by its name", () => {
  for (const name of [
    "DB_PASSWORD",
    "dbPassword",
    "API_KEY",
    "apiKey",
    "JWT_SECRET",
    "AUTH_TOKEN",
  ]) {
    it(name, () => assert.ok(isSecretName(name)));
  }
  for (const name of [
    "DB_SECRET_ARN",
    "TOKEN_URL",
    "PASSWORD_LENGTH",
    "KEY",
    "COMPASS",
    "BYPASS",
  ]) {
    it(`not ${name}`, () => assert.ok(!isSecretName(name)));
  }

  it("holds a literal", () => {
    assert.equal(secretUnder("DB_PASSWORD", "hunter2"), "a password");
    assert.equal(secretUnder("AUTH_TOKEN", "k3yb0ardc4tsl33pstonight"), "a token or key");
  });
  const references = [
    "arn:aws:ssm:eu-central-1:111122223333:parameter/db",
    "/prod/db/password",
    "{{resolve:secretsmanager:db}}",
    "$DB_PASSWORD",
    "https://vault.example/v1/db",
    "",
  ];
  for (const value of references) {
    it(`points elsewhere: ${value}`, () => {
      assert.equal(secretUnder("DB_PASSWORD", value), undefined);
    });
  }
  it("is the name of a secret", () => {
    assert.equal(secretUnder("DB_SECRET", "orders-database"), undefined);
  });
});

describe("a script", () => {
  it("sets a password", () => {
    const script = "#!/bin/sh\nexport DB_PASSWORD='hunter2'\n";
    assert.equal(secretInScript(script), "a password in DB_PASSWORD");
  });
  const harmless = [
    'TOKEN=$(curl -X PUT "http://169.254.169.254/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 21600")',
    "export DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id db --query SecretString)",
    'curl -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/',
    "#cloud-config\nusers:\n  - name: app\n    lock_passwd: true\nssh_pwauth: false\n",
    "SECRET_ARN=arn:aws:secretsmanager:eu-central-1:111122223333:secret:db",
  ];
  for (const script of harmless) {
    it(`harmless: ${script.slice(0, 40)}`, () => assert.equal(secretInScript(script), undefined));
  }
});
