/** Finds everything wrong with a logging intent, all at once, before any engine starts. */
import type { Problem } from "../base/problem.ts";
import type { LoggingIntent, OrganisationLoggingIntent } from "./intent.ts";

/** Ten years is the longest that every store takes (CloudWatch Logs: 3,653 days). */
export const retentionDays = { shortest: 1, longest: 3650 } as const;

/** Problems of an environment's intent; an empty list means that it can be lowered. */
export function checkLoggingIntent(intent: LoggingIntent): Problem[] {
  return [
    ...checkForm("environment", intent.environment, nameForm),
    ...checkRetention(intent.retentionDays),
    ...checkChoice("lock", intent.lock, ["compliance", "governance"]),
    ...checkChoice("azureNetworkWatcher", intent.azureNetworkWatcher, ["existing", "own"]),
  ];
}

/** Problems of the organisation's intent. */
export function checkOrganisationLogging(intent: OrganisationLoggingIntent): Problem[] {
  return [
    ...checkForm("name", intent.name, nameForm),
    ...checkRetention(intent.retentionDays),
    ...checkChoice("lock", intent.lock, ["compliance", "governance"]),
    ...checkForm("awsOrganisationId", intent.awsOrganisationId, {
      form: /^o-[a-z0-9]{10,32}$/,
      says: "an organisation's id, e.g. o-a1b2c3d4e5",
    }),
    ...checkForm("gcpOrganisationId", intent.gcpOrganisationId, {
      form: /^[1-9][0-9]{5,18}$/,
      says: "an organisation's number, as a string",
    }),
  ];
}

interface Form {
  readonly form: RegExp;
  readonly says: string;
}

const nameForm: Form = {
  form: /^[a-z][a-z0-9-]{0,19}$/,
  says: "1–20 lower-case letters, digits and hyphens, a letter first",
};

function checkForm(place: string, value: string, { form, says }: Form): Problem[] {
  if (form.test(value)) return [];
  const next = "Write it as the cloud knows it; it becomes part of names and conditions.";
  return [{ code: "input-type", place, got: JSON.stringify(value), allowed: says, next }];
}

function checkRetention(days: number): Problem[] {
  const { shortest, longest } = retentionDays;
  if (Number.isInteger(days) && days >= shortest && days <= longest) return [];
  return [
    {
      code: "input-type",
      place: "retentionDays",
      got: String(days),
      allowed: `a whole number of days from ${shortest} to ${longest}`,
      next: "Take 365 or more where logs are evidence.",
    },
  ];
}

function checkChoice(place: string, value: string, allowed: readonly string[]): Problem[] {
  if (allowed.includes(value)) return [];
  const next = "Choose one of them.";
  return [
    { code: "input-unknown", place, got: JSON.stringify(value), allowed: allowed.join(", "), next },
  ];
}
