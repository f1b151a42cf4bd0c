/** Canaries: scripts that watch an endpoint (CloudWatch Synthetics API reference). */

import type { TypeEntry } from "../../../../types/type.ts";
import { toGroup, toSubnet } from "../ec2-references.ts";
import { toRole } from "../iam-references.ts";
import { error, form, ordinary } from "../ordinary.ts";
import { toBucket } from "../s3-references.ts";

const canary = ordinary("aws:synthetics/canary:Canary", {
  id: "{name}",
  arn: "synthetics:canary:{name}",
  autoname: { property: "name", charactersMax: 255, lowerCase: true },
  defaults: {
    deleteLambda: false,
    failureRetentionPeriod: 31,
    startCanary: false,
    successRetentionPeriod: 31,
  },
  forceNew: ["name"],
  check: (r) =>
    /^[0-9a-z_-]{1,255}$/.test(r.text("name"))
      ? []
      : [
          {
            property: "name",
            reason: "must contain only lowercase alphanumeric, hyphens, or underscores",
          },
        ],
  outputs: {
    engineArn: form(
      "arn:{partition}:lambda:{region}:{account}:function:cwsyn-{name}-{uuid:engine}:1",
    ),
    sourceLocationArn: form(
      "arn:{partition}:lambda:{region}:{account}:layer:cwsyn-{name}-{uuid:engine}:1",
    ),
    runConfig: { activeTracing: false, memoryInMb: 1000, timeoutInSeconds: 840 },
    "runConfig.activeTracing": false,
    "runConfig.memoryInMb": 1000,
    "runConfig.timeoutInSeconds": 840,
    status: (r) => (r.flag("startCanary") ? "RUNNING" : "READY"),
    timelines: (r) => [
      {
        created: r.createdAt,
        lastModified: r.createdAt,
        lastStarted: r.flag("startCanary") ? r.createdAt : "",
        lastStopped: "",
      },
    ],
  },
  references: [
    toRole("executionRoleArn", error("ValidationException", "The role {value} does not exist.")),
    toBucket("s3Bucket"),
    toSubnet("vpcConfig.subnetIds[*]"),
    toGroup("vpcConfig.securityGroupIds[*]"),
  ],
  taken: error("ConflictException", "A canary with the name {id} already exists"),
});

/** The entries of canaries. */
export const canaryTypes: readonly TypeEntry[] = [canary];
