/**
 * VPC flow logs (Amazon VPC user guide, "Flow log records", "Publish flow logs to Amazon S3", "… to
 * CloudWatch Logs").
 */

import { randomBytes } from "node:crypto";
import { type Live, textAt } from "../../probe/token/live.ts";
import type { RecordData } from "../../world/world.ts";
import { dateParts } from "../call.ts";
import { type Flow, packetBytes } from "../flow.ts";
import { destinationRow, type Routes } from "../logging.ts";
import { bucketTokens, logGroupTokens } from "./trails.ts";

export const flowLogToken = "aws:ec2/flowLog:FlowLog";

/** Fields of version 2, used where no format is given. */
const usualFormat = [
  "version",
  "account-id",
  "interface-id",
  "srcaddr",
  "dstaddr",
  "srcport",
  "dstport",
  "protocol",
  "packets",
  "bytes",
  "start",
  "end",
  "action",
  "log-status",
]
  .map((field) => `\${${field}}`)
  .join(" ");

/** The version in which a field came; a record's version is the highest of its fields ("Available fields"). */
const versions: Readonly<Record<string, number>> = {
  "vpc-id": 3,
  "subnet-id": 3,
  "instance-id": 3,
  "tcp-flags": 3,
  type: 3,
  "pkt-srcaddr": 3,
  "pkt-dstaddr": 3,
  region: 4,
  "az-id": 4,
  "sublocation-type": 4,
  "sublocation-id": 4,
  "pkt-src-aws-service": 5,
  "pkt-dst-aws-service": 5,
  "flow-direction": 5,
  "traffic-path": 5,
  "reject-reason": 8,
};
const versionMin = 2;

/** The first packet of a connection has SYN alone ("TCP flag sequence"). */
const synFlag = "2";
const tcpProtocol = 6;

/** How long an aggregation interval is at most where none is given, in seconds. */
const usualIntervalSeconds = 600;

/** Records of a flow in the destinations of every flow log that watches its interface. */
export function toFlowLogs(routes: Routes, flow: Flow): readonly RecordData[] {
  return routes.live
    .of(flowLogToken)
    .filter((log) => log.account === flow.account && watches(log, flow))
    .flatMap((log) => delivered(routes, log, flow));
}

/** Of an interface, a subnet or a VPC; of accepted traffic, rejected traffic, or all. */
function watches({ properties }: Live, flow: Flow): boolean {
  const watched =
    textAt(properties, "eniId") === flow.interfaceId ||
    textAt(properties, "subnetId") === flow.subnetId ||
    textAt(properties, "vpcId") === flow.networkId;
  const type = textAt(properties, "trafficType") || "ALL";
  return watched && (type === "ALL" || type === actionOf(flow));
}

function actionOf({ accepted }: Flow): "ACCEPT" | "REJECT" {
  return accepted ? "ACCEPT" : "REJECT";
}

function delivered({ world }: Routes, log: Live, flow: Flow): readonly RecordData[] {
  const { properties } = log;
  const body = flowLine(textAt(properties, "logFormat") || usualFormat, log, flow);
  const at = flow.at.toISOString();
  const target = textAt(properties, "logDestination");
  const common = { kind: "VPC flow log", at, body };
  if (textAt(properties, "logDestinationType") === "s3") {
    const [, bucket = "", folder = ""] = /^arn:[\w-]+:s3:::([^/]+)\/?(.*?)\/?$/.exec(target) ?? [];
    const destination = destinationRow(world, bucketTokens, bucket);
    const place = objectName(folder, log, flow);
    return destination === undefined ? [] : [{ destination, place, ...common }];
  }
  const group = /:log-group:([^:]+)/.exec(target)?.[1] ?? textAt(properties, "logGroupName");
  const destination = destinationRow(world, logGroupTokens, group);
  const place = `${flow.interfaceId}-${(textAt(properties, "trafficType") || "ALL").toLowerCase()}`;
  return destination === undefined ? [] : [{ destination, place, ...common }];
}

/** `FOLDER/AWSLogs/ACCOUNT/vpcflowlogs/REGION/YYYY/MM/DD/ACCOUNT_vpcflowlogs_REGION_ID_YYYYMMDDTHHmmZ_HASH.log.gz`. */
function objectName(folder: string, log: Live, { account, region, at }: Flow): string {
  const { year, month, day, hour, minute } = dateParts(at);
  const hash = randomBytes(4).toString("hex");
  const file = `${account}_vpcflowlogs_${region}_${log.id}_${year}${month}${day}T${hour}${minute}Z_${hash}.log.gz`;
  const path = `AWSLogs/${account}/vpcflowlogs/${region}/${year}/${month}/${day}/${file}`;
  return folder === "" ? path : `${folder}/${path}`;
}

/** One line; a field without value is `-`. */
export function flowLine(format: string, log: Live, flow: Flow): string {
  const startSeconds = Math.floor(flow.at.getTime() / 1000);
  const interval = log.properties["maxAggregationInterval"];
  const seconds = typeof interval === "number" ? interval : usualIntervalSeconds;
  const fields: Readonly<Record<string, string>> = {
    version: String(versionOf(format)),
    "account-id": flow.account,
    "interface-id": flow.interfaceId,
    srcaddr: flow.source,
    dstaddr: flow.destination,
    srcport: String(flow.sourcePort),
    dstport: String(flow.destinationPort),
    protocol: String(flow.protocol),
    packets: "1",
    bytes: String(packetBytes),
    start: String(startSeconds),
    end: String(startSeconds + Math.min(seconds, 60)),
    action: actionOf(flow),
    "log-status": "OK",
    "vpc-id": flow.networkId,
    "subnet-id": flow.subnetId,
    "pkt-srcaddr": flow.source,
    "pkt-dstaddr": flow.destination,
    region: flow.region,
    "flow-direction": flow.direction === "in" ? "ingress" : "egress",
    "tcp-flags": flow.protocol === tcpProtocol ? synFlag : "0",
    type: flow.source.includes(":") ? "IPv6" : "IPv4",
  };
  return format.replace(fieldPattern, (_all, name: string) => fields[name] ?? "-");
}

const fieldPattern = /\$\{([\w-]+)\}/g;

function versionOf(format: string): number {
  const names = [...format.matchAll(fieldPattern)].map(([, name = ""]) => name);
  return Math.max(versionMin, ...names.map((name) => versions[name] ?? versionMin));
}
