import assert from "node:assert/strict";
import * as aws from "@pulumi/aws/index.js";
import * as azure from "@pulumi/azure-native/index.js";
import * as gcp from "@pulumi/gcp/index.js";
import type { NetworkArgs } from "../../../components/network/args.ts";
import { Network } from "../../../components/network/index.ts";
import { Segmentation } from "../../../components/segmentation/index.ts";
import { ProblemError } from "../../../model/base/problem.ts";
import type { NetworkIntent } from "../../../model/network/intent.ts";
import { marksOfDescription, marksOfTags } from "../../../model/network/marks.ts";
import { usualOutputs } from "../../harness/cloud-outputs.ts";
import type { DeployOptions, Registered } from "../../harness/deploy.ts";
import { deploy, identities, named, ofType, unknownInput } from "../../harness/deploy.ts";
import { matchesGolden } from "../../harness/golden.ts";
import { guardedClouds, threeClouds } from "../../harness/intents.ts";

async function segmentation(
  options: DeployOptions = {},
  more: Partial<NetworkArgs> = {},
  intent: NetworkIntent = threeClouds,
): Promise<readonly Registered[]> {
  const special: Record<string, Record<string, unknown>> = {
    "aws:ec2/vpc:Vpc": { ipv6CidrBlock: "2600:1f18:aaaa:bb00::/56" },
    "gcp:compute/network:Network": { project: "shop", name: "net-1" },
  };
  const outputs = (resource: Parameters<typeof usualOutputs>[0] & { type: string }) => ({
    ...usualOutputs(resource),
    ...special[resource.type],
  });
  const all = await deploy(
    () => {
      const providers = [
        new aws.Provider("aws", {}),
        new azure.Provider("azure", {}),
        new gcp.Provider("gcp", {}),
      ];
      const { places } = new Network("network", { intent, ...more }, { providers });
      new Segmentation("segmentation", { intent, places }, { providers });
    },
    { outputs, ...options },
  );
  return all.filter(({ name }) => name.startsWith("segmentation"));
}

