/** What an AWS action is about: its ARN, whose it is, and what of it is deployed. */

import { type Live, type LiveWorld, textAt } from "../../probe/token/live.ts";

/** A resource as policies name it. */
export interface AwsResource {
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  /** What is deployed: for an object its bucket. */
  readonly live: Live | undefined;
}

/** Bucket types, whose ARN holds neither account nor region. */
const buckets = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];

/** The resource that a text names: `*`, an ARN, `s3://BUCKET/KEY`, an id, a URN or its end. */
export function awsResource(
  live: LiveWorld,
  text: string,
  usual: { readonly account: string; readonly region: string },
): AwsResource {
  const arn = text.replace(/^s3:\/\//, "arn:aws:s3:::");
  if (arn === "*") return { arn, ...usual, live: undefined };
  if (arn.startsWith("arn:")) return byArn(live, arn, usual);
  const found = named(live, text);
  if (found === undefined) return { arn: text, ...usual, live: undefined };
  const { account, region } = found;
  return {
    arn: textAt(found.properties, "arn") || found.id,
    account,
    region: region || usual.region,
    live: found,
  };
}

function byArn(
  live: LiveWorld,
  arn: string,
  usual: { readonly account: string; readonly region: string },
): AwsResource {
  const [, , service, region = "", account = "", ...rest] = arn.split(":");
  if (service === "s3") {
    const name = rest.join(":").replace(/\/.*$/, "");
    const bucket = live.of(...buckets).find(({ id }) => id === name);
    return {
      arn,
      account: bucket?.account ?? usual.account,
      region: bucket?.region || usual.region,
      live: bucket,
    };
  }
  const found = live.like(/^aws:/).find(({ properties }) => isNamed(properties["arn"], arn));
  return {
    arn,
    account: account || found?.account || usual.account,
    region: region || usual.region,
    live: found,
  };
}

/** A policy's or a secret's own ARN, nothing that only refers to it. */
function isNamed(value: unknown, arn: string): boolean {
  return value === arn;
}

function named(live: LiveWorld, text: string): Live | undefined {
  const all = live.like(/^aws:/);
  return (
    all.find(({ id, properties }) => id === text && textAt(properties, "arn") !== "") ??
    all.find(({ id }) => id === text) ??
    all.find(({ urn }) => urn !== "" && (urn === text || urn.endsWith(`:${text}`)))
  );
}
