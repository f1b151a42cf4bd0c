/**
 * What differs between environments: read from `Pulumi.<stack>.yaml`, checked once, all problems
 * at once. Pure, so that the command line can check a stack before any engine starts.
 */
import type { CloudAccounts } from "../model/base/accounts.ts";
import type { Problem } from "../model/base/problem.ts";
import type { TextShape } from "./settings-reader.ts";
import { SettingsReader, shapes } from "./settings-reader.ts";

/** Settings of one environment. */
export interface Settings {
  /** The stack's name: `local`, `dev`, `staging`, `prod`. */
  readonly environment: string;
  /** Fully qualified stack of the organisation, `organization/bulkhead-organisation/NAME`. */
  readonly organisation: string;
  readonly aws: { readonly account: string; readonly region: string };
  readonly azure: {
    readonly subscription: string;
    readonly tenant: string;
    readonly location: string;
  };
  readonly gcp: {
    readonly project: string;
    readonly projectNumber: string;
    readonly region: string;
  };
  /** The repository whose pipeline may change this environment, by ids that are never reused. */
  readonly github: {
    readonly owner: string;
    readonly ownerId: string;
    readonly repository: string;
    readonly repositoryId: string;
  };
  /** IPv4 and IPv6 ranges of the places; AWS assigns its own IPv6 range. */
  readonly ranges: {
    readonly aws4: string;
    readonly azure4: string;
    readonly azure6: string;
    readonly gcp4: string;
    readonly gcp6: string;
  };
  /** Days for which audit logs are locked. */
  readonly logRetentionDays: number;
  /** `on`: clusters refuse to be deleted. `off` is for environments that come and go. */
  readonly protection: "on" | "off";
}

// Whether a prefix is valid is the network model's question; here only that there is a text.
const range: TextShape = { pattern: /\S/, allowed: "a prefix in CIDR notation" };

/** Each setting that is a text: its group, its key and its shape. */
const groups = {
  aws: { account: shapes.awsAccount, region: shapes.region },
  azure: { subscription: shapes.guid, tenant: shapes.guid, location: shapes.region },
  gcp: { project: shapes.gcpProject, projectNumber: shapes.digits, region: shapes.region },
  github: {
    owner: shapes.name,
    ownerId: shapes.digits,
    repository: shapes.name,
    repositoryId: shapes.digits,
  },
  ranges: { aws4: range, azure4: range, azure6: range, gcp4: range, gcp6: range },
} as const;

const organisationShape: TextShape = {
  pattern: /^[^/\s]+\/bulkhead-organisation\/[^/\s]+$/,
  allowed: "organization/bulkhead-organisation/NAME",
};
/** CIS and PCI DSS ask for a year; shorter only where the environment says so on purpose. */
const logRetentionDays = { min: 1, max: 3650 };

/** Every setting's name. */
export const settingNames: readonly string[] = [
  ...Object.keys(groups),
  "organisation",
  "protection",
  "logRetentionDays",
];

/** The settings, where there is no problem; otherwise every problem. */
export function readSettings(
  environment: string,
  config: Readonly<Record<string, unknown>>,
): { settings: Settings } | { problems: Problem[] } {
  const file = `stacks/Pulumi.${environment}.yaml`;
  const reader = new SettingsReader("bulkhead", file, settingNames, config);
  const settings: Settings = {
    environment,
    organisation: reader.text("organisation", organisationShape),
    aws: reader.group("aws", groups.aws),
    azure: reader.group("azure", groups.azure),
    gcp: reader.group("gcp", groups.gcp),
    github: reader.group("github", groups.github),
    ranges: reader.group("ranges", groups.ranges),
    logRetentionDays: reader.days("logRetentionDays", logRetentionDays),
    protection: reader.oneOf("protection", ["on", "off"]),
  };
  return reader.problems.length > 0 ? { problems: reader.problems } : { settings };
}

/** The settings in the form in which components take them. */
export function accountsOf({ aws, azure, gcp }: Settings): CloudAccounts {
  return {
    aws: { accountId: aws.account, partition: "aws", region: aws.region, regions: [aws.region] },
    azure: {
      subscriptionId: azure.subscription,
      tenantId: azure.tenant,
      location: azure.location,
    },
    gcp: { project: gcp.project, projectNumber: gcp.projectNumber, region: gcp.region },
  };
}
