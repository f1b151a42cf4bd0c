import assert from "node:assert/strict";
import * as awsSdk from "@pulumi/aws";
import * as azureadSdk from "@pulumi/azuread";
import * as gcpSdk from "@pulumi/gcp";
import { describe, it } from "mocha";
import { workforceCondition } from "../../../components/identity/lower-organisation.ts";
import { OrganisationIdentity } from "../../../components/identity/organisation.ts";
import { evaluateCel } from "../../../model/identity/gcp/cel.ts";
import type { OrganisationIdentityIntent } from "../../../model/identity/organisation.ts";
import { checkOrganisationIdentity } from "../../../model/identity/organisation.ts";
import type { DeployOptions, Registered } from "../../harness/deploy.ts";
import { deploy, identities, ofType } from "../../harness/deploy.ts";

const intent: OrganisationIdentityIntent = {
  name: "test",
  workforce: "platform-engineers",
  sessionMinutes: 60,
  entraTenantId: "55555555-6666-7777-8888-999999999999",
  entraClientId: "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
  gcpOrganisationId: "987654321098",
};

const program = () => {
  const providers = [
    new awsSdk.Provider("aws", { region: "eu-central-1" }),
    new azureadSdk.Provider("entra", {}),
    new gcpSdk.Provider("gcp", { project: "bulkhead-test" }),
  ];
  new OrganisationIdentity("identity", { intent }, { providers });
};

const answering = (instances: readonly string[]): DeployOptions => ({
  outputs: ({ name }) => ({ arn: `arn:${name}`, objectId: "group-1", groupId: "group-2" }),
  call: () => ({
    arns: instances.map((one) => `arn:aws:sso:::instance/${one}`),
    identityStoreIds: instances.map((one) => `d-${one}`),
  }),
});

const ours = (resources: readonly Registered[]): readonly Registered[] =>
  resources.filter(({ type }) => !type.startsWith("pulumi:"));

describe("OrganisationIdentity", () => {
  it("registers the same resources whether ids are known or not", async () => {
    const known = ours(await deploy(program, answering(["1"])));
    const unknown = ours(await deploy(program, { ...answering(["1"]), preview: true }));
    assert.deepEqual(identities(unknown), identities(known));
    assert.equal(known.length, 6);
  });

  it("takes GitHub's tokens for STS only, and people's for an hour", async () => {
    const resources = await deploy(program, answering(["1"]));
    const [github] = ofType(resources, "aws:iam/openIdConnectProvider:OpenIdConnectProvider");
    assert.deepEqual(github?.inputs["clientIdLists"], ["sts.amazonaws.com"]);
    const [pool] = ofType(resources, "gcp:iam/workforcePool:WorkforcePool");
    assert.equal(pool?.inputs["sessionDuration"], "3600s");
    const [group] = ofType(resources, "aws:identitystore/group:Group");
    assert.equal(group?.inputs["identityStoreId"], "d-1");
    const [provider] = ofType(resources, "gcp:iam/workforcePoolProvider:WorkforcePoolProvider");
    assert.equal(
      provider?.inputs["attributeCondition"],
      workforceCondition(intent.entraTenantId, "group-1"),
    );
  });

  it("says what to do where Identity Center is off", async () => {
    await assert.rejects(deploy(program, answering([])), /Enable Identity Center/);
  });
});

describe("the workforce pool's condition", () => {
  const condition = workforceCondition("tenant", "group");
  const judge = (tid: string, groups: readonly string[]) =>
    evaluateCel(condition, {
      assertion: new Map<string, string | string[]>([
        ["tid", tid],
        ["groups", [...groups]],
      ]),
    });

  it("admits members of the group in the tenant and nobody else", () => {
    assert.deepEqual(judge("tenant", ["x", "group"]), { kind: "value", value: true });
    assert.deepEqual(judge("tenant", ["group2"]), { kind: "value", value: false });
    assert.deepEqual(judge("elsewhere", ["group"]), { kind: "value", value: false });
  });
});

describe("checking the organisation's identity intent", () => {
  it("accepts a good one and reports everything of a bad one", () => {
    assert.deepEqual(checkOrganisationIdentity(intent), []);
    const bad = { ...intent, name: "", entraTenantId: "x", sessionMinutes: 5 };
    assert.deepEqual(
      checkOrganisationIdentity(bad).map(({ place }) => place),
      ["name", "entraTenantId", "sessionMinutes"],
    );
  });
});
