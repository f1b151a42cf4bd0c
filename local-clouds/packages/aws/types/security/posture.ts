/** Services that watch an account: Config, GuardDuty, Security Hub, Inspector, Macie, Access Analyzer, Detective. */

import type { Resource } from "../../../../types/resource.ts";
import type { TypeEntry } from "../../../../types/type.ts";
import { oneOf, others } from "../common.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { isAccount, toKey, toTopic } from "../references.ts";
import { bucketTokens, toBucket } from "../s3-references.ts";

const recorderMax = error(
  "MaxNumberOfConfigurationRecordersExceededException",
  "Failed to put configuration recorder because the maximum number of configuration recorders: 1 is reached.",
);

const recorder = ordinary("aws:cfg/recorder:Recorder", {
  id: "{name}",
  untagged: true,
  defaults: { name: "default", "recordingGroup.allSupported": true },
  forceNew: ["name"],
  outputs: {
    recordingGroup: {
      allSupported: true,
      exclusionByResourceTypes: [],
      includeGlobalResourceTypes: false,
      recordingStrategies: [{ useOnly: "ALL_SUPPORTED_RESOURCE_TYPES" }],
      resourceTypes: [],
    },
    recordingMode: { recordingFrequency: "CONTINUOUS" },
  },
  references: [
    toRole(
      "roleArn",
      error(
        "InvalidRoleException",
        "You have provided a null or empty role ARN, or the role {value} does not exist",
      ),
    ),
  ],
  admit: (r) => (others(r).length > 0 ? recorderMax : undefined),
  inUse: error("ResourceInUseException", "The configuration recorder {id} is in use by {value}"),
});

const noRecorder = error(
  "NoSuchConfigurationRecorderException",
  "Cannot find configuration recorder with the specified name '{value}'.",
);

const channel = ordinary("aws:cfg/deliveryChannel:DeliveryChannel", {
  id: "{name}",
  untagged: true,
  defaults: { name: "default" },
  forceNew: ["name"],
  references: [
    {
      ...toBucket("s3BucketName"),
      missing: error(
        "NoSuchBucketException",
        "Cannot find a S3 bucket with the specified bucket name: {value}.",
      ),
    },
    toTopic(
      "snsTopicArn",
      error("InvalidSNSTopicARNException", "The sns topic arn '{value}' is not valid."),
    ),
    toKey(
      "s3KmsKeyArn",
      "InvalidS3KmsKeyArnException",
      "The arn '{value}' is not a valid kms key or alias arn.",
    ),
  ],
  admit: (r) => {
    if (others(r).length > 0)
      return error(
        "MaxNumberOfDeliveryChannelsExceededException",
        "Failed to put delivery channel because the maximum number of delivery channels: 1 is reached.",
      );
    return refuseIf(
      r.all(recorder.token).length === 0,
      "NoAvailableConfigurationRecorderException",
      "Configuration recorder is not available to put delivery channel.",
    );
  },
  inUse: error(
    "LastDeliveryChannelDeleteFailedException",
    "Failed to delete last specified delivery channel with name '{id}', because there, because there is a running configuration recorder.",
  ),
});

const recorderStatus = ordinary("aws:cfg/recorderStatus:RecorderStatus", {
  id: "{name}",
  untagged: true,
  autoname: { property: "name", charactersMax: 256 },
  forceNew: ["name"],
  references: [refer("name", recorder.token, noRecorder, { cascades: true })],
  admit: (r) =>
    refuseIf(
      r.flag("isEnabled") && r.all(channel.token).length === 0,
      "NoAvailableDeliveryChannelException",
      "Delivery channel is not available to start configuration recorder.",
    ),
});

const owners = ["AWS", "CUSTOM_LAMBDA", "CUSTOM_POLICY"];

