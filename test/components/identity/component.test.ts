import assert from "node:assert/strict";
import * as awsSdk from "@pulumi/aws";
import * as azureSdk from "@pulumi/azure-native";
import * as gcpSdk from "@pulumi/gcp";
import { describe, it } from "mocha";
import { IdentityFederation } from "../../../components/identity/index.ts";
import type { Registered } from "../../harness/deploy.ts";
import { deploy, identities, ofType, unknownInput } from "../../harness/deploy.ts";
import { accounts, intent, organisation } from "./example.ts";

function program(): void {
  const aws = new awsSdk.Provider("aws", { region: "eu-central-1" });
  const azure = new azureSdk.Provider("azure", { subscriptionId: accounts.azure.subscriptionId });
  const gcp = new gcpSdk.Provider("gcp", { project: accounts.gcp.project });
  new IdentityFederation(
    "identity",
    { intent, organisation, accounts },
    { providers: [aws, azure, gcp] },
  );
}

const outputs = ({ type, name }: { type: string; name: string }): Record<string, unknown> => {
  const all: Record<string, Record<string, unknown>> = {
    "azure-native:resources:ResourceGroup": { name },
    "azure-native:managedidentity:UserAssignedIdentity": { name, principalId: `${name}-principal` },
  };
  return all[type] ?? { arn: `arn:${name}` };
};

const ours = (resources: readonly Registered[]): readonly Registered[] =>
  resources.filter(({ type }) => !type.startsWith("pulumi:"));

describe("IdentityFederation", () => {
  it("registers the same resources whether ids are known or not", async () => {
    const known = ours(await deploy(program, { outputs }));
    const unknown = ours(await deploy(program, { preview: true }));
    assert.deepEqual(identities(unknown), identities(known));
    assert.ok(known.length >= 30, `${known.length} resources`);
  });

  it("gives every child an explicit provider and the component as parent", async () => {
    const [component, ...children] = ours(await deploy(program, { outputs }));
    assert.equal(component?.type, "bulkhead:index:IdentityFederation");
    assert.deepEqual(component?.inputs, { intent });
    for (const child of children) {
      assert.match(child.provider, /::pulumi:providers:(aws|azure-native|gcp)::/, child.name);
      assert.match(child.parent, /IdentityFederation::identity$/, child.name);
      assert.match(child.name, /^identity-/);
    }
  });

  it("knows every trust at the first preview", async () => {
    const resources = await deploy(program, { preview: true });
    const trusts = [
      ...ofType(resources, "aws:iam/role:Role").map(({ inputs }) => inputs["assumeRolePolicy"]),
      ...ofType(resources, "azure-native:managedidentity:FederatedIdentityCredential").map(
        ({ inputs }) => inputs["subject"],
      ),
      ...ofType(resources, "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider").map(
        ({ inputs }) => inputs["attributeCondition"],
      ),
      ...ofType(resources, "gcp:projects/iAMMember:IAMMember").map(
        ({ inputs }) => inputs["member"],
      ),
    ];
    assert.equal(trusts.length, 2 + 3 + 1 + 10);
    assert.ok(!trusts.includes(unknownInput));
  });

  it("bounds every role, to an hour and to the environment's policy", async () => {
    const roles = ofType(await deploy(program, { outputs }), "aws:iam/role:Role");
    assert.equal(roles.length, 2);
    for (const { inputs } of roles) {
      assert.equal(inputs["maxSessionDuration"], 3600);
      assert.equal(inputs["permissionsBoundary"], "arn:identity-aws-boundary");
    }
  });

  it("writes the credentials of one Azure identity one after the other", async () => {
    const resources = await deploy(program, { outputs });
    const credentials = ofType(
      resources,
      "azure-native:managedidentity:FederatedIdentityCredential",
    );
    const second = credentials.find(({ name }) => name.endsWith("test-rollback"));
    assert.ok(second?.dependsOn.some((urn) => urn.endsWith("::identity-azure-deploy-github.test")));
  });

  it("refuses to fall back to a default provider", async () => {
    await assert.rejects(
      deploy(() => new IdentityFederation("identity", { intent, organisation, accounts })),
      /no provider of package aws/,
    );
  });
});
