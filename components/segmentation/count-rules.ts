/** Counts rules against a group's quota as the vendor counts them. */
import type { AwsSegmentationPlan } from "./aws/lower.ts";
import type { AzureSegmentationPlan } from "./azure/lower.ts";
import type { SegmentationPlan } from "./plan.ts";

/** How many rules count together in one group. */
export interface RuleCount {
  readonly segment: string;
  /** What is counted, e.g. `ingress rules of IPv4`. */
  readonly of: string;
  readonly rules: number;
}

/** The counts of every group; GCP's policy has no quota per segment. */
export function countRules(plan: SegmentationPlan): RuleCount[] {
  switch (plan.cloud) {
    case "aws":
      return countAws(plan);
    case "azure":
      return countAzure(plan);
    case "gcp":
      return [];
  }
}

/** Per direction and family; a rule that names a group counts in both (VPC quotas). */
function countAws(plan: AwsSegmentationPlan): RuleCount[] {
  return plan.groups.flatMap(({ segment }) =>
    (["ingress", "egress"] as const).flatMap((direction) =>
      ([4, 6] as const).map((family) => ({
        segment,
        of: `${direction} rules of IPv${family}`,
        rules: plan.rules.filter(
          (rule) =>
            rule.segment === segment &&
            rule.direction === direction &&
            (family === 4 ? rule.cidrIpv6 : rule.cidrIpv4) === undefined,
        ).length,
      })),
    ),
  );
}

/** Both directions together, the two closing denies included. */
function countAzure(plan: AzureSegmentationPlan): RuleCount[] {
  const closingDenies = 2;
  const segments = [...new Set(plan.rules.map(({ segment }) => segment))];
  return segments.map((segment) => ({
    segment,
    of: "rules",
    rules: plan.rules.filter((rule) => rule.segment === segment).length + closingDenies,
  }));
}