const rule = ordinary("aws:cfg/rule:Rule", {
  id: "{name}",
  arn: "config:config-rule/config-rule-{lower6}",
  name: 128,
  check: (r) => oneOf(r.text("source.owner"), "source.owner", owners),
  outputs: {
    description: "",
    evaluationModes: [{ mode: "DETECTIVE" }],
    inputParameters: "",
    maximumExecutionFrequency: "",
    ruleId: form("config-rule-{lower6}"),
  },
  admit: (r) => {
    if (r.all(recorder.token).length === 0)
      return error(
        "NoAvailableConfigurationRecorderException",
        "Configuration Recorder is not available to put config rule.",
      );
    return refuseIf(
      r.text("source.owner") !== "CUSTOM_POLICY" &&
        r.given("source.sourceIdentifier") === undefined,
      "InvalidParameterValueException",
      "The source identifier must be given",
    );
  },
});

const conformancePack = ordinary("aws:cfg/conformancePack:ConformancePack", {
  id: "{name}",
  arn: "config:conformance-pack/{name}/conformance-pack-{lower9}",
  name: 256,
  untagged: true,
  check: (r) =>
    r.given("templateBody") === undefined && r.given("templateS3Uri") === undefined
      ? [
          {
            property: "templateBody",
            reason: "one of `template_body,template_s3_uri` must be specified",
          },
        ]
      : [],
  outputs: { deliveryS3Bucket: "", deliveryS3KeyPrefix: "" },
  admit: (r) =>
    refuseIf(
      r.all(recorder.token).length === 0,
      "NoAvailableConfigurationRecorderException",
      "Configuration Recorder is not available to put conformance pack.",
    ),
});

const aggregator = ordinary("aws:cfg/configurationAggregator:ConfigurationAggregator", {
  id: "{name}",
  arn: "config:config-aggregator/config-aggregator-{lower8}",
  name: 256,
  check: (r) =>
    (r.given("accountAggregationSource") === undefined) ===
    (r.given("organizationAggregationSource") === undefined)
      ? [
          {
            property: "accountAggregationSource",
            reason:
              "one of `account_aggregation_source,organization_aggregation_source` must be specified",
          },
        ]
      : [],
  references: [
    toRole(
      "organizationAggregationSource.roleArn",
      error("InvalidRoleException", "The role {value} does not exist"),
    ),
  ],
});

const authorization = ordinary("aws:cfg/aggregateAuthorization:AggregateAuthorization", {
  id: (r) => `${r.text("accountId")}:${r.text("authorizedAwsRegion", r.region)}`,
  arn: "config:aggregation-authorization/{accountId}/{region}",
  forceNew: ["accountId", "authorizedAwsRegion"],
  check: (r) =>
    isAccount(r.text("accountId"))
      ? []
      : [{ property: "accountId", reason: `"account_id" doesn't look like AWS Account ID` }],
});

const frequencies = ["FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"];

const detector = ordinary("aws:guardduty/detector:Detector", {
  id: "{hex32}",
  arn: "guardduty:detector/{id}",
  defaults: { enable: true },
  check: (r) =>
    r.given("findingPublishingFrequency") === undefined
      ? []
      : oneOf(r.text("findingPublishingFrequency"), "findingPublishingFrequency", frequencies),
  outputs: { accountId: (r) => r.account, findingPublishingFrequency: "SIX_HOURS" },
  admit: (r) =>
    refuseIf(
      others(r).length > 0,
      "BadRequestException",
      "The request is rejected because a detector already exists for the current account.",
    ),
  inUse: error(
    "BadRequestException",
    "The request is rejected because the detector {id} has members: {value}",
  ),
});

const noDetector = error(
  "BadRequestException",
  "The request is rejected because the input detectorId is not owned by the current account.",
);
const ofDetector = refer("detectorId", detector.token, noDetector, { cascades: true });
const features = [
  "S3_DATA_EVENTS",
  "EKS_AUDIT_LOGS",
  "EBS_MALWARE_PROTECTION",
  "RDS_LOGIN_EVENTS",
  "EKS_RUNTIME_MONITORING",
  "LAMBDA_NETWORK_LOGS",
  "RUNTIME_MONITORING",
];

