/** What a person says about the identities that exist once per organisation. */
import type { Problem } from "../base/problem.ts";
import { sessionMinutes } from "./check-intent.ts";

export interface OrganisationIdentityIntent {
  /** Part of every name; the organisation's stack's own name. */
  readonly name: string;
  /** The group of people, by the name they know it by. */
  readonly workforce: string;
  readonly sessionMinutes: number;
  /** Entra's tenant, whose users GCP's workforce pool trusts. */
  readonly entraTenantId: string;
  /** Entra's application through which people sign in to GCP. */
  readonly entraClientId: string;
  /** Digits, from `gcloud organizations list`. */
  readonly gcpOrganisationId: string;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Form {
  readonly form: RegExp;
  readonly says: string;
}

/** What each text must look like. */
const forms: Readonly<Record<Exclude<keyof OrganisationIdentityIntent, "sessionMinutes">, Form>> = {
  name: { form: /^[a-z][a-z0-9-]{0,19}$/, says: "1–20 lower-case letters, digits and hyphens" },
  workforce: { form: /^[A-Za-z][\w -]{0,63}$/, says: "1–64 letters, digits, hyphens and spaces" },
  entraTenantId: { form: guid, says: "a GUID in lower case" },
  entraClientId: { form: guid, says: "a GUID in lower case" },
  gcpOrganisationId: { form: /^[1-9][0-9]{5,18}$/, says: "an organisation's number, as a string" },
};

/** Problems of the intent; an empty list means that it can be lowered. */
export function checkOrganisationIdentity(intent: OrganisationIdentityIntent): Problem[] {
  const texts = Object.entries(forms) as [keyof typeof forms, Form][];
  return [
    ...texts
      .filter(([field, { form }]) => !form.test(intent[field]))
      .map(([field, { says }]) => problem(field, JSON.stringify(intent[field]), says)),
    ...checkSession(intent.sessionMinutes),
  ];
}

function checkSession(minutes: number): Problem[] {
  const { shortest, longest } = sessionMinutes;
  if (Number.isInteger(minutes) && minutes >= shortest && minutes <= longest) return [];
  const allowed = `a whole number of minutes from ${shortest} to ${longest}`;
  return [problem("sessionMinutes", String(minutes), allowed)];
}

function problem(place: string, got: string, allowed: string): Problem {
  const next = "Set it in the organisation's stack file.";
  return { code: "input-type", place, got, allowed, next };
}
