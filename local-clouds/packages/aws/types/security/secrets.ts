/** Secrets, parameters and documents (AWS Secrets Manager and AWS Systems Manager API references). */

import type { Resource } from "../../../../types/resource.ts";
import type { TypeEntry } from "../../../../types/type.ts";
import { oneOf, others, textOf } from "../common.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import {
  asDocument,
  documentFault,
  documentProblem,
  documentText,
  statementsOf,
} from "../policy-documents.ts";
import { toFunction, toKey } from "../references.ts";

const recoveryDays = { none: 0, min: 7, max: 30 };

const secret = ordinary("aws:secretsmanager/secret:Secret", {
  id: (r) =>
    form(
      `arn:{partition}:secretsmanager:{region}:{account}:secret:{name}-${r.characters("suffix", 6, letters)}`,
    )(r),
  name: 512,
  prefixed: true,
  defaults: { forceOverwriteReplicaSecret: false, recoveryWindowInDays: recoveryDays.max },
  forceNew: ["type"],
  check: (r) => {
    const days = r.number("recoveryWindowInDays", recoveryDays.max);
    const fits =
      days === recoveryDays.none || (days >= recoveryDays.min && days <= recoveryDays.max);
    return [
      ...documentFault(r, "policy"),
      ...(fits
        ? []
        : [
            {
              property: "recoveryWindowInDays",
              reason: `"recovery_window_in_days" must be 0 or between 7 and 30, got ${days}`,
            },
          ]),
    ];
  },
  outputs: { arn: (r) => r.id, description: "", kmsKeyId: "", policy: "", replicas: [] },
  normalised: { policy: asDocument },
  keys: ["arn", "name"],
  lingers: {
    name: (r) => r.text("name"),
    days: (r) => r.number("recoveryWindowInDays", recoveryDays.max),
    taken: error(
      "InvalidRequestException",
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    ),
  },
  references: [
    toKey(
      "kmsKeyId",
      "InvalidParameterException",
      "The KMS key {value} does not exist or is not accessible",
    ),
  ],
  admit: (r) =>
    refuseIf(
      others(r).some(({ properties }) => properties["name"] === r.given("name")),
      "ResourceExistsException",
      `The operation failed because the secret ${r.text("name")} already exists.`,
    ),
});

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

const noSecret = error(
  "ResourceNotFoundException",
  "Secrets Manager can't find the specified secret.",
);

const toSecret = (at: string) =>
  refer(at, secret.token, noSecret, { by: ["arn", "name"], cascades: true });

/** Bytes of one secret value (Secrets Manager quotas). */
const valueBytesMax = 65_536;

const secretVersion = ordinary("aws:secretsmanager/secretVersion:SecretVersion", {
  id: (r) =>
    `${textOf(r.target("secretId")?.properties ?? {}, "arn") ?? r.text("secretId")}|${version(r)}`,
  untagged: true,
  forceNew: ["secretId"],
  check: (r) => {
    const given = ["secretBinary", "secretString", "secretStringWo"].filter(
      (key) => r.given(key) !== undefined,
    );
    return given.length > 1
      ? [
          {
            property: "secretString",
            reason: "only one of `secret_binary,secret_string` can be specified",
          },
        ]
      : [];
  },
  outputs: {
    arn: (r) => textOf(r.target("secretId")?.properties ?? {}, "arn"),
    secretArn: (r) => textOf(r.target("secretId")?.properties ?? {}, "arn"),
    secretBinary: "",
    hasSecretStringWo: (r) => r.given("secretStringWo") !== undefined,
    versionId: version,
    versionStages: ["AWSCURRENT"],
  },
  hidden: ["secretStringWo"],
  references: [toSecret("secretId")],
  admit: (r) =>
    refuseIf(
      Buffer.byteLength(r.text("secretString", "")) > valueBytesMax,
      "ValidationException",
      `1 validation error detected: Value at 'secretString' failed to satisfy constraint: Member must have length less than or equal to ${valueBytesMax}`,
    ),
});

function version(r: Resource): string {
  return `terraform-${r.digits("version", 26)}`;
}

const secretPolicy = ordinary("aws:secretsmanager/secretPolicy:SecretPolicy", {
  id: "{secretArn}",
  untagged: true,
  maps: ["policy"],
  forceNew: ["secretArn"],
  check: (r) => documentFault(r, "policy"),
  normalised: { policy: asDocument },
  references: [toSecret("secretArn")],
  admit: (r) => {
    const text = documentText(r.given("policy") ?? "");
    const problem = documentProblem(text, "resource");
    if (problem !== undefined)
      return error(
        "MalformedPolicyDocumentException",
        `This resource policy contains invalid Json or is malformed: ${problem}`,
      );
    const open = statementsOf(text).some(
      ({ effect, principals, raw }) =>
        effect === "Allow" &&
        (principals["AWS"] ?? []).includes("*") &&
        raw["Condition"] === undefined,
    );
    return refuseIf(
      open && r.flag("blockPublicPolicy"),
      "PublicPolicyException",
      "Resource policy grants public access and BlockPublicPolicy is enabled.",
    );
  },
});