const detectorFeature = ordinary("aws:guardduty/detectorFeature:DetectorFeature", {
  id: "{detectorId}/{name}",
  untagged: true,
  autoname: { property: "name", charactersMax: 256 },
  forceNew: ["detectorId", "name"],
  check: (r) => [
    ...oneOf(r.text("status"), "status", ["ENABLED", "DISABLED"]),
    ...oneOf(r.text("name"), "name", features),
  ],
  references: [ofDetector],
});

const guardMember = ordinary("aws:guardduty/member:Member", {
  id: "{detectorId}:{accountId}",
  untagged: true,
  defaults: { disableEmailNotification: false, invite: false },
  forceNew: ["accountId", "detectorId", "email"],
  check: (r) =>
    isAccount(r.text("accountId"))
      ? []
      : [{ property: "accountId", reason: `"account_id" doesn't look like AWS Account ID` }],
  outputs: { relationshipStatus: (r) => (r.flag("invite") ? "Invited" : "Created") },
  references: [ofDetector],
});

const guardOrganization = ordinary(
  "aws:guardduty/organizationConfiguration:OrganizationConfiguration",
  {
    id: "{detectorId}",
    untagged: true,
    forceNew: ["detectorId"],
    check: (r) =>
      oneOf(r.text("autoEnableOrganizationMembers"), "autoEnableOrganizationMembers", [
        "NEW",
        "ALL",
        "NONE",
      ]),
    references: [ofDetector],
  },
);

const guardFilter = ordinary("aws:guardduty/filter:Filter", {
  id: "{detectorId}:{name}",
  arn: "guardduty:detector/{detectorId}/filter/{name}",
  name: 64,
  forceNew: ["detectorId"],
  check: (r) => oneOf(r.text("action"), "action", ["NOOP", "ARCHIVE"]),
  references: [ofDetector],
});

const publishing = ordinary("aws:guardduty/publishingDestination:PublishingDestination", {
  id: "{detectorId}:{hex32:destination}",
  arn: "guardduty:detector/{detectorId}/publishingdestination/{hex32:destination}",
  defaults: { destinationType: "S3" },
  forceNew: ["destinationType", "detectorId"],
  outputs: { destinationId: form("{hex32:destination}") },
  references: [
    ofDetector,
    toKey(
      "kmsKeyArn",
      "BadRequestException",
      "The request failed because the KMS key {value} is not accessible",
    ),
    refer(
      "destinationArn",
      bucketTokens,
      error(
        "BadRequestException",
        "The request failed because the GuardDuty service principal does not have permission to the KMS key or the resource specified by the resourceArn parameter.",
      ),
      { by: "arn", within: "world", key: (_r, value) => value.split("/")[0] ?? value },
    ),
  ],
});

/** The account that a security service of the organisation is delegated to: one each. */
const administrator = (module: "guardduty" | "securityhub") =>
  ordinary(`aws:${module}/organizationAdminAccount:OrganizationAdminAccount`, {
    id: "{adminAccountId}",
    untagged: true,
    forceNew: ["adminAccountId"],
    check: (r) =>
      isAccount(r.text("adminAccountId"))
        ? []
        : [
            {
              property: "adminAccountId",
              reason: `"admin_account_id" doesn't look like AWS Account ID`,
            },
          ],
    admit: (r) =>
      refuseIf(
        others(r).length > 0,
        "BadRequestException",
        "The request is rejected because another account is already enabled as delegated administrator for the organization.",
      ),
  });

const hub = ordinary("aws:securityhub/account:Account", {
  id: "{account}",
  untagged: true,
  defaults: { autoEnableControls: true, enableDefaultStandards: true },
  outputs: {
    arn: form("arn:{partition}:securityhub:{region}:{account}:hub/default"),
    controlFindingGenerator: "SECURITY_CONTROL",
  },
  keys: ["arn"],
  taken: error("ResourceConflictException", "Account is already subscribed to Security Hub"),
  schemaVersion: 1,
});

/** Nothing of Security Hub works before it is switched on in the region. */
const needsHub = (r: Resource) =>
  refuseIf(
    r.all(hub.token).length === 0,
    "InvalidAccessException",
    `Account ${r.account} is not subscribed to AWS Security Hub`,
  );

