/** Flow logs of EC2 networks (VPC user guide, "VPC Flow Logs"). */

import type { Resource } from "../../../types/resource.ts";
import type { InputFault, Reference, ServiceError, TypeEntry } from "../../../types/type.ts";
import { arn, oneOf, others, regionAndTags } from "./common.ts";
import { toSubnet, toVpc } from "./ec2-references.ts";
import { toRole } from "./iam-references.ts";
import { bucketOfArn, bucketTokens } from "./s3-references.ts";

/** The fields of a flow log that asks for none. */
const defaultFormat =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the fields are in the service's own notation
  "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}";

const sources = [
  "eniId",
  "regionalNatGatewayId",
  "subnetId",
  "transitGatewayId",
  "transitGatewayAttachmentId",
  "vpcId",
];
const trafficTypes = ["ACCEPT", "REJECT", "ALL"];
const destinationTypes = ["cloud-watch-logs", "s3", "kinesis-data-firehose"];
/** Seconds over which packets are put together (CreateFlowLogs, MaxAggregationInterval). */
const intervals = [60, 600];

const toBucket: Reference = {
  at: "logDestination",
  to: bucketTokens,
  within: "world",
  key: (_r, value) => bucketOfArn(value),
  unless: (value) => !value.includes(":s3:::"),
  missing: {
    code: "LogDestinationNotFoundException",
    says: "LogDestination: {value} does not exist.",
  },
};

const toLogGroup: Reference = {
  at: "logDestination",
  to: "aws:cloudwatch/logGroup:LogGroup",
  by: "arn",
  key: (_r, value) => value.replace(/:\*$/, ""),
  unless: (value) => !value.includes(":log-group:"),
  missing: {
    code: "LogDestinationNotFoundException",
    says: "LogDestination: {value} does not exist.",
  },
};

const flowLog: TypeEntry = {
  token: "aws:ec2/flowLog:FlowLog",
  defaults: {
    logDestinationType: "cloud-watch-logs",
    maxAggregationInterval: 600,
    "destinationOptions.fileFormat": "plain-text",
    "destinationOptions.hiveCompatiblePartitions": false,
    "destinationOptions.perHourPartition": false,
  },
  // A flow log cannot be changed: every property but tags makes a new one.
  forceNew: [
    ...sources,
    "deliverCrossAccountRole",
    "destinationOptions",
    "iamRoleArn",
    "logDestination",
    "logDestinationType",
    "logFormat",
    "maxAggregationInterval",
    "trafficType",
    "region",
  ],
  check: faults,
  id: (r) => `fl-0${r.hex("id", 16)}`,
  planned: regionAndTags,
  outputs: {
    arn: (r) => arn(r, "ec2", `vpc-flow-log/${r.id}`),
    logDestination: "",
    logFormat: defaultFormat,
  },
  keys: ["arn"],
  references: [
    { ...toVpc("vpcId"), holds: false, cascades: true },
    { ...toSubnet("subnetId"), holds: false, cascades: true },
    toRole("iamRoleArn", { code: "InvalidParameter", says: "Role {value} does not exist." }),
    toBucket,
    toLogGroup,
  ],
  admit: refuseFlowLog,
};

function faults(r: Resource): readonly InputFault[] {
  const given = sources.filter((source) => r.given(source) !== undefined);
  const interval = r.number("maxAggregationInterval", 600);
  return [
    ...(given.length === 1
      ? []
      : [
          {
            property: given[0] ?? "vpcId",
            reason: `exactly one of \`${sources.join(",")}\` must be specified`,
          },
        ]),
    ...oneOf(r.text("logDestinationType", "s3"), "logDestinationType", destinationTypes),
    ...(r.given("trafficType") === undefined
      ? []
      : oneOf(r.text("trafficType"), "trafficType", trafficTypes)),
    ...(intervals.includes(interval)
      ? []
      : [
          {
            property: "maxAggregationInterval",
            reason: `expected maxAggregationInterval to be one of [60 600], got ${interval}`,
          },
        ]),
  ];
}

function refuseFlowLog(r: Resource): ServiceError | undefined {
  const type = r.text("logDestinationType", "cloud-watch-logs");
  if (type === "cloud-watch-logs" && r.given("iamRoleArn") === undefined) {
    return {
      code: "InvalidParameter",
      says: "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.",
    };
  }
  if (
    r.given("trafficType") === undefined &&
    (r.given("vpcId") ?? r.given("subnetId") ?? r.given("eniId")) !== undefined
  ) {
    return { code: "InvalidParameter", says: "TrafficType is required." };
  }
  const same = [...sources, "trafficType", "logDestination", "logFormat"];
  const taken = others(r).some(({ properties }) =>
    same.every((key) => r.given(key) === undefined || properties[key] === r.given(key)),
  );
  return taken
    ? {
        code: "FlowLogAlreadyExists",
        says: "Error. There is an existing Flow Log with the same configuration and log destination.",
      }
    : undefined;
}

/** The entries of flow logs. */
export const flowLogTypes: readonly TypeEntry[] = [flowLog];
