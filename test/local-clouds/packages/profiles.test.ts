/** How each package reads its configuration, its tokens and its ids. */

import assert from "node:assert/strict";
import { packages } from "../../../local-clouds/packages/index.ts";
import type { JsonObject } from "../../../local-clouds/protocol/value.ts";
import { entryOf } from "../../../local-clouds/types/package.ts";
import type { Profile } from "../../../local-clouds/types/profile.ts";

function profileOf(name: string): Profile {
  const cloud = packages.get(name);
  assert.ok(cloud);
  return cloud.profile;
}

function account(name: string, config: JsonObject): string {
  return profileOf(name).scope(config).account;
}

describe("profiles", () => {
  it("say which provider takes secrets", () => {
    const takes = [...packages.values()].filter(({ profile }) => profile.answers.acceptsSecrets);
    assert.deepEqual(
      takes.map(({ profile }) => profile.name),
      ["kubernetes"],
    );
  });

  it("say what a Diff tells beside the changes", () => {
    const tells = (token: string) => {
      const cloud = packages.get(token.slice(0, token.indexOf(":")));
      const entry = cloud === undefined ? undefined : entryOf(cloud, token);
      assert.ok(cloud !== undefined && entry !== undefined, token);
      return cloud.profile.bookkeeping.tells(entry);
    };
    const bridged = { stables: true, detailsOfNothing: true };
    assert.deepEqual(tells("aws:ec2/vpc:Vpc"), bridged);
    assert.deepEqual(tells("gcp:compute/network:Network"), bridged);
    const framework = { stables: false, detailsOfNothing: false };
    assert.deepEqual(tells("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"), framework);
    assert.deepEqual(tells("random:index/randomPet:RandomPet"), framework);
    assert.deepEqual(tells("azure-native:network:Subnet"), framework);
    assert.deepEqual(tells("kubernetes:core/v1:ConfigMap"), {
      stables: false,
      detailsOfNothing: true,
    });
  });

  it("azure-native creates first what it named at random", () => {
    const { deletesFirst } = profileOf("azure-native").bookkeeping;
    const entry = { token: "azure-native:network:VirtualNetwork", id: () => "" };
    assert.equal(deletesFirst(entry, { __createBeforeDelete: true }, {}), false);
    assert.equal(deletesFirst(entry, {}, { __createBeforeDelete: true }), true);
  });

  it("carry the installed packages' versions", () => {
    for (const [name, cloud] of packages) assert.match(cloud.version, /^\d+\.\d+\.\d+$/, name);
  });

  it("tell accounts by role, by list, by key", () => {
    const role = { roleArn: "arn:aws:iam::111122223333:role/deploy" };
    assert.equal(account("aws", { assumeRoles: JSON.stringify([role]) }), "111122223333");
    assert.equal(account("aws", { assumeRoles: [role] }), "111122223333");
    assert.equal(account("aws", { allowedAccountIds: ["444455556666"] }), "444455556666");
    assert.match(account("aws", { accessKey: "A" }), /^\d{12}$/);
    assert.notEqual(account("aws", { accessKey: "A" }), account("aws", { accessKey: "B" }));
    assert.equal(account("aws", {}), account("aws", { region: "eu-west-1" }));
    assert.equal(account("gcp", { project: "p" }), "p");
    assert.equal(account("azure-native", { subscriptionId: "s" }), "s");
    assert.equal(account("azuread", { tenantId: "t" }), "t");
  });

  it("let inputs say more than the provider", () => {
    const gcp = profileOf("gcp");
    const scope = gcp.scope({ project: "p", region: "r" });
    assert.deepEqual(gcp.locate(scope, { project: "projects/q", location: "l" }), {
      account: "q",
      region: "l",
    });
    assert.deepEqual(gcp.locate(scope, {}), { account: "p", region: "r" });
    assert.equal(gcp.accountIn?.("projects/q/global/networks/n"), "q");
    const azure = profileOf("azure-native");
    assert.equal(azure.accountIn?.("/subscriptions/S1/resourceGroups/g"), "S1");
  });

  it("hold two spellings of one thing equal", () => {
    const gcp = profileOf("gcp").fold;
    for (const link of [
      "https://www.googleapis.com/compute/v1/projects/p/global/networks/n",
      "https://compute.googleapis.com/compute/v1/projects/p/global/networks/n",
      "//compute.googleapis.com/projects/p/global/networks/n",
    ]) {
      assert.equal(gcp(link), "projects/p/global/networks/n", link);
    }
    const azure = profileOf("azure-native");
    assert.equal(
      azure.fold("/subscriptions/S/resourceGroups/G"),
      azure.fold("/SUBSCRIPTIONS/s/resourcegroups/g"),
    );
    assert.equal(
      azure.canonical("azure-native:network/v20240101:Subnet"),
      "azure-native:network:Subnet",
    );
  });

  it("word refusals as the providers do", () => {
    const error = { code: "X.NotFound", says: "gone" };
    assert.match(
      profileOf("aws").frame("creating", "aws:ec2/vpc:Vpc", error),
      /creating ec2.*api error X\.NotFound: gone/,
    );
    assert.match(
      profileOf("azure-native").frame("creating", "t", error),
      /Code="X\.NotFound" Message="gone"/,
    );
    assert.match(
      profileOf("gcp").frame("deleting", "gcp:a/b:Cat", error),
      /Error deleting Cat: googleapi: Error X\.NotFound: gone/,
    );
  });

  it("have entries for Kubernetes' kinds without a table", () => {
    const kubernetes = packages.get("kubernetes");
    assert.ok(kubernetes);
    assert.equal(
      entryOf(kubernetes, "kubernetes:apps/v1:Deployment")?.token,
      "kubernetes:apps/v1:Deployment",
    );
    assert.equal(entryOf(kubernetes, "kubernetes:apps/v1:Nonsense"), undefined);
  });
});