const standard = ordinary("aws:securityhub/standardsSubscription:StandardsSubscription", {
  id: (r) =>
    form(
      `arn:{partition}:securityhub:{region}:{account}:subscription/${
        r
          .text("standardsArn")
          .split(/:::?ruleset\/|:standards\/|::standards\//)
          .at(-1) ?? ""
      }`,
    )(r),
  untagged: true,
  forceNew: ["standardsArn"],
  outputs: { arn: (r) => r.id },
  admit: (r) =>
    needsHub(r) ??
    refuseIf(
      !/^arn:[\w-]+:securityhub:[\w-]*::(standards|ruleset)\//.test(r.text("standardsArn")),
      "InvalidInputException",
      `Invalid parameter: standardsArn ${r.text("standardsArn")}`,
    ),
});

const product = ordinary("aws:securityhub/productSubscription:ProductSubscription", {
  id: (r) => `${r.text("productArn")},${subscriptionArn(r)}`,
  untagged: true,
  forceNew: ["productArn"],
  outputs: { arn: subscriptionArn },
  admit: needsHub,
});

function subscriptionArn(r: Resource): string {
  return form(
    `arn:{partition}:securityhub:{region}:{account}:product-subscription/${r.text("productArn").split(":product/").at(-1) ?? ""}`,
  )(r);
}

const findingAggregator = ordinary("aws:securityhub/findingAggregator:FindingAggregator", {
  id: (r) => form("arn:{partition}:securityhub:{region}:{account}:finding-aggregator/{uuid}")(r),
  untagged: true,
  check: (r) =>
    oneOf(r.text("linkingMode"), "linkingMode", [
      "ALL_REGIONS",
      "ALL_REGIONS_EXCEPT_SPECIFIED",
      "SPECIFIED_REGIONS",
      "NO_REGIONS",
    ]),
  outputs: { arn: (r) => r.id },
  admit: (r) =>
    needsHub(r) ??
    refuseIf(others(r).length > 0, "InvalidInputException", "A finding aggregator exists already"),
});

const hubOrganization = ordinary(
  "aws:securityhub/organizationConfiguration:OrganizationConfiguration",
  {
    id: "{account}",
    untagged: true,
    outputs: {
      autoEnableStandards: "DEFAULT",
      organizationConfiguration: { configurationType: "LOCAL" },
    },
    admit: needsHub,
  },
);

const hubMember = ordinary("aws:securityhub/member:Member", {
  id: "{accountId}",
  untagged: true,
  defaults: { invite: false },
  forceNew: ["accountId", "email", "invite"],
  outputs: {
    masterId: (r) => r.account,
    memberStatus: (r) => (r.flag("invite") ? "Invited" : "Created"),
  },
  admit: needsHub,
});

const scans = ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE", "CODE_REPOSITORY"];

const inspector = ordinary("aws:inspector2/enabler:Enabler", {
  id: (r) =>
    `${r.list("accountIds").map(String).sort().join(":")}-${r.list("resourceTypes").map(String).sort().join(":")}`,
  untagged: true,
  forceNew: ["accountIds"],
  check: (r) =>
    r.every("resourceTypes[*]").flatMap((type) => oneOf(String(type), "resourceTypes", scans)),
  timeouts: { create: 300, update: 300, delete: 300 },
});

const inspectorAdmin = ordinary("aws:inspector2/delegatedAdminAccount:DelegatedAdminAccount", {
  id: "{accountId}",
  untagged: true,
  forceNew: ["accountId"],
  outputs: { relationshipStatus: "ENABLED" },
});

const inspectorOrganization = ordinary(
  "aws:inspector2/organizationConfiguration:OrganizationConfiguration",
  {
    id: "{account}",
    untagged: true,
    outputs: { maxAccountLimitReached: false },
  },
);

