import assert from "node:assert/strict";
import * as awsSdk from "@pulumi/aws";
import * as azureSdk from "@pulumi/azure-native";
import * as gcpSdk from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { describe, it } from "mocha";
import { LoggingPipeline } from "../../../components/logging/index.ts";
import { OrganisationLogging } from "../../../components/logging/organisation.ts";
import type { PlaceNetwork } from "../../../components/network/places.ts";
import type { DeployOptions, Registered } from "../../harness/deploy.ts";
import { deploy, identities, named, ofType } from "../../harness/deploy.ts";
import { accounts } from "../identity/example.ts";
import { awsPlaces, azurePlaces, intent, organisationIntent } from "./example.ts";

function providers(): pulumi.ProviderResource[] {
  return [
    new awsSdk.Provider("aws", { region: "eu-central-1" }),
    new azureSdk.Provider("azure", { subscriptionId: accounts.azure.subscriptionId }),
    new gcpSdk.Provider("gcp", { project: accounts.gcp.project }),
  ];
}

/** Networks whose ids come from resources, as they do in an environment. */
function places(): PlaceNetwork[] {
  const aws = awsPlaces.map(
    ({ place, region }): PlaceNetwork => ({
      ...{ cloud: "aws", place, region, owned: true, subnetIds: {} },
      vpcId: pulumi.output(`vpc-${place}`),
    }),
  );
  const azure = azurePlaces.map(
    ({ place, region }): PlaceNetwork => ({
      ...{ cloud: "azure", place, region, owned: true, subnetIds: {}, nsgNames: {} },
      resourceGroupName: pulumi.output(place),
      vnetId: pulumi.output(`/vnets/${place}`),
      vnetName: pulumi.output(place),
    }),
  );
  return [...aws, ...azure];
}

const environment = () => {
  new LoggingPipeline(
    "logging",
    { intent, accounts, places: places() },
    { providers: providers() },
  );
};

const organisation = () => {
  new OrganisationLogging(
    "logging",
    { intent: organisationIntent, accounts },
    { providers: providers() },
  );
};

const cloud: DeployOptions = {
  outputs: ({ name, inputs }) => ({
    arn: `arn:${name}`,
    keyId: `${name}-key`,
    principalId: `${name}-principal`,
    writerIdentity: `serviceAccount:${name}`,
    name: inputs["name"] ?? inputs["containerName"] ?? inputs["resourceGroupName"] ?? name,
  }),
  call: ({ token }) => {
    assert.equal(token, "gcp:storage/getProjectServiceAccount:getProjectServiceAccount");
    return { member: "serviceAccount:agent@example.com" };
  },
};

const ours = (resources: readonly Registered[]): readonly Registered[] =>
  resources.filter(({ type }) => !type.startsWith("pulumi:"));

