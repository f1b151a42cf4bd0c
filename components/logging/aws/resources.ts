/** Creates an environment's lowered AWS logging. */
import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as route53 from "@pulumi/aws/route53/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { mustGet } from "../../shared/must-get.ts";
import { childOf } from "../../shared/providers.ts";
import type { AwsLogging } from "./lower.ts";
import { createStore } from "./store.ts";

/** Returns the name of the bucket that takes the logs. `vpcIds` is by place. */
export function createAws(
  parent: pulumi.ComponentResource,
  name: string,
  lowered: AwsLogging,
  vpcIds: ReadonlyMap<string, pulumi.Input<string>>,
): pulumi.Output<string> {
  const store = createStore(parent, `${name}-aws`, lowered.store);
  for (const record of lowered.flowLogs) {
    new ec2.FlowLog(
      `${name}-${record.place}-flows`,
      {
        vpcId: mustGet(vpcIds, record.place),
        trafficType: "ALL",
        maxAggregationInterval: record.aggregationSeconds,
        logDestinationType: "s3",
        logDestination: record.destination,
        logFormat: record.format,
        destinationOptions: { fileFormat: "parquet", perHourPartition: true },
        region: record.region,
        tags: { "bulkhead:place": record.place },
      },
      childOf(parent, { dependsOn: [...store.ready] }),
    );
  }
  for (const record of lowered.queryLogs) {
    const base = `${name}-${record.place}-queries`;
    const { region } = record;
    const tags = { "bulkhead:place": record.place };
    const config = new route53.ResolverQueryLogConfig(
      base,
      { destinationArn: record.destination, region, tags },
      childOf(parent, { dependsOn: [...store.ready] }),
    );
    new route53.ResolverQueryLogConfigAssociation(
      base,
      {
        resolverQueryLogConfigId: config.id,
        resourceId: mustGet(vpcIds, record.place),
        region,
      },
      childOf(parent),
    );
  }
  return store.bucket.bucket;
}
