/** The organisation's settings, read from `Pulumi.<stack>.yaml`; all problems at once. */
import type { CloudAccounts } from "../../model/base/accounts.ts";
import type { Problem } from "../../model/base/problem.ts";
import type { OrganisationIdentityIntent } from "../../model/identity/organisation.ts";
import type { OrganisationLoggingIntent } from "../../model/logging/intent.ts";

export interface OrganisationSettings {
  readonly accounts: CloudAccounts;
  readonly identity: OrganisationIdentityIntent;
  readonly logging: OrganisationLoggingIntent;
}

interface TextShape {
  readonly pattern: RegExp;
  readonly allowed: string;
}

const guid: TextShape = {
  pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  allowed: "a GUID in lower case",
};
const region: TextShape = { pattern: /^[a-z][a-z0-9-]+$/, allowed: "a region's name" };
const digits: TextShape = { pattern: /^[1-9]\d+$/, allowed: "digits, quoted" };

/** Each setting that is a text, by group. */
const shapes = {
  aws: {
    account: { pattern: /^\d{12}$/, allowed: "12 digits, quoted" },
    region,
    organisation: { pattern: /^o-[a-z0-9]{10,32}$/, allowed: "an organisation's id, o-…" },
  },
  azure: { subscription: guid, tenant: guid, location: region, signInApplication: guid },
  gcp: {
    project: { pattern: /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, allowed: "a project id" },
    projectNumber: digits,
    region,
    organisation: digits,
  },
} as const satisfies Record<string, Record<string, TextShape>>;

type Texts = { [G in keyof typeof shapes]: { [K in keyof (typeof shapes)[G]]: string } };

/** The settings where there is no problem, otherwise every problem. */
export function readOrganisationSettings(
  stack: string,
  config: Readonly<Record<string, unknown>>,
): { settings: OrganisationSettings } | { problems: Problem[] } {
  const problems: Problem[] = [];
  const texts = readTexts(config, problems);
  const { workforce, logRetentionDays: retentionDays, lock } = config;
  if (typeof workforce !== "string") problems.push(wrong("workforce", workforce, "a group's name"));
  if (typeof retentionDays !== "number") {
    problems.push(wrong("logRetentionDays", retentionDays, "a number of days"));
  }
  if (lock !== "compliance" && lock !== "governance") {
    problems.push(wrong("lock", lock, "compliance or governance"));
  }
  if (problems.length > 0) return { problems };
  const more = { workforce, retentionDays, lock } as Scalars;
  return { settings: toSettings(stack, texts, more) };
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

function readTexts(config: Readonly<Record<string, unknown>>, problems: Problem[]): Texts {
  const groups = Object.entries(shapes).map(([group, keys]) => {
    const given = (config[group] ?? {}) as Record<string, unknown>;
    const texts = Object.entries(keys).map(([key, shape]) => {
      const value = given[key];
      const fits = typeof value === "string" && shape.pattern.test(value);
      if (!fits) problems.push(wrong(`${group}.${key}`, value, shape.allowed));
      return [key, value];
    });
    return [group, Object.fromEntries(texts)];
  });
  return Object.fromEntries(groups) as Texts;
}

function wrong(place: string, value: unknown, allowed: string): Problem {
  return {
    code: value === undefined ? "input-missing" : "input-type",
    place: `bulkhead-organisation:${place}`,
    got: value === undefined ? "nothing" : JSON.stringify(value),
    allowed,
    next: "Set it in stacks/organisation/Pulumi.<stack>.yaml.",
  };
}