for (const [what, program, resourcesMin] of [
  ["LoggingPipeline", environment, 50],
  ["OrganisationLogging", organisation, 50],
] as const) {
  describe(what, () => {
    it("registers the same resources whether ids are known or not", async () => {
      const known = ours(await deploy(program, cloud));
      const unknown = ours(await deploy(program, { ...cloud, preview: true }));
      assert.deepEqual(identities(unknown), identities(known));
      assert.ok(known.length >= resourcesMin, `${known.length} resources`);
    });

    it("gives every child an explicit provider and the component as parent", async () => {
      const [component, ...children] = ours(await deploy(program, cloud));
      assert.equal(component?.type, `bulkhead:index:${what}`);
      for (const child of children) {
        assert.match(child.provider, /::pulumi:providers:(aws|azure-native|gcp)::/, child.name);
        assert.match(child.parent, new RegExp(`${what}::logging$`), child.name);
        assert.match(child.name, /^(logging|bhv)-/);
      }
    });

    it("closes, versions, encrypts and locks every bucket", async () => {
      const resources = await deploy(program, cloud);
      const buckets = ofType(resources, "aws:s3/bucket:Bucket");
      assert.equal(buckets.length, 2);
      for (const kind of ["BucketPublicAccessBlock", "BucketVersioning", "BucketPolicy"]) {
        const token = `aws:s3/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;
        assert.deepEqual(
          ofType(resources, token).map(({ inputs }) => inputs["bucket"]),
          buckets.map(({ inputs }) => inputs["bucket"]),
          kind,
        );
      }
      const locks = ofType(
        resources,
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
      );
      assert.deepEqual(
        locks.map(({ inputs }) => inputs["rule"]),
        [{ defaultRetention: { mode: "COMPLIANCE", days: 400 } }],
      );
      const containers = ofType(resources, "azure-native:storage:BlobContainer");
      const immutable = ofType(resources, "azure-native:storage:BlobContainerImmutabilityPolicy");
      assert.deepEqual(
        immutable.map(({ name }) => name),
        containers.map(({ name }) => name),
      );
      const [bucket] = ofType(resources, "gcp:storage/bucket:Bucket");
      assert.deepEqual(bucket?.inputs["retentionPolicy"], {
        isLocked: true,
        retentionPeriod: String(400 * 86_400),
      });
    });

    it("lets the storage of logs be used by nothing but the services that write", async () => {
      const resources = await deploy(program, cloud);
      const accountsMade = ofType(resources, "azure-native:storage:StorageAccount");
      assert.ok(accountsMade.length > 0);
      for (const { inputs } of accountsMade) {
        assert.equal(inputs["allowSharedKeyAccess"], false);
        assert.equal(inputs["publicNetworkAccess"], "Disabled");
        assert.equal(inputs["minimumTlsVersion"], "TLS1_2");
        assert.deepEqual(inputs["networkRuleSet"], {
          defaultAction: "Deny",
          bypass: "AzureServices",
        });
      }
    });
  });
}

describe("flow logs", () => {
  it("log the virtual network of each place in the place's region", async () => {
    const resources = await deploy(environment, cloud);
    const [aws] = ofType(resources, "aws:ec2/flowLog:FlowLog");
    assert.equal(aws?.inputs["vpcId"], "vpc-aws-a");
    assert.equal(aws?.inputs["trafficType"], "ALL");
    assert.equal(aws?.inputs["maxAggregationInterval"], 60);
    assert.equal(aws?.inputs["logDestination"], "arn:aws:s3:::bulkhead-test-logs-111122223333");
    const azure = ofType(resources, "azure-native:network:FlowLog");
    assert.deepEqual(
      azure.map(({ inputs }) => [
        inputs["targetResourceId"],
        inputs["location"],
        inputs["storageId"],
      ]),
      [
        ["/vnets/azure-a", "westeurope", "logging-azure-westeurope-id"],
        ["/vnets/azure-b", "northeurope", "logging-azure-northeurope-id"],
      ],
    );
  });
});

describe("query logs", () => {
  it("record the names that each network of AWS asks for, in the network's region", async () => {
    const resources = await deploy(environment, cloud);
    const [config] = ofType(resources, "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig");
    assert.equal(config?.inputs["destinationArn"], "arn:aws:s3:::bulkhead-test-logs-111122223333");
    const [use] = ofType(
      resources,
      "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation",
    );
    assert.equal(use?.inputs["resourceId"], "vpc-aws-a");
    assert.equal(use?.inputs["region"], "eu-central-1");
    assert.equal(use?.inputs["resolverQueryLogConfigId"], `${config?.name}-id`);
  });
});

describe("the organisation's trail", () => {
  it("covers all accounts, regions and global services, validated and encrypted", async () => {
    const trail = named(
      ofType(await deploy(organisation, cloud), "aws:cloudtrail/trail:Trail"),
      "logging-aws",
    );
    for (const flag of [
      "isOrganizationTrail",
      "isMultiRegionTrail",
      "includeGlobalServiceEvents",
      "enableLogFileValidation",
      "enableLogging",
    ]) {
      assert.equal(trail.inputs[flag], true, flag);
    }
    assert.equal(trail.inputs["kmsKeyId"], "arn:logging-aws-key");
    assert.equal(trail.inputs["cloudWatchLogsGroupArn"], "arn:logging-aws:*");
  });

  it("waits until its bucket lets it write", async () => {
    const [trail] = ofType(await deploy(organisation, cloud), "aws:cloudtrail/trail:Trail");
    assert.ok(trail?.dependsOn.some((urn) => urn.includes("BucketPolicy::logging-aws-logs")));
  });

  it("is joined by a sink of all projects", async () => {
    const [sink] = ofType(
      await deploy(organisation, cloud),
      "gcp:logging/organizationSink:OrganizationSink",
    );
    assert.equal(sink?.inputs["includeChildren"], true);
    assert.equal(sink?.inputs["filter"], "");
  });
});
