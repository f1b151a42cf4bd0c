/** What is wrong with inputs, in each provider's own words. */

import assert from "node:assert/strict";
import { awsProfile } from "../../../local-clouds/packages/aws/profile.ts";
import {
  Secret,
  Unknown,
  type Value,
  type ValueObject,
} from "../../../local-clouds/protocol/value.ts";
import { signatureKey } from "../../../local-clouds/protocol/wire.ts";
import { judge } from "../../../local-clouds/shapes/judge.ts";
import { shapeOf } from "../../../local-clouds/shapes/load.ts";
import {
  azureNativeWords,
  bridgeWords,
  frameworkWords,
  type Words,
} from "../../../local-clouds/shapes/words.ts";
import { definePackage } from "../../../local-clouds/types/package.ts";
import { type Lab, openLab } from "../kit/lab.ts";

const group = "aws:ec2/securityGroup:SecurityGroup";
const account = "azure-native:storage:StorageAccount";
const key = "tls:index/privateKey:PrivateKey";

const asset: Value = { [signatureKey]: "c44067f5952c0a294b673a41bacd8c17", text: "x" };

describe("judged by shape", () => {
  describe("as the bridge words it", () => {
    const rule = { protocol: "tcp", fromPort: 1, toPort: 2 };
    const cases: readonly (readonly [string, string, ValueObject, readonly string[]])[] = [
      ["what is right", group, { name: "g", ingress: [rule], tags: { a: "b" } }, []],
      [
        "an unknown property",
        group,
        { nmae: "g" },
        ["Invalid or unknown key. Examine values at 'x.nmae'."],
      ],
      [
        "an unknown property inside",
        group,
        { ingress: [{ ...rule, cidr: ["10.0.0.0/8"] }] },
        ["Invalid or unknown key. Examine values at 'x.ingress[0].cidr'."],
      ],
      [
        "an output",
        group,
        { arn: "arn:aws:ec2" },
        [
          `Value for unconfigurable attribute. Can't configure a value for "arn": its value will be decided ` +
            `automatically based on the result of applying this configuration.. Examine values at 'x.arn'.`,
        ],
      ],
      [
        "a missing property",
        "aws:ec2/routeTable:RouteTable",
        {},
        [
          `Missing required argument. The argument "vpc_id" is required, but no definition was found.. ` +
            `Examine values at 'x.vpcId'.`,
        ],
      ],
      [
        "a missing property inside",
        group,
        { ingress: [{ protocol: "tcp", toPort: 2 }] },
        [
          `Missing required argument. The argument "from_port" is required, but no definition was found.. ` +
            `Examine values at 'x.ingress[0].fromPort'.`,
        ],
      ],
      [
        "a list for a text",
        group,
        { name: ["g"] },
        ["Attribute must be a single value, not a list. Examine values at 'x.name'."],
      ],
      [
        "an object for a text",
        group,
        { name: { a: "b" } },
        ["Attribute must be a single value, not a map. Examine values at 'x.name'."],
      ],
      [
        "a text for an object",
        group,
        { ingress: ["all"] },
        ["Expected Object Type. Expected object, got string. Examine values at 'x.ingress[0]'."],
      ],
      [
        "a list for a map",
        group,
        { tags: ["a"] },
        ["Attribute must be a map. Examine values at 'x.tags'."],
      ],
      [
        "a list in a map of texts",
        group,
        { tags: { a: ["b"] } },
        ["Attribute must be a single value, not a list. Examine values at 'x.tags.a'."],
      ],
      [
        "a text that is no number",
        group,
        { ingress: [{ ...rule, fromPort: "http" }] },
        [
          `strconv.ParseInt: parsing "http": invalid syntax. Examine values at 'x.ingress[0].fromPort'.`,
        ],
      ],
      [
        "a text that is no boolean",
        group,
        { revokeRulesOnDelete: "maybe" },
        [
          `strconv.ParseBool: parsing "maybe": invalid syntax. Examine values at 'x.revokeRulesOnDelete'.`,
        ],
      ],
      [
        "a text for an asset",
        "aws:s3/bucketObject:BucketObject",
        { bucket: "b", source: "./file" },
        [`expected an asset or archive, got "./file". Examine values at 'x.source'.`],
      ],
    ];
    for (const [what, token, inputs, reasons] of cases) {
      it(what, () => assert.deepEqual(reasonsOf(token, bridgeWords, inputs), reasons));
    }

    it("all of it at once, each with its place", () => {
      const shape = shapeOf("aws:ec2/routeTable:RouteTable");
      assert.ok(shape);
      const found = judge(shape, bridgeWords, "x", { a: 1, routes: [{ b: 1 }], tags: 1 });
      assert.deepEqual(
        found.map(({ property }) => property),
        ["vpcId", "a", "routes[0].b", "tags"],
      );
    });

    it("lets pass what it converts", () => {
      for (const inputs of [
        { name: 5, description: true },
        { revokeRulesOnDelete: "true" },
        { revokeRulesOnDelete: 1 },
        { ingress: [{ ...rule, fromPort: "443" }] },
        { ingress: rule },
        { ingress: [{ ...rule, cidrBlocks: "10.0.0.0/8" }] },
        { name: null, ingress: null },
        { __defaults: ["name"], ingress: [{ ...rule, __defaults: [] }] },
      ] satisfies ValueObject[]) {
        assert.deepEqual(reasonsOf(group, bridgeWords, inputs), [], JSON.stringify(inputs));
      }
      const vpcConfig = [{ subnetIds: ["subnet-1", "subnet-2"] }];
      const cluster = { roleArn: "arn", vpcConfig };
      assert.deepEqual(reasonsOf("aws:eks/cluster:Cluster", bridgeWords, cluster), []);
      const document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Any: { a: 1 } }] };
      // The SDK's enumerations are its own: this one lacks what the service takes.
      const balancer = { loadBalancerType: "gateway" };
      assert.deepEqual(reasonsOf("aws:alb/loadBalancer:LoadBalancer", bridgeWords, balancer), []);
      const policy = { policy: document };
      assert.deepEqual(reasonsOf("aws:iam/policy:Policy", bridgeWords, policy), []);
    });
  });

  describe("as azure-native words it", () => {
    const right = { resourceGroupName: "rg", kind: "StorageV2", sku: { name: "Standard_LRS" } };
    const cases: readonly (readonly [string, ValueObject, readonly string[]])[] = [
      ["what is right", { ...right, tags: { a: "b" }, allowBlobPublicAccess: false }, []],
      [
        "a missing property",
        { resourceGroupName: "rg", sku: {} },
        ["missing required property 'kind'", "missing required property 'sku.name'"],
      ],
      ["an unknown property", { ...right, skuu: 1 }, ["'skuu' is not a property of this type"]],
      [
        "a text for a list",
        { ...right, networkRuleSet: { defaultAction: "Deny", ipRules: "1.2.3.4" } },
        ["'networkRuleSet.ipRules' should be of type 'array' but got a string"],
      ],
      [
        "a number for a text",
        { ...right, location: 5 },
        ["'location' should be of type 'string' but got a number"],
      ],
      [
        "a text for a boolean",
        { ...right, allowBlobPublicAccess: "false" },
        ["'allowBlobPublicAccess' should be of type 'boolean' but got a string"],
      ],
      [
        "a list for an object",
        { ...right, sku: ["Standard_LRS"] },
        ["'sku' should be of type 'object' but got an array"],
      ],
      [
        "a value outside a closed enumeration",
        { ...right, networkRuleSet: { defaultAction: "Maybe" } },
        ["'networkRuleSet.defaultAction' is 'Maybe' but expected one of ['Allow','Deny']"],
      ],
      ["anything in a free map", { ...right, tags: { a: 1 } }, []],
      ["a value outside an open enumeration", { ...right, kind: "StorageV3" }, []],
      ["the version that it completes itself", { ...right, azureApiVersion: "2024-01-01" }, []],
    ];
    for (const [what, inputs, reasons] of cases) {
      it(what, () => assert.deepEqual(reasonsOf(account, azureNativeWords, inputs), reasons));
    }

    it("goes by the discriminator of alternatives", () => {
      const token = "azure-native:datafactory:LinkedService";
      const base = { factoryName: "f", resourceGroupName: "rg" };
      const ofType = (properties: ValueObject) =>
        reasonsOf(token, azureNativeWords, { ...base, properties });
      assert.deepEqual(ofType({ type: "AzureKeyVault", baseUrl: "https://v" }), []);
      assert.deepEqual(ofType({ type: "AzureKeyVault" }), [
        "missing required property 'properties.baseUrl'",
      ]);
    });
  });

  it("as the plugin framework words it", () => {
    assert.deepEqual(reasonsOf(key, frameworkWords, {}), ["Missing required property 'algorithm'"]);
  });

  it("passes over what is not known, looks through secrets, takes assets", () => {
    for (const value of [Unknown.value, new Secret(Unknown.value), asset]) {
      assert.deepEqual(reasonsOf(group, bridgeWords, { name: value, ingress: value }), []);
      assert.deepEqual(reasonsOf(group, bridgeWords, { ingress: [value] }), []);
    }
    assert.deepEqual(reasonsOf(group, bridgeWords, { name: new Secret(["g"]) }), [
      "Attribute must be a single value, not a list. Examine values at 'x.name'.",
    ]);
    assert.deepEqual(
      reasonsOf("aws:ec2/routeTable:RouteTable", bridgeWords, { vpcId: Unknown.value }),
      [],
    );
    assert.deepEqual(
      reasonsOf("aws:s3/bucketObject:BucketObject", bridgeWords, { bucket: "b", source: asset }),
      [],
    );
  });

  describe("at Check", () => {
    let lab: Lab;
    beforeEach(() => {
      lab = openLab("aws", { region: "eu-west-1" });
    });
    afterEach(() => lab.close());

    it("names each missing property once, in the provider's words alone", () => {
      const token = "aws:ec2/routeTable:RouteTable";
      const entry = { token, required: ["vpcId"], id: () => "rtb-1" };
      const served = new Map([["aws", definePackage(awsProfile, "1.0.0", [entry], [])]]);
      const twice = openLab("aws", {}, served);
      const found = twice.checkFailures(token, "t", {});
      twice.close();
      assert.deepEqual(
        found.map(({ property, placed }) => [property, placed]),
        [["vpcId", true]],
      );
    });

    it("judges nothing further where types are wrong", () => {
      const found = lab.checkFailures(group, "g", { name: ["g"], vpcId: { a: 1 } });
      assert.deepEqual(
        found.map(({ property }) => property),
        ["name", "vpcId"],
      );
    });

    it("leaves Kubernetes to the API server, but demands what the table demands", () => {
      const cluster = lab.with("kubernetes", {});
      assert.deepEqual(cluster.checkFailures("kubernetes:core/v1:ConfigMap", "c", { dta: {} }), []);
      const found = cluster.checkFailures("kubernetes:helm.sh/v3:Release", "r", {});
      assert.deepEqual(
        found.map(({ reason }) => reason),
        ["missing required property 'chart'"],
      );
    });

    it("takes another spelling of a type", () => {
      const azure = lab.with("azure-native", {});
      const found = azure.checkFailures("azure-native:network/v20240101:Subnet", "s", { x: 1 });
      assert.ok(found.some(({ reason }) => reason === "'x' is not a property of this type"));
    });
  });
});

function reasonsOf(token: string, words: Words, inputs: ValueObject): string[] {
  const shape = shapeOf(token);
  assert.ok(shape, token);
  return judge(shape, words, "x", inputs).map(({ reason }) => reason);
}
