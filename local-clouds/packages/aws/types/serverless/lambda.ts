/** Lambda functions and what calls them (AWS Lambda API reference). */

import type { Resource } from "../../../../types/resource.ts";
import type { InputFault, ServiceError, TypeEntry } from "../../../../types/type.ts";
import { isJsonObject, oneOf, textOf } from "../common.ts";
import { toGroup, toSubnet } from "../ec2-references.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { letsIn } from "../policy-documents.ts";
import { toKey } from "../references.ts";
import { invalid, ofFunction } from "./lambda-callers.ts";

/** Bytes of a function's environment (Lambda quotas). */
const environmentBytesMax = 4096;
/** Layers of one function (Lambda quotas). */
const layersMax = 5;
const memoryMiB = { min: 128, max: 10_240 };
const timeoutSeconds = { min: 1, max: 900 };

const lambda = ordinary("aws:lambda/function:Function", {
  id: "{name}",
  arn: "lambda:function:{name}",
  name: 64,
  defaults: {
    memorySize: memoryMiB.min,
    packageType: "Zip",
    publish: false,
    reservedConcurrentExecutions: -1,
    skipDestroy: false,
    timeout: 3,
  },
  maps: ["environment.variables"],
  forceNew: ["durableConfig", "packageType", "tenancyConfig"],
  check: functionFaults,
  outputs: {
    architectures: ["x86_64"],
    codeSigningConfigArn: "",
    deadLetterConfig: null,
    description: "",
    environment: null,
    ephemeralStorage: { size: 512 },
    fileSystemConfig: null,
    imageConfig: null,
    imageUri: "",
    invokeArn: form(
      "arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/arn:{partition}:lambda:{region}:{account}:function:{name}/invocations",
    ),
    responseStreamingInvokeArn: form(
      "arn:{partition}:apigateway:{region}:lambda:path/2021-11-15/functions/arn:{partition}:lambda:{region}:{account}:function:{name}/response-streaming-invocations",
    ),
    kmsKeyArn: "",
    lastModified: (r) => r.createdAt.replace("Z", "+0000"),
    layers: [],
    loggingConfig: (r) => ({
      applicationLogLevel: "",
      logFormat: "Text",
      logGroup: `/aws/lambda/${r.text("name")}`,
      systemLogLevel: "",
    }),
    qualifiedArn: (r) =>
      form(`arn:{partition}:lambda:{region}:{account}:function:{name}:${versionOf(r)}`)(r),
    qualifiedInvokeArn: (r) =>
      form(
        `arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/arn:{partition}:lambda:{region}:{account}:function:{name}:${versionOf(r)}/invocations`,
      )(r),
    codeSha256: codeHash,
    signingJobArn: "",
    signingProfileVersionArn: "",
    snapStart: null,
    sourceCodeHash: codeHash,
    sourceCodeSize: 1024,
    tracingConfig: { mode: "PassThrough" },
    version: versionOf,
    vpcConfig: null,
    "vpcConfig.vpcId": (r) => {
      const subnet = String(r.every("vpcConfig.subnetIds[*]")[0]);
      return r.find("aws:ec2/subnet:Subnet", subnet)?.properties["vpcId"];
    },
  },
  references: [
    toRole("role", invalid("The role defined for the function cannot be assumed by Lambda.")),
    toSubnet("vpcConfig.subnetIds[*]"),
    toGroup("vpcConfig.securityGroupIds[*]"),
    toKey("kmsKeyArn", "InvalidParameterValueException", "The KMS key {value} does not exist"),
    refer(
      "layers[*]",
      "aws:lambda/layerVersion:LayerVersion",
      invalid("Layer version {value} does not exist."),
      { by: "arn", within: "world", unless: (value) => !value.includes(":layer:") },
    ),
  ],
  taken: error("ResourceConflictException", "Function already exist: {id}"),
  admit: refuseFunction,
  timeouts: { create: 600, update: 600, delete: 600 },
});

function codeHash(r: Resource): string {
  return Buffer.from(r.hex("code", 64), "hex").toString("base64");
}

function versionOf(r: Resource): string {
  if (!r.flag("publish")) return "$LATEST";
  const before = r.before === undefined ? undefined : r.find(r.token, r.id)?.properties["version"];
  return String(Number.isInteger(Number(before)) ? Number(before) + 1 : 1);
}

function functionFaults(r: Resource): InputFault[] {
  const ranges = [
    ["memorySize", memoryMiB],
    ["timeout", timeoutSeconds],
  ] as const;
  return [
    ...oneOf(r.text("packageType", "Zip"), "packageType", ["Zip", "Image"]),
    ...ranges.flatMap(([property, { min, max }]) => {
      const value = r.number(property, min);
      return value >= min && value <= max
        ? []
        : [
            {
              property,
              reason: `expected ${property} to be in the range (${min} - ${max}), got ${value}`,
            },
          ];
    }),
    ...(["code", "imageUri", "s3Bucket"].some((source) => r.given(source) !== undefined)
      ? []
      : [{ property: "code", reason: "one of `filename,image_uri,s3_bucket` must be specified" }]),
  ];
}

