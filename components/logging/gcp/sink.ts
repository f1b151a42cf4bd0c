/** Creates the organisation's lowered sink. */
import * as logging from "@pulumi/gcp/logging/index.js";
import * as storage from "@pulumi/gcp/storage/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { childOf } from "../../shared/providers.ts";
import type { GcpOrganisationSink } from "./lower-sink.ts";
import { createStore } from "./store.ts";

/** Returns the name of the bucket that takes the logs. */
export function createSink(
  parent: pulumi.ComponentResource,
  name: string,
  lowered: GcpOrganisationSink,
): pulumi.Output<string> {
  const bucket = createStore(parent, name, lowered.store);
  const sink = new logging.OrganizationSink(
    name,
    {
      orgId: lowered.organisationId,
      name: lowered.name,
      destination: lowered.destination,
      // Everything: a filter here would be a hole in every project at once.
      filter: "",
      includeChildren: true,
    },
    childOf(parent, { dependsOn: [bucket] }),
  );
  new storage.BucketIAMMember(
    `${name}-sink`,
    { bucket: bucket.name, role: "roles/storage.objectCreator", member: sink.writerIdentity },
    childOf(parent),
  );
  return bucket.name;
}
