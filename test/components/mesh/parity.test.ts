import assert from "node:assert/strict";
import * as kubernetes from "@pulumi/kubernetes";
import * as tls from "@pulumi/tls";
import { ServiceMesh } from "../../../components/mesh/index.ts";
import { ProblemError } from "../../../model/base/problem.ts";
import type { MeshIntent } from "../../../model/mesh/intent.ts";
import type { Registered } from "../../harness/deploy.ts";
import { deploy, identities, named, ofType, unknownInput } from "../../harness/deploy.ts";
import { sample } from "../../model/mesh/sample.ts";

const pem = (name: string) => `-----BEGIN ${name}-----`;
const outputs = ({ type, name }: { type: string; name: string }) =>
  type.startsWith("tls:")
    ? {
        privateKeyPem: pem(`key ${name}`),
        certPem: pem(name),
        certRequestPem: pem(`request ${name}`),
      }
    : {};

function mesh(
  intent: MeshIntent = sample,
  names = intent.clusters.map(({ name }) => name),
): ServiceMesh {
  return new ServiceMesh(
    "mesh",
    {
      intent,
      clusters: names.map((name) => ({
        name,
        provider: new kubernetes.Provider(`${name}-cluster`),
      })),
    },
    { providers: [new tls.Provider("tls")] },
  );
}

const children = (resources: readonly Registered[]) =>
  resources.filter(({ type }) => !type.startsWith("pulumi:"));

describe("components/mesh ServiceMesh", () => {
  let updated: readonly Registered[];

  before(async () => {
    updated = await deploy(() => mesh(), { outputs });
  });

  it("registers the same resources whether ids are known or not", async () => {
    const previewed = await deploy(() => mesh(), { preview: true });
    assert.ok(children(updated).length > 90, `only ${updated.length}`);
    assert.deepEqual(identities(previewed), identities(updated));
  });

  it("gives every resource the explicit provider of its cluster", () => {
    for (const { custom, type, name, provider } of children(updated)) {
      if (!custom) continue;
      const expected = type.startsWith("tls:") ? "::tls::" : `::${name.split("-")[1]}-cluster::`;
      assert.ok(provider.includes(expected), `${name}: ${provider}`);
    }
  });

  it("shows packs the intent it was given", () => {
    assert.deepEqual(named(updated, "mesh").inputs.intent, JSON.parse(JSON.stringify(sample)));
  });

  it("signs each cluster's authority with the shared root", () => {
    const signed = ofType(updated, "tls:index/locallySignedCert:LocallySignedCert");
    assert.equal(signed.length, 2);
    for (const { inputs, name } of signed) {
      assert.equal(inputs.caCertPem, pem("mesh-root"));
      assert.equal(inputs.certRequestPem, pem(`request ${name}-request`));
      assert.deepEqual(inputs.allowedUses, ["cert_signing", "crl_signing", "digital_signature"]);
      assert.equal(inputs.maxPathLength, 0);
    }
  });

  it("hands istiod key and chain as secrets, before it starts", () => {
    const secret = named(updated, "mesh-aws-cacerts");
    const { secret: data } = secret.inputs.stringData as { secret: Record<string, string> };
    assert.deepEqual(data, {
      "ca-cert.pem": pem("mesh-aws-authority"),
      "ca-key.pem": pem("key mesh-aws-authority-key"),
      "cert-chain.pem": `${pem("mesh-aws-authority")}\n${pem("mesh-root")}\n`,
      "root-cert.pem": pem("mesh-root"),
    });
    const istiod = named(updated, "mesh-aws-istiod");
    assert.ok(istiod.dependsOn.some((urn) => urn.endsWith("::mesh-aws-cacerts")));
  });

  it("knows no key at preview", async () => {
    const previewed = await deploy(() => mesh(), { preview: true });
    const { stringData } = named(previewed, "mesh-aws-cacerts").inputs;
    assert.ok(JSON.stringify(stringData).includes(unknownInput));
  });

  it("makes Istio's objects only after its definitions and webhook", () => {
    const objects = updated.filter(({ type }) => type.includes("istio.io/"));
    assert.ok(objects.length > 20);
    for (const { name, dependsOn } of objects) {
      const cluster = name.split("-")[1];
      for (const release of ["istio-base", "istiod"]) {
        assert.ok(
          dependsOn.some((urn) => urn.endsWith(`::mesh-${cluster}-${release}`)),
          name,
        );
      }
    }
  });

  it("starts no pod before the cluster's NetworkPolicies stand", () => {
    const istiod = named(updated, "mesh-gcp-istiod");
    const filters = updated.filter(
      ({ type, name }) => type.endsWith(":NetworkPolicy") && name.startsWith("mesh-gcp-"),
    );
    assert.ok(filters.length >= 20, String(filters.length));
    for (const { name } of filters) {
      assert.ok(
        istiod.dependsOn.some((urn) => urn.endsWith(`::${name}`)),
        name,
      );
    }
  });

  it("refuses a bad intent and wrong clusters, all problems at once", async () => {
    const bad: MeshIntent = {
      ...sample,
      calls: [{ from: "shop/front", to: "shop/crat", because: "" }],
    };
    await assert.rejects(
      deploy(() => mesh(bad, ["aws", "elsewhere"]), { outputs }),
      (error: unknown) => {
        assert.ok(error instanceof ProblemError);
        assert.deepEqual(error.problems.map(({ code, place }) => `${code} ${place}`).sort(), [
          "flow-nowhere calls[0].to",
          "input-missing calls[0].because",
          "input-unknown clusters",
          "provider-missing clusters",
        ]);
        return true;
      },
    );
  });

  it("refuses to run without an explicit tls provider", async () => {
    const program = () =>
      new ServiceMesh("mesh", {
        intent: sample,
        clusters: sample.clusters.map(({ name }) => ({
          name,
          provider: new kubernetes.Provider(`${name}-cluster`),
        })),
      });
    await assert.rejects(deploy(program, { outputs }), /no provider of package tls/);
  });
});
