/** Amazon Redshift Management Guide, "Controlling network traffic with Redshift enhanced VPC routing". */
import { demandRule } from "../shared/flag-rule.ts";

const demand = {
  path: ["enhancedVpcRouting"],
  holds: (value?: string) => value === "true",
  witness: "UNLOAD into a bucket of an attacker's own, past the VPC",
  good: true,
  bad: false,
} as const;

export const AN29c = demandRule({
  id: "AN29c",
  sentence: "Redshift copies and unloads data through its VPC.",
  why: "Data leaves by AWS's own network, where no group, endpoint policy or flow log of the VPC sees it.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Set enhancedVpcRouting to true, with an endpoint for S3 whose policy names the buckets.",
  demands: {
    "aws:redshift/cluster:Cluster": [demand],
    "aws:redshiftserverless/workgroup:Workgroup": [demand],
  },
  // Copies fail until the VPC leads to S3.
  remedy: "opt-in",
});
