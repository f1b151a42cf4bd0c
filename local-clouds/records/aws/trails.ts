/**
 * Where trails deliver (AWS CloudTrail user guide, "Finding your CloudTrail log files", "Understanding
 * multi-Region trails", "Amazon S3 bucket policy for CloudTrail").
 */

import { randomBytes } from "node:crypto";
import { evaluatePolicy } from "../../probe/token/aws/evaluate.ts";
import { type Policy, parsePolicy } from "../../probe/token/aws/policy.ts";
import { RequestContext, value } from "../../probe/token/aws/request.ts";
import { type Live, textAt } from "../../probe/token/live.ts";
import type { RecordData } from "../../world/world.ts";
import { dateParts } from "../call.ts";
import { destinationRow, type Routes } from "../logging.ts";
import type { TrailEvent } from "./cloudtrail.ts";
import { selects } from "./selectors.ts";

export const trailToken = "aws:cloudtrail/trail:Trail";
export const bucketPolicyToken = "aws:s3/bucketPolicy:BucketPolicy";
export const bucketTokens = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
export const logGroupTokens = ["aws:cloudwatch/logGroup:LogGroup"];
const memberToken = "aws:organizations/account:Account";

/** Records of an event in the destinations of every trail that selects it. */
export function toTrails(routes: Routes, event: TrailEvent, at: Date): readonly RecordData[] {
  return routes.live
    .of(trailToken)
    .filter((trail) => takes(routes, trail, event))
    .flatMap((trail) => [
      ...toBucket(routes, trail, event, at),
      ...toLogGroup(routes, trail, event, at),
    ]);
}

function takes(routes: Routes, trail: Live, event: TrailEvent): boolean {
  const { properties } = trail;
  if (properties["enableLogging"] === false) return false;
  if (trail.account !== event.account && !ofOrganization(routes, trail, event.account))
    return false;
  const everywhere = properties["isMultiRegionTrail"] === true;
  if (!everywhere && trail.region !== event.region) return false;
  if (event.global && properties["includeGlobalServiceEvents"] === false) return false;
  return selects(properties, event);
}

/** An organization trail logs the events of all member accounts ("Creating a trail for an organization"). */
function ofOrganization({ live }: Routes, trail: Live, account: string): boolean {
  return (
    trail.properties["isOrganizationTrail"] === true &&
    live.of(memberToken).some(({ id }) => id === account)
  );
}

function toBucket(routes: Routes, trail: Live, event: TrailEvent, at: Date): readonly RecordData[] {
  const bucket = textAt(trail.properties, "s3BucketName");
  const row = destinationRow(routes.world, bucketTokens, bucket);
  const place = objectName(trail, event, at);
  if (row === undefined || !admitted(routes, trail, bucket, place)) return [];
  return [record(row, place, event, at)];
}

/** `PREFIX/AWSLogs/ACCOUNT/CloudTrail/REGION/YYYY/MM/DD/ACCOUNT_CloudTrail_REGION_YYYYMMDDTHHmmZ_UNIQUE.json.gz`. */
function objectName(trail: Live, { account, region }: TrailEvent, at: Date): string {
  const prefix = textAt(trail.properties, "s3KeyPrefix");
  const { year, month, day, hour, minute } = dateParts(at);
  const unique = randomBytes(8).toString("hex");
  const file = `${account}_CloudTrail_${region}_${year}${month}${day}T${hour}${minute}Z_${unique}.json.gz`;
  const folder = `AWSLogs/${account}/CloudTrail/${region}/${year}/${month}/${day}`;
  return `${prefix === "" ? "" : `${prefix}/`}${folder}/${file}`;
}

/** Documents taken apart, as long as the settings that they came with are known. */
const parsed = new WeakMap<Live, Policy | undefined>();

function policyOf(held: Live): Policy | undefined {
  if (!parsed.has(held)) parsed.set(held, parsePolicy(held.properties["policy"]));
  return parsed.get(held);
}

/** Without the bucket's leave nothing arrives there. */
function admitted({ live }: Routes, trail: Live, bucket: string, place: string): boolean {
  const held = live
    .of(bucketPolicyToken)
    .find(({ properties }) => textAt(properties, "bucket") === bucket);
  const policy = held === undefined ? undefined : policyOf(held);
  if (policy === undefined) return false;
  const answer = evaluatePolicy(
    policy,
    {
      principal: { kind: "Service", service: "cloudtrail.amazonaws.com" },
      action: "s3:PutObject",
      resource: `arn:aws:s3:::${bucket}/${place}`,
      context: new RequestContext({
        "aws:SourceArn": value(textAt(trail.properties, "arn")),
        "aws:SourceAccount": value(trail.account),
        "aws:SecureTransport": value("true"),
        "aws:PrincipalIsAWSService": value("true"),
        "s3:x-amz-acl": value("bucket-owner-full-control"),
      }),
    },
    "bucket policy",
  );
  return answer.says !== "no";
}

/** "Sending events to CloudWatch Logs": one log stream for an account and region. */
function toLogGroup(routes: Routes, trail: Live, event: TrailEvent, at: Date) {
  const arn = textAt(trail.properties, "cloudWatchLogsGroupArn");
  const name = /:log-group:([^:]+)/.exec(arn)?.[1] ?? "";
  const row = name === "" ? undefined : destinationRow(routes.world, logGroupTokens, name);
  if (row === undefined) return [];
  return [record(row, `${event.account}_CloudTrail_${trail.region}`, event, at)];
}

function record(destination: number, place: string, event: TrailEvent, at: Date): RecordData {
  const body = JSON.stringify(event.record);
  return { destination, place, kind: "CloudTrail", at: at.toISOString(), body };
}