const macie = ordinary("aws:macie2/account:Account", {
  id: "{account}",
  untagged: true,
  check: (r) => [
    ...(r.given("findingPublishingFrequency") === undefined
      ? []
      : oneOf(r.text("findingPublishingFrequency"), "findingPublishingFrequency", frequencies)),
    ...(r.given("status") === undefined
      ? []
      : oneOf(r.text("status"), "status", ["ENABLED", "PAUSED"])),
  ],
  outputs: {
    createdAt: (r) => r.createdAt,
    updatedAt: (r) => r.createdAt,
    findingPublishingFrequency: "FIFTEEN_MINUTES",
    serviceRole: form(
      "arn:{partition}:iam::{account}:role/aws-service-role/macie.{suffix}/AWSServiceRoleForAmazonMacie",
    ),
    status: "ENABLED",
  },
  taken: error("ConflictException", "Macie has already been enabled"),
});

const macieJob = ordinary("aws:macie2/classificationJob:ClassificationJob", {
  id: "{hex32}",
  name: 500,
  prefixed: true,
  forceNew: [
    "customDataIdentifierIds",
    "description",
    "initialRun",
    "jobType",
    "s3JobDefinition",
    "samplingPercentage",
    "scheduleFrequency",
  ],
  check: (r) => oneOf(r.text("jobType"), "jobType", ["ONE_TIME", "SCHEDULED"]),
  outputs: {
    createdAt: (r) => r.createdAt,
    jobArn: form("arn:{partition}:macie2:{region}:{account}:classification-job/{id}"),
    jobId: (r) => r.id,
    jobStatus: "RUNNING",
    samplingPercentage: 100,
  },
  admit: (r) =>
    refuseIf(r.all(macie.token).length === 0, "AccessDeniedException", "Macie is not enabled"),
});

const analyzerTypes = [
  "ACCOUNT",
  "ACCOUNT_INTERNAL_ACCESS",
  "ACCOUNT_UNUSED_ACCESS",
  "ORGANIZATION",
  "ORGANIZATION_INTERNAL_ACCESS",
  "ORGANIZATION_UNUSED_ACCESS",
];

const analyzer = ordinary("aws:accessanalyzer/analyzer:Analyzer", {
  id: "{analyzerName}",
  arn: "access-analyzer:analyzer/{analyzerName}",
  defaults: { type: "ACCOUNT" },
  forceNew: ["analyzerName", "type"],
  check: (r) => oneOf(r.text("type", "ACCOUNT"), "type", analyzerTypes),
  taken: error("ConflictException", "Analyzer with this name already exists: {id}"),
  admit: (r) =>
    refuseIf(
      others(r).some(
        ({ properties }) => properties["type"] === r.given("type") && r.text("type") === "ACCOUNT",
      ),
      "ServiceQuotaExceededException",
      "You have reached the quota for this analyzer type: 1 per Region and account",
    ),
});

const archiveRule = ordinary("aws:accessanalyzer/archiveRule:ArchiveRule", {
  id: "{analyzerName}/{ruleName}",
  untagged: true,
  forceNew: ["analyzerName", "ruleName"],
  references: [
    refer(
      "analyzerName",
      analyzer.token,
      error("ResourceNotFoundException", "Analyzer {value} not found"),
      { cascades: true },
    ),
  ],
});

const graph = ordinary("aws:detective/graph:Graph", {
  id: (r) => form("arn:{partition}:detective:{region}:{account}:graph:{hex32}")(r),
  outputs: { createdTime: (r) => r.createdAt, graphArn: (r) => r.id },
  admit: (r) =>
    refuseIf(
      others(r).length > 0,
      "ConflictException",
      "A behavior graph already exists for this account",
    ),
});

/** The entries of services that watch. */
export const postureTypes: readonly TypeEntry[] = [
  recorder,
  channel,
  recorderStatus,
  rule,
  conformancePack,
  aggregator,
  authorization,
  detector,
  detectorFeature,
  guardMember,
  guardOrganization,
  guardFilter,
  publishing,
  administrator("guardduty"),
  hub,
  standard,
  product,
  findingAggregator,
  hubOrganization,
  hubMember,
  administrator("securityhub"),
  inspector,
  inspectorAdmin,
  inspectorOrganization,
  macie,
  macieJob,
  analyzer,
  archiveRule,
  graph,
];
