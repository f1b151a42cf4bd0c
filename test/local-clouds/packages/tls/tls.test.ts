/** The tls provider's keys and certificates, judged by OpenSSL and OpenSSH. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Lab, type Made, openLab, unknown } from "../../kit/lab.ts";

const keyToken = "tls:index/privateKey:PrivateKey";
const selfToken = "tls:index/selfSignedCert:SelfSignedCert";
const requestToken = "tls:index/certRequest:CertRequest";
const localToken = "tls:index/locallySignedCert:LocallySignedCert";
const authorityUses = ["cert_signing", "crl_signing", "digital_signature"];

describe("tls", () => {
  let lab: Lab;
  let folder: string;
  beforeEach(() => {
    lab = openLab("tls");
    // OpenSSL judges by the real time.
    lab.time.nowMs = Date.now();
    folder = mkdtempSync(join(tmpdir(), "bulkhead-tls-"));
  });
  afterEach(() => {
    lab.close();
    rmSync(folder, { recursive: true });
  });

  for (const [algorithm, more] of [
    ["RSA", {}],
    ["ECDSA", { ecdsaCurve: "P256" }],
    ["ECDSA", { ecdsaCurve: "P384" }],
    ["ECDSA", { ecdsaCurve: "P521" }],
    ["ED25519", {}],
  ] as const) {
    it(`makes a ${algorithm} key ${Object.values(more).join("")} that OpenSSL and OpenSSH read`, async () => {
      const key = await lab.createLater(keyToken, "key", { algorithm, ...more });
      const pem = file("key.pem", text(key, "privateKeyPem"));
      const shown = execFileSync("openssl", ["pkey", "-in", pem, "-pubout"], { encoding: "utf8" });
      assert.equal(shown, text(key, "publicKeyPem"));
      assert.match(text(key, "privateKeyPemPkcs8"), /^-----BEGIN PRIVATE KEY-----/);
      const ssh = file("key", text(key, "privateKeyOpenssh"), 0o600);
      const line = execFileSync("ssh-keygen", ["-y", "-f", ssh], { encoding: "utf8" });
      assert.equal(line.trim(), text(key, "publicKeyOpenssh").trim());
      const finger = (hash: string) =>
        execFileSync("ssh-keygen", ["-l", "-E", hash, "-f", ssh], { encoding: "utf8" });
      assert.ok(finger("sha256").includes(` ${text(key, "publicKeyFingerprintSha256")} `));
      assert.ok(finger("md5").includes(`MD5:${text(key, "publicKeyFingerprintMd5")} `));
      assert.match(key.id, /^[0-9a-f]{40}$/);
    });
  }

  it("uses the older PEM forms where there are any, and P224 unless told otherwise", async () => {
    const rsa = await lab.createLater(keyToken, "rsa", { algorithm: "RSA" });
    assert.match(text(rsa, "privateKeyPem"), /^-----BEGIN RSA PRIVATE KEY-----/);
    assert.equal(
      createPrivateKey(text(rsa, "privateKeyPem")).asymmetricKeyDetails?.modulusLength,
      2048,
    );
    const ec = await lab.createLater(keyToken, "ec", { algorithm: "ECDSA" });
    assert.match(text(ec, "privateKeyPem"), /^-----BEGIN EC PRIVATE KEY-----/);
    assert.equal(
      createPrivateKey(text(ec, "privateKeyPem")).asymmetricKeyDetails?.namedCurve,
      "secp224r1",
    );
    assert.equal(ec.outputs["publicKeyOpenssh"], "");
  });

  it("leaves keys unknown at preview and does not draw them anew at an update", async () => {
    const planned = lab.preview(keyToken, "key", { algorithm: "RSA" });
    assert.equal(planned["privateKeyPem"], undefined);
    assert.equal(planned["rsaBits"], 2048);
    assert.equal(
      lab.preview(selfToken, "cert", {
        allowedUses: [],
        validityPeriodHours: 1,
        privateKeyPem: unknown,
      })["certPem"],
      undefined,
    );
    const key = await lab.createLater(keyToken, "key", { algorithm: "RSA" });
    assert.deepEqual(lab.read(keyToken, key.id)?.outputs, key.outputs);
    assert.deepEqual(lab.diff(key, { algorithm: "RSA" }).changed, []);
    assert.deepEqual(lab.diff(key, { algorithm: "RSA", rsaBits: 4096 }).replaces, ["rsaBits"]);
  });

  for (const algorithm of ["RSA", "ECDSA", "ED25519"]) {
    it(`builds a chain of ${algorithm} authorities that openssl verify accepts`, async () => {
      const root = await authority(algorithm);
      const middle = await signed("middle", algorithm, root, {
        isCaCertificate: true,
        maxPathLength: 0,
        allowedUses: authorityUses,
      });
      const leaf = await signed("leaf", algorithm, middle, {
        allowedUses: ["digital_signature", "key_encipherment", "server_auth", "client_auth"],
      });
      const chain = ["verify", "-x509_strict", "-CAfile", file("root.pem", root.pem)];
      const untrusted = ["-untrusted", file("middle.pem", middle.pem)];
      const leafFile = file("leaf.pem", leaf.pem);
      const verdict = execFileSync("openssl", [
        ...chain,
        ...untrusted,
        "-purpose",
        "sslserver",
        leafFile,
      ]);
      assert.match(verdict.toString(), /leaf\.pem: OK/);
      assert.throws(() => execFileSync("openssl", [...chain, leafFile], { stdio: "pipe" }));
      const shown = execFileSync("openssl", ["x509", "-in", leafFile, "-noout", "-text"], {
        encoding: "utf8",
      });
      assert.match(
        shown,
        /DNS:leaf\.example, IP Address:10\.0\.0\.1, URI:spiffe:\/\/cluster\.local\/ns\/a\/sa\/leaf/,
      );
      assert.match(shown, /CA:FALSE/);
      assert.match(shown, /TLS Web Server Authentication, TLS Web Client Authentication/);
      const middleText = execFileSync(
        "openssl",
        ["x509", "-in", file("m.pem", middle.pem), "-noout", "-text"],
        { encoding: "utf8" },
      );
      assert.match(middleText, /CA:TRUE, pathlen:0/);
      assert.match(middleText, /Certificate Sign, CRL Sign/);
      assert.equal(new X509Certificate(leaf.pem).subject, "O=Bulkhead\nCN=leaf");
      assert.equal(BigInt(leaf.made.id), BigInt(`0x${new X509Certificate(leaf.pem).serialNumber}`));
      assert.equal(hours(leaf.made), 24);
    });
  }

  it("refuses an authority's key that is not the certificate's", async () => {
    const root = await authority("ECDSA");
    const other = await lab.createLater(keyToken, "other", {
      algorithm: "ECDSA",
      ecdsaCurve: "P256",
    });
    await assert.rejects(
      signed("leaf", "ECDSA", { ...root, key: text(other, "privateKeyPem") }, { allowedUses: [] }),
      /doesn't match parent's PublicKey/,
    );
  });

  it("demands a new certificate once the early renewal period has begun", async () => {
    const root = await authority("ECDSA");
    const terms = { allowedUses: authorityUses, validityPeriodHours: 240, privateKeyPem: root.key };
    const long = await lab.createLater(selfToken, "long", {
      ...terms,
      validityPeriodHours: 24 * 365 * 50,
    });
    assert.deepEqual(lab.diff(long, { ...terms, validityPeriodHours: 24 * 365 * 50 }).replaces, []);
    const due = await lab.createLater(selfToken, "due", { ...terms, earlyRenewalHours: 240 });
    assert.equal(due.outputs["readyForRenewal"], true);
    const early = await lab.createLater(selfToken, "early", { ...terms, earlyRenewalHours: 2 });
    assert.equal(early.outputs["readyForRenewal"], false);
    lab.time.nowMs += 237 * 3_600_000;
    assert.deepEqual(lab.diff(early, { ...terms, earlyRenewalHours: 2 }).replaces, []);
    lab.time.nowMs += 2 * 3_600_000;
    assert.deepEqual(lab.diff(early, { ...terms, earlyRenewalHours: 2 }).replaces, [
      "readyForRenewal",
    ]);
  });

  it("names wrong inputs", () => {
    const faults = lab.checkFailures(selfToken, "cert", {
      allowedUses: ["cert_signing", "certSigning"],
      validityPeriodHours: 1,
      maxPathLength: 1,
      privateKeyPem: "nonsense",
    });
    assert.deepEqual(
      faults.map(({ property }) => property),
      ["allowedUses", "maxPathLength", "privateKeyPem"],
    );
    assert.equal(
      lab.checkFailures(keyToken, "key", { algorithm: "DSA" })[0]?.property,
      "algorithm",
    );
  });

  interface Authority {
    readonly key: string;
    readonly pem: string;
    readonly made: Made;
  }

  async function authority(algorithm: string): Promise<Authority> {
    const key = text(
      await lab.createLater(keyToken, "root", { algorithm, ecdsaCurve: "P256" }),
      "privateKeyPem",
    );
    const made = await lab.createLater(selfToken, "root", {
      privateKeyPem: key,
      subject: { commonName: "root", organization: "Bulkhead" },
      isCaCertificate: true,
      allowedUses: authorityUses,
      validityPeriodHours: 240,
    });
    return { key, pem: text(made, "certPem"), made };
  }

  async function signed(
    name: string,
    algorithm: string,
    by: Authority,
    more: object,
  ): Promise<Authority> {
    const key = text(
      await lab.createLater(keyToken, name, { algorithm, ecdsaCurve: "P384" }),
      "privateKeyPem",
    );
    const request = await lab.createLater(requestToken, name, {
      privateKeyPem: key,
      subject: { commonName: name, organization: "Bulkhead" },
      dnsNames: [`${name}.example`],
      ipAddresses: ["10.0.0.1"],
      uris: [`spiffe://cluster.local/ns/a/sa/${name}`],
    });
    const made = await lab.createLater(localToken, name, {
      certRequestPem: text(request, "certRequestPem"),
      caCertPem: by.pem,
      caPrivateKeyPem: by.key,
      validityPeriodHours: 24,
      ...more,
    });
    return { key, pem: text(made, "certPem"), made };
  }

  function file(name: string, content: string, mode = 0o644): string {
    const path = join(folder, name);
    writeFileSync(path, content, { mode });
    return path;
  }
});

function text(made: Made, key: string): string {
  const value = made.outputs[key];
  assert.equal(typeof value, "string", `${key} is no text`);
  return String(value);
}

function hours(made: Made): number {
  return (
    (Date.parse(text(made, "validityEndTime")) - Date.parse(text(made, "validityStartTime"))) /
    3_600_000
  );
}
