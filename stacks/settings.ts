/**
 * What differs between environments: read from `Pulumi.<stack>.yaml`, checked once, all problems
 * at once. Pure, so that the command line can check a stack before any engine starts.
 */
import type { CloudAccounts } from "../model/base/accounts.ts";
import type { Problem } from "../model/base/problem.ts";
import { nearest } from "../model/base/problem.ts";

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

interface TextShape {
  readonly pattern: RegExp;
  readonly allowed: string;
}

const guid: TextShape = {
  pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  allowed: "a GUID in lower case",
};
const numeric: TextShape = {
  pattern: /^[1-9]\d*$/,
  allowed: "a number without leading zero, quoted",
};
const name: TextShape = { pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/, allowed: "a name" };
// Whether a prefix is valid is the network model's question; here only that there is a text.
const range: TextShape = { pattern: /\S/, allowed: "a prefix in CIDR notation" };
const region: TextShape = { pattern: /^[a-z][a-z0-9-]+$/, allowed: "a region's name" };

/** Each setting that is a text: its group, its key and its shape. */
const texts = {
  aws: { account: { pattern: /^\d{12}$/, allowed: "12 digits, quoted" }, region },
  azure: { subscription: guid, tenant: guid, location: region },
  gcp: {
    project: {
      pattern: /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
      allowed: "a project id, 6–30 characters",
    },
    projectNumber: numeric,
    region,
  },
  github: { owner: name, ownerId: numeric, repository: name, repositoryId: numeric },
  ranges: { aws4: range, azure4: range, azure6: range, gcp4: range, gcp6: range },
} as const satisfies Record<string, Record<string, TextShape>>;

const organisationShape: TextShape = {
  pattern: /^[^/\s]+\/bulkhead-organisation\/[^/\s]+$/,
  allowed: "organization/bulkhead-organisation/NAME",
};
const protectionShape: TextShape = { pattern: /^(on|off)$/, allowed: '"on" or "off", quoted' };
/** CIS and PCI DSS ask for a year; shorter only where the environment says so on purpose. */
const logRetentionDays = { min: 1, max: 3650 };

/** The settings, where there is no problem; otherwise every problem. */
export function readSettings(
  environment: string,
  config: Readonly<Record<string, unknown>>,
): { settings: Settings } | { problems: Problem[] } {
  const problems = [...unknownKeys(config)];
  const groups: Record<string, Record<string, string>> = {};
  for (const [group, shapes] of Object.entries(texts)) {
    groups[group] = readGroup(group, shapes, config[group], problems);
  }
  const organisation = readText(
    "organisation",
    organisationShape,
    config["organisation"],
    problems,
  );
  const protection = readText("protection", protectionShape, config["protection"], problems);
  const days = readDays(config["logRetentionDays"], problems);
  if (problems.length > 0) return { problems };
  const settings = { environment, organisation, protection, logRetentionDays: days, ...groups };
  return { settings: settings as unknown as Settings };
}

/** Every setting's name. */
export const settingNames: readonly string[] = [
  ...Object.keys(texts),
  "organisation",
  "protection",
  "logRetentionDays",
];

function unknownKeys(config: Readonly<Record<string, unknown>>): Problem[] {
  return Object.keys(config)
    .filter((key) => !settingNames.includes(key))
    .map((key) => unknownKey(key, key, settingNames));
}

function unknownKey(place: string, key: string, known: readonly string[]): Problem {
  const near = nearest(key, known);
  return {
    code: "input-unknown",
    place: `bulkhead:${place}`,
    got: JSON.stringify(key),
    allowed: known.join(", "),
    next: near === undefined ? "Remove the setting." : `Did you mean "${near}"?`,
  };
}

function readGroup(
  group: string,
  shapes: Readonly<Record<string, TextShape>>,
  value: unknown,
  problems: Problem[],
): Record<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    problems.push(wrong(group, value, `a mapping with ${Object.keys(shapes).join(", ")}`));
    return {};
  }
  const given = value as Record<string, unknown>;
  for (const key of Object.keys(given)) {
    if (!(key in shapes)) problems.push(unknownKey(`${group}.${key}`, key, Object.keys(shapes)));
  }
  return Object.fromEntries(
    Object.entries(shapes).map(([key, shape]) => [
      key,
      readText(`${group}.${key}`, shape, given[key], problems),
    ]),
  );
}

function readText(place: string, shape: TextShape, value: unknown, problems: Problem[]): string {
  if (typeof value === "string" && shape.pattern.test(value)) return value;
  problems.push(wrong(place, value, shape.allowed));
  return "";
}

function readDays(value: unknown, problems: Problem[]): number {
  const { min, max } = logRetentionDays;
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) {
    return value;
  }
  problems.push(wrong("logRetentionDays", value, `a whole number of days, ${min}–${max}`));
  return 0;
}

function wrong(place: string, value: unknown, allowed: string): Problem {
  const got = value === undefined ? "nothing" : JSON.stringify(value);
  return {
    code: value === undefined ? "input-missing" : "input-type",
    place: `bulkhead:${place}`,
    got,
    allowed,
    next: "Set it in the stack's file under stacks/.",
  };
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