const rotation = ordinary("aws:secretsmanager/secretRotation:SecretRotation", {
  id: "{secretId}",
  untagged: true,
  defaults: { rotateImmediately: true },
  forceNew: ["secretId"],
  outputs: { rotationEnabled: true },
  references: [
    toSecret("secretId"),
    toFunction("rotationLambdaArn", {
      missing: error(
        "InvalidRequestException",
        "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.",
      ),
    }),
  ],
  admit: (r) => {
    const name = r
      .text("rotationLambdaArn", "")
      .replace(/^.*:function:/, "")
      .split(":")[0];
    const allowed = r.all("aws:lambda/permission:Permission").some(
      ({ properties }) =>
        properties["principal"] === "secretsmanager.amazonaws.com" &&
        String(properties["function"])
          .replace(/^.*:function:/, "")
          .split(":")[0] === name,
    );
    return refuseIf(
      r.given("rotationLambdaArn") !== undefined && !allowed,
      "AccessDeniedException",
      "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.",
    );
  },
});

/** Characters of a value, by tier (Parameter Store quotas). */
const valueCharactersMax: Readonly<Record<string, number>> = {
  Standard: 4096,
  Advanced: 8192,
  "Intelligent-Tiering": 8192,
};

const parameter = ordinary("aws:ssm/parameter:Parameter", {
  id: "{name}",
  name: 2048,
  forceNew: ["dataType"],
  check: (r) => oneOf(r.text("type"), "type", ["String", "StringList", "SecureString"]),
  outputs: {
    arn: (r) =>
      form(`arn:{partition}:ssm:{region}:{account}:parameter/${r.text("name").replace(/^\//, "")}`)(
        r,
      ),
    allowedPattern: "",
    dataType: "text",
    description: "",
    hasValueWo: (r) => r.given("valueWo") !== undefined,
    keyId: (r) => (r.text("type") === "SecureString" ? "alias/aws/ssm" : ""),
    tier: "Standard",
    version: (r) =>
      r.before === undefined ? 1 : Number(r.find(r.token, r.id)?.properties["version"] ?? 0) + 1,
  },
  hidden: ["valueWo"],
  keys: ["arn", "name"],
  references: [toKey("keyId", "InvalidKeyId", "Invalid keyId {value}")],
  taken: error(
    "ParameterAlreadyExists",
    "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
  ),
  admit: (r) => {
    const value = r.text("value", r.text("insecureValue", ""));
    const most = valueCharactersMax[r.text("tier", "Standard")] ?? 4096;
    if (value.length > most) {
      return error(
        "ValidationException",
        `Standard tier parameters support a maximum parameter value of ${most} characters.`,
      );
    }
    const pattern = r.text("allowedPattern", "");
    if (pattern !== "" && !new RegExp(pattern).test(value)) {
      return error(
        "ParameterPatternMismatchException",
        `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
      );
    }
    return refuseIf(
      /^\/?(aws|ssm)/i.test(r.text("name")),
      "ValidationException",
      `Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive).`,
    );
  },
});

const documentTypes = [
  "Command",
  "Policy",
  "Automation",
  "Session",
  "Package",
  "ChangeCalendar",
  "ApplicationConfiguration",
  "DeploymentStrategy",
  "CloudFormation",
  "ProblemAnalysis",
  "ProblemAnalysisTemplate",
  "ApplicationConfigurationSchema",
  "Automation.ChangeTemplate",
  "QuickSetup",
];

const ssmDocument = ordinary("aws:ssm/document:Document", {
  id: "{name}",
  name: 128,
  defaults: { documentFormat: "JSON" },
  maps: ["permissions"],
  check: (r) => [
    ...oneOf(r.text("documentType"), "documentType", documentTypes),
    ...oneOf(r.text("documentFormat", "JSON"), "documentFormat", ["JSON", "YAML", "TEXT"]),
  ],
  outputs: {
    arn: form("arn:{partition}:ssm:{region}:{account}:document/{name}"),
    createdDate: (r) => r.createdAt,
    defaultVersion: "1",
    description: "",
    documentVersion: "1",
    hash: form("{hex64}"),
    hashType: "Sha256",
    latestVersion: "1",
    owner: (r) => r.account,
    parameters: [],
    platformTypes: ["Linux", "MacOS", "Windows"],
    schemaVersion: (r) => /"schemaVersion"\s*:\s*"([\d.]+)"/.exec(r.text("content"))?.[1] ?? "",
    status: "Active",
    targetType: "",
    versionName: "",
  },
  keys: ["arn"],
  taken: error("DocumentAlreadyExists", "Document already exists."),
  admit: (r) =>
    refuseIf(
      r.text("documentFormat") === "JSON" && documentFault(r, "content").length > 0,
      "InvalidDocumentContent",
      "JSON not well-formed.",
    ),
});

const association = ordinary("aws:ssm/association:Association", {
  id: "{uuid}",
  name: 128,
  maps: ["parameters"],
  outputs: {
    arn: form("arn:{partition}:ssm:{region}:{account}:association/{id}"),
    associationId: (r) => r.id,
    applyOnlyAtCronInterval: false,
    documentVersion: "$DEFAULT",
  },
  references: [
    refer(
      "name",
      ssmDocument.token,
      error("InvalidDocument", "Document with name {value} does not exist."),
      { by: ["id", "arn"], unless: (value) => /^AWS/.test(value) },
    ),
  ],
});

/** The entries of secrets and parameters. */
export const secretTypes: readonly TypeEntry[] = [
  secret,
  secretVersion,
  secretPolicy,
  rotation,
  parameter,
  ssmDocument,
  association,
];
