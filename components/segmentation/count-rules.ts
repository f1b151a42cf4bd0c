/** Counts rules against quotas as the vendors count them. */
import { bothFamilies } from "../../model/network/local-flows.ts";
import type { AwsSegmentationPlan } from "./aws/lower.ts";
import type { AzureGuardrailsRecord } from "./azure/guardrails/lower.ts";
import { adminPrefixesMax, adminRulesMax } from "./azure/limits.ts";
import type { AzureSegmentationPlan } from "./azure/lower.ts";
import type { SegmentationPlan } from "./plan.ts";

/** How many rules count together. */
export interface RuleCount {
  /** The segment, or what else of the place has them. */
  readonly segment: string;
  /** What is counted, e.g. `ingress rules of IPv4`. */
  readonly of: string;
  readonly rules: number;
  readonly max: number;
  /** What holds no more than that. */
  readonly holder: string;
}

/** All counts of a place; GCP's policy has no quota per segment. */
export function countRules(plan: SegmentationPlan): RuleCount[] {
  switch (plan.cloud) {
    case "aws":
      return [...countAwsGroups(plan), ...countAcls(plan)];
    case "azure":
      return countAzure(plan);
    case "gcp":
      return [];
  }
}

/** VPC quotas, "Inbound or outbound rules per security group". */
const awsRulesPerGroupMax = 60;
/** "Azure subscription limits", NSG rules per NSG. */
const azureRulesPerGroupMax = 1000;

const directions = ["ingress", "egress"] as const;
const counted = directions.flatMap((direction) =>
  bothFamilies.map((family) => ({ direction, family })),
);

/** Per direction and family; a rule that names a group counts in both. */
function countAwsGroups({ groups, rules }: AwsSegmentationPlan): RuleCount[] {
  return groups.flatMap(({ segment }) =>
    counted.map(({ direction, family }) => ({
      segment,
      of: `${direction} rules of IPv${family}`,
      rules: rules.filter(
        (rule) =>
          rule.segment === segment &&
          rule.direction === direction &&
          (family === 4 ? rule.cidrIpv6 : rule.cidrIpv4) === undefined,
      ).length,
      max: awsRulesPerGroupMax,
      holder: "one group of aws",
    })),
  );
}

/** "Rules per network ACL", per direction and family, the rule `*` included. */
function countAcls({ acls }: AwsSegmentationPlan): RuleCount[] {
  const closingDenies = 1;
  return acls.flatMap(({ segment, entries, rulesMax }) =>
    counted.map(({ direction, family }) => ({
      segment,
      of: `${direction} rules of IPv${family} in the ACL of its subnets`,
      rules:
        entries.filter(
          (entry) =>
            entry.direction === direction &&
            (family === 4 ? entry.cidrBlock : entry.ipv6CidrBlock) !== undefined,
        ).length + closingDenies,
      max: rulesMax,
      holder: "one network ACL, by the quota that the place says (AWS grants up to 40)",
    })),
  );
}

/** Both directions together, the two closing denies included; admin rules of the whole place. */
function countAzure({ rules, guardrails }: AzureSegmentationPlan): RuleCount[] {
  const closingDenies = 2;
  const segments = [...new Set(rules.map(({ segment }) => segment))];
  return [
    ...segments.map((segment) => ({
      segment,
      of: "rules",
      rules: rules.filter((rule) => rule.segment === segment).length + closingDenies,
      max: azureRulesPerGroupMax,
      holder: "one group of azure",
    })),
    ...(guardrails === undefined ? [] : countAdmin(guardrails)),
  ];
}

function countAdmin({ rules }: AzureGuardrailsRecord): RuleCount[] {
  const common = { segment: "guardrails", holder: "one network manager" };
  const prefixes = rules.flatMap(({ sources, destinations }) => [...sources, ...destinations]);
  return [
    { ...common, of: "admin rules", rules: rules.length, max: adminRulesMax },
    { ...common, of: "prefixes of admin rules", rules: prefixes.length, max: adminPrefixesMax },
  ];
}