/** A role that Lambda may assume, a handler and a runtime for archives, quotas of layers and variables. */
function refuseFunction(r: Resource): ServiceError | undefined {
  const trust = textOf(r.target("role")?.properties ?? {}, "assumeRolePolicy") ?? "";
  if (!letsIn(trust, "lambda.", "sts:assumerole")) {
    return invalid("The role defined for the function cannot be assumed by Lambda.");
  }
  const zip = r.text("packageType") === "Zip";
  if (zip && (r.given("handler") === undefined || r.given("runtime") === undefined)) {
    return error("ValidationException", "handler and runtime must be set when PackageType is Zip");
  }
  const variables = r.given("environment.variables");
  const size = isJsonObject(variables) ? Buffer.byteLength(JSON.stringify(variables)) : 0;
  if (size > environmentBytesMax) {
    return invalid(
      "Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.",
    );
  }
  return refuseIf(
    r.list("layers").length > layersMax,
    "InvalidParameterValueException",
    `Cannot reference more than ${layersMax} layers.`,
  );
}

const layer = ordinary("aws:lambda/layerVersion:LayerVersion", {
  id: (r) => `${layerArn(r)}:${layerNumber(r)}`,
  untagged: true,
  defaults: { skipDestroy: false },
  forceNew: [
    "code",
    "compatibleArchitectures",
    "compatibleRuntimes",
    "description",
    "layerName",
    "licenseInfo",
    "s3Bucket",
    "s3Key",
    "s3ObjectVersion",
    "sourceCodeHash",
  ],
  outputs: {
    arn: (r) => r.id,
    layerArn,
    version: (r) => r.id.split(":").at(-1),
    createdDate: (r) => r.createdAt.replace("Z", "+0000"),
    codeSha256: (r) => Buffer.from(r.hex("code", 64), "hex").toString("base64"),
    signingJobArn: "",
    signingProfileVersionArn: "",
    sourceCodeSize: 1024,
  },
  keys: ["arn"],
});

function layerArn(r: Resource): string {
  return form("arn:{partition}:lambda:{region}:{account}:layer:{layerName}")(r);
}

/** Versions are counted for each name. */
function layerNumber(r: Resource): number {
  const like = r
    .all(r.token)
    .filter(({ properties }) => properties["layerName"] === r.given("layerName"));
  return Math.max(0, ...like.map(({ properties }) => Number(properties["version"]))) + 1;
}

const functionUrl = ordinary("aws:lambda/functionUrl:FunctionUrl", {
  id: (r) =>
    [r.text("functionName"), r.text("qualifier", "")].filter((part) => part !== "").join("/"),
  untagged: true,
  defaults: { invokeMode: "BUFFERED" },
  forceNew: ["functionName", "qualifier"],
  check: (r) => [
    ...oneOf(r.text("authorizationType"), "authorizationType", ["NONE", "AWS_IAM"]),
    ...oneOf(r.text("invokeMode", "BUFFERED"), "invokeMode", ["BUFFERED", "RESPONSE_STREAM"]),
  ],
  outputs: {
    functionArn: (r) => r.target("functionName")?.properties["arn"],
    functionUrl: form("https://{lower32:url}.lambda-url.{region}.on.aws/"),
    urlId: form("{lower32:url}"),
  },
  references: [ofFunction],
  taken: error(
    "ResourceConflictException",
    "Failed to create function url config for {id}. Error message: FunctionUrlConfig exists for this Lambda function",
  ),
  timeouts: { create: 600 },
});

const alias = ordinary("aws:lambda/alias:Alias", {
  id: (r) =>
    form("arn:{partition}:lambda:{region}:{account}:function:")(r) +
    `${shortName(r)}:${r.text("name")}`,
  name: 128,
  untagged: true,
  forceNew: ["functionName"],
  outputs: {
    arn: (r) => r.id,
    invokeArn: (r) =>
      `${form("arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/")(r)}${r.id}/invocations`,
  },
  keys: ["arn"],
  references: [ofFunction],
  taken: error("ResourceConflictException", "Alias already exists: {id}"),
});

function shortName(r: Resource): string {
  return r.text("functionName").replace(/^.*:function:/, "");
}

const eventInvokeConfig = ordinary(
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  {
    id: (r) =>
      [r.text("functionName"), r.text("qualifier", "")].filter((part) => part !== "").join(":"),
    untagged: true,
    defaults: { maximumRetryAttempts: 2 },
    forceNew: ["functionName", "qualifier"],
    outputs: { maximumEventAgeInSeconds: 0 },
    references: [ofFunction],
  },
);

const provisionedConcurrency = ordinary(
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
  {
    id: "{functionName},{qualifier}",
    untagged: true,
    defaults: { skipDestroy: false },
    forceNew: ["functionName", "qualifier"],
    references: [ofFunction],
    admit: (r) =>
      refuseIf(
        r.text("qualifier") === "$LATEST",
        "InvalidParameterValueException",
        "Provisioned Concurrency Configs cannot be applied to unpublished function versions.",
      ),
    timeouts: { create: 900, update: 900 },
  },
);

const signing = ordinary("aws:lambda/codeSigningConfig:CodeSigningConfig", {
  id: (r) => form("arn:{partition}:lambda:{region}:{account}:code-signing-config:csc-0{hex16}")(r),
  defaults: { "policies.untrustedArtifactOnDeployment": "Warn" },
  outputs: {
    arn: (r) => r.id,
    configId: (r) => r.id.split(":").at(-1),
    lastModified: (r) => r.createdAt,
    policies: { untrustedArtifactOnDeployment: "Warn" },
  },
  keys: ["arn"],
});

/** The entries of Lambda. */
export const lambdaTypes: readonly TypeEntry[] = [
  lambda,
  layer,
  functionUrl,
  alias,
  eventInvokeConfig,
  provisionedConcurrency,
  signing,
];
