/** The organisation's settings, read from `Pulumi.<stack>.yaml`; all problems at once. */
import type { CloudAccounts } from "../../model/base/accounts.ts";
import type { Problem } from "../../model/base/problem.ts";
import type { OrganisationIdentityIntent } from "../../model/identity/organisation.ts";
import type { OrganisationLoggingIntent } from "../../model/logging/intent.ts";
import { SettingsReader, shapes } from "../settings-reader.ts";

export interface OrganisationSettings {
  readonly accounts: CloudAccounts;
  readonly identity: OrganisationIdentityIntent;
  readonly logging: OrganisationLoggingIntent;
}

/** Each setting that is a text: its group, its key and its shape. */
const groups = {
  aws: {
    account: shapes.awsAccount,
    region: shapes.region,
    organisation: { pattern: /^o-[a-z0-9]{10,32}$/, allowed: "an organisation's id, o-…" },
  },
  azure: {
    subscription: shapes.guid,
    tenant: shapes.guid,
    location: shapes.region,
    signInApplication: shapes.guid,
  },
  gcp: {
    project: shapes.gcpProject,
    projectNumber: shapes.digits,
    region: shapes.region,
    organisation: shapes.digits,
  },
} as const;

const workforceShape = { pattern: /\S/, allowed: "the name of a group" };
/** CIS and PCI DSS ask for a year of the organisation's own logs. */
const logRetentionDays = { min: 365, max: 3650 };

/** Every setting's name. */
export const organisationSettingNames: readonly string[] = [
  ...Object.keys(groups),
  "workforce",
  "logRetentionDays",
  "lock",
];

type Texts = { [G in keyof typeof groups]: { [K in keyof (typeof groups)[G]]: string } };

/** The settings where there is no problem, otherwise every problem. */
export function readOrganisationSettings(
  stack: string,
  config: Readonly<Record<string, unknown>>,
): { settings: OrganisationSettings } | { problems: Problem[] } {
  const file = `stacks/organisation/Pulumi.${stack}.yaml`;
  const reader = new SettingsReader(
    "bulkhead-organisation",
    file,
    organisationSettingNames,
    config,
  );
  const texts: Texts = {
    aws: reader.group("aws", groups.aws),
    azure: reader.group("azure", groups.azure),
    gcp: reader.group("gcp", groups.gcp),
  };
  const scalars: Scalars = {
    workforce: reader.text("workforce", workforceShape),
    retentionDays: reader.days("logRetentionDays", logRetentionDays),
    lock: reader.oneOf("lock", ["compliance", "governance"]),
  };
  if (reader.problems.length > 0) return { problems: reader.problems };
  return { settings: toSettings(stack, texts, scalars) };
}

interface Scalars {
  readonly workforce: string;
  readonly retentionDays: number;
  readonly lock: OrganisationLoggingIntent["lock"];
}

function toSettings(stack: string, texts: Texts, scalars: Scalars): OrganisationSettings {
  const { aws, azure, gcp } = texts;
  const { workforce, retentionDays, lock } = scalars;
  return {
    accounts: {
      aws: {
        accountId: aws.account,
        partition: "aws",
        region: aws.region,
        regions: [aws.region],
      },
      azure: {
        subscriptionId: azure.subscription,
        tenantId: azure.tenant,
        location: azure.location,
      },
      gcp: { project: gcp.project, projectNumber: gcp.projectNumber, region: gcp.region },
    },
    identity: {
      name: stack,
      workforce,
      sessionMinutes: 60,
      entraTenantId: azure.tenant,
      entraClientId: azure.signInApplication,
      gcpOrganisationId: gcp.organisation,
    },
    logging: {
      // The environment of the same name keeps its own logs in the same account.
      name: `${stack}-org`,
      retentionDays,
      lock,
      awsOrganisationId: aws.organisation,
      gcpOrganisationId: gcp.organisation,
    },
  };
}
