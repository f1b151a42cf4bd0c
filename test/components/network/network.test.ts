import assert from "node:assert/strict";
import * as aws from "@pulumi/aws/index.js";
import * as azure from "@pulumi/azure-native/index.js";
import * as gcp from "@pulumi/gcp/index.js";
import type { NetworkArgs } from "../../../components/network/args.ts";
import { Network } from "../../../components/network/index.ts";
import { ProblemError } from "../../../model/base/problem.ts";
import { usualOutputs } from "../../harness/cloud-outputs.ts";
import type { DeployOptions, Registered } from "../../harness/deploy.ts";
import { deploy, identities, named, ofType, unknownInput } from "../../harness/deploy.ts";
import { matchesGolden } from "../../harness/golden.ts";
import { threeClouds } from "../../harness/intents.ts";

const vpc6 = "2600:1f18:aaaa:bb00::/56";

function cloudOutputs(resource: Parameters<typeof usualOutputs>[0] & { type: string }) {
  const outputs: Record<string, Record<string, unknown>> = {
    "aws:ec2/vpc:Vpc": { ipv6CidrBlock: vpc6 },
    "gcp:compute/network:Network": { project: "shop", selfLink: "projects/shop/global/networks/n" },
  };
  return { ...usualOutputs(resource), ...outputs[resource.type] };
}

async function network(
  args: NetworkArgs,
  options: DeployOptions = {},
): Promise<readonly Registered[]> {
  const all = await deploy(
    () => {
      const providers = [
        new aws.Provider("aws", {}),
        new azure.Provider("azure", {}),
        new gcp.Provider("gcp", {}),
      ];
      new Network("network", args, { providers });
    },
    { outputs: cloudOutputs, ...options },
  );
  return all.filter(({ type }) => !type.startsWith("pulumi:"));
}

