/** The logs each cloud writes, by the names the cloud gives them. */

/**
 * Fields of a VPC flow record (VPC guide, "Flow log records"): versions 2 to 5 without the fields
 * of other services, and version 8's reason of a refusal.
 */
export const awsFlowFields = [
  ...["version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport"],
  ...["protocol", "packets", "bytes", "start", "end", "action", "log-status"],
  ...["vpc-id", "subnet-id", "instance-id", "tcp-flags", "type", "pkt-srcaddr", "pkt-dstaddr"],
  ...["region", "az-id", "sublocation-type", "sublocation-id"],
  ...["pkt-src-aws-service", "pkt-dst-aws-service", "flow-direction", "traffic-path"],
  "reject-reason",
] as const;

/** A flow log's format as EC2 takes it. */
export const awsFlowFormat = awsFlowFields.map((field) => `\${${field}}`).join(" ");

/** All categories of Azure's activity log (Microsoft Learn, "Azure activity log event schema"). */
export const azureActivityCategories = [
  "Administrative",
  "Security",
  "ServiceHealth",
  "Alert",
  "Recommendation",
  "Policy",
  "Autoscale",
  "ResourceHealth",
] as const;

/** Entra's sign-ins of people and workloads, changes, risk, and what Graph was asked. */
export const entraCategories = [
  "AuditLogs",
  "SignInLogs",
  "NonInteractiveUserSignInLogs",
  "ServicePrincipalSignInLogs",
  "ManagedIdentitySignInLogs",
  "RiskyUsers",
  "UserRiskEvents",
  "MicrosoftGraphActivityLogs",
] as const;

/** What the control plane of AKS tells: changes, who signed in, and the interface itself. */
export const azureClusterCategories = ["kube-audit-admin", "guard", "kube-apiserver"] as const;

/** Blob containers into which Azure writes; it names them itself. */
export const azureContainers = {
  activity: "insights-activity-logs",
  flows: "insights-logs-flowlogflowevent",
  vault: "insights-logs-auditevent",
} as const;

/** The container of one category of a diagnostic setting. */
export function diagnosticContainer(category: string): string {
  return `insights-logs-${category.toLowerCase()}`;
}

/** Kinds of GCP audit logs beyond admin activity, which is always written. */
export const gcpAuditKinds = ["ADMIN_READ", "DATA_READ", "DATA_WRITE"] as const;

/** CloudWatch Logs takes no other periods than these. */
const logGroupDays = [
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731],
  ...[1096, 1827, 2192, 2557, 2922, 3288, 3653],
];

/** The shortest period CloudWatch Logs offers that is at least `days`. */
export function logGroupRetentionDays(days: number): number {
  return logGroupDays.find((offered) => offered >= days) ?? Math.max(...logGroupDays);
}
