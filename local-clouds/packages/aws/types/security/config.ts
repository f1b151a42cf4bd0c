/** AWS Config, which records what an account has (AWS Config API reference). */

import type { TypeEntry } from "../../../../types/type.ts";
import { oneOf, others } from "../common.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { isAccount, toKey, toTopic } from "../references.ts";
import { toBucket } from "../s3-references.ts";

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

/** The entries of AWS Config. */
export const configTypes: readonly TypeEntry[] = [
  recorder,
  channel,
  recorderStatus,
  rule,
  conformancePack,
  aggregator,
  authorization,
];