describe("network component", () => {
  it("registers the same resources whether ids are known or not", async () => {
    const known = identities(await network({ intent: threeClouds }));
    const unknown = identities(await network({ intent: threeClouds }, { preview: true }));
    assert.ok(known.length > 60, `only ${known.length} resources`);
    assert.deepEqual(unknown, known);
    matchesGolden("network/identities", known);
  });

  it("sets every property as its golden file says", async () => {
    const children = (await network({ intent: threeClouds })).filter(({ custom }) => custom);
    matchesGolden(
      "network/inputs",
      Object.fromEntries(children.map(({ name, inputs }) => [name, inputs])),
    );
  });

  it("gives every child the explicit provider of its own package", async () => {
    const children = (await network({ intent: threeClouds })).filter(({ custom }) => custom);
    assert.ok(children.length > 0);
    const provider: Record<string, string> = { aws: "aws", "azure-native": "azure", gcp: "gcp" };
    for (const { name, type, provider: reference } of children) {
      const expected = provider[type.split(":")[0] ?? ""];
      assert.match(reference, new RegExp(`::${expected}::`), name);
    }
  });

  it("hands the canonical intent to whoever reads the planned component", async () => {
    const [component] = ofType(await network({ intent: threeClouds }), "bulkhead:index:Network");
    assert.deepEqual(component?.inputs.intent, JSON.parse(JSON.stringify(threeClouds)));
  });

  it("cuts the /64s of AWS subnets out of the range AWS assigned", async () => {
    const known = await network({ intent: threeClouds });
    assert.equal(
      named(known, "network-aws-web-0").inputs.ipv6CidrBlock,
      "2600:1f18:aaaa:bb00::/64",
    );
    assert.equal(
      named(known, "network-aws-cluster-1").inputs.ipv6CidrBlock,
      "2600:1f18:aaaa:bb07::/64",
    );
    const unknown = await network({ intent: threeClouds }, { preview: true });
    assert.equal(named(unknown, "network-aws-web-0").inputs.ipv6CidrBlock, unknownInput);
  });

  it("puts no Azure subnet up before its group is closed in both directions", async () => {
    const resources = await network({ intent: threeClouds });
    const subnets = ofType(resources, "azure-native:network:Subnet");
    assert.equal(subnets.length, threeClouds.segments.length);
    for (const { name, dependsOn } of subnets) {
      for (const direction of ["inbound", "outbound"]) {
        assert.ok(
          dependsOn.some((urn) => urn.endsWith(`::${name}-deny-${direction}`)),
          `${name} does not wait for its ${direction} rule`,
        );
      }
    }
  });

  it("creates nothing in a place that exists and passes its ids on", async () => {
    let places: Network["places"] = {};
    const resources = await deploy(
      () => {
        const providers = [new azure.Provider("azure", {}), new gcp.Provider("gcp", {})];
        ({ places } = new Network(
          "network",
          { intent: threeClouds, existing: { aws: existingAws } },
          { providers },
        ));
      },
      { outputs: cloudOutputs },
    );
    assert.deepEqual(
      resources.filter(({ type }) => type.startsWith("aws:")),
      [],
    );
    const place = places.aws;
    assert.ok(place?.cloud === "aws" && !place.owned);
    assert.deepEqual(await settled(place.vpcId), existingAws.vpcId);
  });

  it("peers with existing networks and routes to them, in both passes alike", async () => {
    const cidrs = ["10.200.0.0/16", "fd99:1::/48"];
    const hub = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/hub";
    const links = [
      { name: "one", place: "aws", network: "vpc-0123456789abcdef0", cidrs },
      { name: "two", place: "azure", network: hub, cidrs: ["10.201.0.0/16"] },
      {
        name: "three",
        place: "gcp",
        network: "projects/hub/global/networks/hub",
        cidrs: ["10.202.0.0/16"],
      },
    ];
    const known = await network({ intent: threeClouds, links });
    const route = named(known, "network-aws-app-link-one-1").inputs;
    assert.equal(route.destinationIpv6CidrBlock, "fd99:1::/48");
    assert.equal(route.vpcPeeringConnectionId, "network-aws-link-one-id");
    assert.equal(named(known, "network-azure-link-two").inputs.allowForwardedTraffic, false);
    assert.equal(named(known, "network-gcp-link-three").inputs.stackType, "IPV4_ONLY");
    const unknown = await network({ intent: threeClouds, links }, { preview: true });
    assert.deepEqual(identities(unknown), identities(known));
  });

  it("refuses to run without an explicit provider of a package it needs", async () => {
    await assert.rejects(
      deploy(() => {
        new Network(
          "network",
          { intent: threeClouds },
          { providers: [new aws.Provider("aws", {})] },
        );
      }),
      (error) =>
        error instanceof ProblemError &&
        error.problems.map(({ code }) => code).join() === "provider-missing,provider-missing",
    );
  });

  it("says everything that is wrong with its arguments at once", async () => {
    const args: NetworkArgs = {
      intent: threeClouds,
      existing: {
        nowhere: existingAws,
        azure: existingAws,
        aws: { ...existingAws, subnetIds: { web: ["subnet-1"] } },
      },
      links: [
        {
          name: "hub",
          place: "gcp",
          network: "vpc-0123456789abcdef0",
          cidrs: ["10.16.4.0/24", "x"],
        },
        { name: "hub", place: "aws", network: "vpc-0123456789abcdef0", cidrs: ["10.99.0.0/16"] },
      ],
    };
    await assert.rejects(network(args), (error) => {
      assert.ok(error instanceof ProblemError);
      assert.deepEqual(error.problems.map(({ code, place }) => `${place} ${code}`).sort(), [
        "existing.aws.subnetIds.app input-missing",
        "existing.aws.subnetIds.cluster input-missing",
        "existing.aws.subnetIds.data input-missing",
        "existing.azure.cloud input-type",
        "existing.nowhere input-unknown",
        "links[0].cidrs address-invalid",
        "links[0].cidrs address-overlap",
        "links[0].network input-type",
        "links[1].name input-duplicate",
        "links[1].place input-type",
      ]);
      return true;
    });
  });
});

const existingAws = {
  cloud: "aws",
  vpcId: "vpc-0123456789abcdef0",
  subnetIds: { web: ["subnet-1"], app: ["subnet-2"], data: ["subnet-3"], cluster: ["subnet-4"] },
} as const;

function settled<T>(output: { apply<U>(change: (value: T) => U): unknown }): Promise<T> {
  return new Promise((resolve) => {
    output.apply((value) => resolve(value));
  });
}