describe("segmentation component", () => {
  it("registers the same resources whether ids are known or not", async () => {
    const known = identities(await segmentation());
    const unknown = identities(await segmentation({ preview: true }));
    assert.ok(known.length > 50, `only ${known.length} resources`);
    assert.deepEqual(unknown, known);
    matchesGolden("segmentation/identities", known);
  });

  it("sets every property as its golden file says", async () => {
    const children = (await segmentation()).filter(({ custom }) => custom);
    matchesGolden(
      "segmentation/inputs",
      Object.fromEntries(children.map(({ name, inputs }) => [name, inputs])),
    );
  });

  it("gives every child an explicit provider", async () => {
    const children = (await segmentation()).filter(({ custom }) => custom);
    assert.ok(children.length > 50);
    assert.deepEqual(
      children.filter(({ provider }) => provider === ""),
      [],
    );
  });

  it("names the other AWS segment by its group, apart from the group itself", async () => {
    const resources = await segmentation();
    const rule = named(resources, "segmentation-aws-web_to_app_tcp-8080_ingress");
    assert.equal(rule.inputs.securityGroupId, "segmentation-aws-app-id");
    assert.equal(rule.inputs.referencedSecurityGroupId, "segmentation-aws-web-id");
    assert.equal(rule.inputs.description, "pages ask the business logic");
    for (const { inputs } of ofType(resources, "aws:ec2/securityGroup:SecurityGroup")) {
      assert.equal(inputs.ingress ?? inputs.egress, undefined);
      assert.equal(marksOfTags(inputs.tags as Record<string, unknown>)?.place, "aws");
    }
  });

  it("writes Azure's rules into the group of their segment", async () => {
    const resources = await segmentation();
    const rule = named(resources, "segmentation-azure-app_to_data_tcp-5432_inbound");
    assert.equal(rule.inputs.networkSecurityGroupName, "network-azure-data-nsg-name");
    const carried = (segment: string) => [{ id: `segmentation-azure-${segment}-asg-id` }];
    assert.deepEqual(rule.inputs.sourceApplicationSecurityGroups, carried("app"));
    assert.deepEqual(rule.inputs.destinationApplicationSecurityGroups, carried("data"));
    assert.equal(rule.inputs.destinationPortRange, "5432");
    // Pods carry nothing, so their segment is known by its addresses.
    const pods = named(resources, "segmentation-azure-cluster_to_cluster_any_inbound6");
    assert.deepEqual(pods.inputs.sourceAddressPrefixes, ["fd17:1:1:3::/64"]);
  });

  it("closes Azure groups that existed before", async () => {
    const bySegment = (suffix: string) =>
      Object.fromEntries(threeClouds.segments.map(({ name }) => [name, `${name}-${suffix}`]));
    const resources = await segmentation(
      {},
      {
        existing: {
          azure: {
            cloud: "azure",
            resourceGroupName: "group",
            vnetId: "id",
            vnetName: "vnet",
            subnetIds: bySegment("subnet"),
            nsgNames: bySegment("nsg"),
          },
        },
      },
    );
    const denies = ofType(resources, "azure-native:network:SecurityRule").filter(
      ({ inputs }) => inputs.access === "Deny",
    );
    assert.equal(denies.length, threeClouds.segments.length * 2);
    assert.ok(denies.every(({ inputs }) => inputs.resourceGroupName === "group"));
  });

  it("binds GCP's rules to secure tags and attaches the policy when it is complete", async () => {
    const resources = await segmentation();
    const rule = named(resources, "segmentation-gcp-web_to_app_tcp-8080_ingress");
    assert.deepEqual(rule.inputs.targetSecureTags, [{ name: "segmentation-gcp-app-id" }]);
    assert.deepEqual((rule.inputs.match as Record<string, unknown>).srcSecureTags, [
      { name: "segmentation-gcp-web-id" },
    ]);
    const rules = ofType(
      resources,
      "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule",
    );
    assert.ok(rules.length > 10 && rules.every(({ inputs }) => inputs.enableLogging === true));
    const association = named(resources, "segmentation-gcp-attached");
    for (const { name } of rules) {
      assert.ok(
        association.dependsOn.some((urn) => urn.endsWith(`::${name}`)),
        name,
      );
    }
    const key = named(resources, "segmentation-gcp-segment");
    assert.deepEqual(key.inputs.purposeData, { network: "shop/net-1" });
    const value = named(resources, "segmentation-gcp-data");
    assert.deepEqual(marksOfDescription(value.inputs.description as string), {
      place: "gcp",
      segment: "data",
    });
  });

  it("knows ranges, ports and marks at preview, and only ids not", async () => {
    const resources = await segmentation({ preview: true });
    const rule = named(resources, "segmentation-gcp-app_to_data_tcp-5432_egress6");
    assert.deepEqual((rule.inputs.match as Record<string, unknown>).destIpRanges, [
      "fd20:18:1:2::/64",
    ]);
    assert.deepEqual(rule.inputs.targetSecureTags, [{ name: unknownInput }]);
  });

  it("refuses places of another cloud or none", async () => {
    const run = deploy(() => {
      const providers = [new aws.Provider("aws", {})];
      new Segmentation("segmentation", { intent: threeClouds, places: {} }, { providers });
    });
    await assert.rejects(run, (error) => {
      assert.ok(error instanceof ProblemError);
      assert.deepEqual(
        error.problems.map(({ place }) => place),
        ["places.aws", "places.azure", "places.gcp"],
      );
      return true;
    });
  });

  describe("with rules of subnets and guardrails", () => {
    const optional =
      /:(NetworkAcl\w*|NetworkManager|NetworkGroup|StaticMember|SecurityAdmin\w*|AdminRule\w*|Commit)$/;
    const only = async (options: DeployOptions = {}) =>
      (await segmentation(options, {}, guardedClouds)).filter(({ type }) => optional.test(type));

    it("registers them as their golden file says, whether ids are known or not", async () => {
      const known = await only();
      assert.deepEqual(identities(await only({ preview: true })), identities(known));
      matchesGolden(
        "segmentation/optional-inputs",
        Object.fromEntries(known.map(({ name, inputs }) => [name, inputs])),
      );
    });

    it("registers none of them where nobody asks", async () => {
      assert.deepEqual(
        (await segmentation()).filter(({ type }) => optional.test(type)),
        [],
      );
    });

    it("puts a subnet under its ACL, and deploys admin rules, when they are complete", async () => {
      const all = await only();
      const waits = (name: string) =>
        named(all, name).dependsOn.map((urn) => urn.slice(urn.lastIndexOf("::") + 2));
      const entries = ofType(all, "aws:ec2/networkAclRule:NetworkAclRule");
      const ofApp = entries.filter(({ name }) => name.startsWith("segmentation-aws-app-acl-"));
      assert.ok(ofApp.length > 8);
      for (const zone of [0, 1]) {
        const association = `segmentation-aws-app-acl-${zone}`;
        for (const { name } of ofApp) assert.ok(waits(association).includes(name), name);
        const { inputs } = named(all, association);
        assert.equal(inputs.subnetId, `network-aws-app-${zone}-id`);
        assert.equal(inputs.networkAclId, "segmentation-aws-app-acl-id");
      }
      const rules = ofType(all, "azure-native:network:AdminRule");
      assert.equal(rules.length, 4);
      for (const { name } of rules) {
        assert.ok(waits("segmentation-azure-guardrails-deployed").includes(name), name);
      }
    });

    it("scopes the network manager to the subscription of the network", async () => {
      const bySegment = (suffix: string) =>
        Object.fromEntries(threeClouds.segments.map(({ name }) => [name, `${name}-${suffix}`]));
      const azure = {
        cloud: "azure" as const,
        resourceGroupName: "group",
        vnetId: "/subscriptions/s-1/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v",
        vnetName: "v",
        subnetIds: bySegment("subnet"),
        nsgNames: bySegment("nsg"),
      };
      const resources = await segmentation({}, { existing: { azure } }, guardedClouds);
      const { inputs } = named(resources, "segmentation-azure-manager");
      assert.deepEqual(inputs.networkManagerScopes, { subscriptions: ["/subscriptions/s-1"] });
    });
  });
});
