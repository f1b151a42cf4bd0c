/** The organisation's logging intent on GCP: one sink of every project into locked storage. */
import type { GcpAccount } from "../../../model/base/accounts.ts";
import type { OrganisationLoggingIntent } from "../../../model/logging/intent.ts";
import type { GcpLogStore } from "./lower-store.ts";
import { lowerLogStore } from "./lower-store.ts";

export interface GcpOrganisationSink {
  readonly store: GcpLogStore;
  readonly organisationId: string;
  readonly name: string;
  readonly destination: string;
}

/** Pure: intent and the logging project in, every value of every resource out. */
export function lowerSink(
  { name, retentionDays, lock, gcpOrganisationId }: OrganisationLoggingIntent,
  account: GcpAccount,
): GcpOrganisationSink {
  const store = lowerLogStore({ name, retentionDays, lock }, account);
  return {
    store,
    organisationId: gcpOrganisationId,
    name: `bulkhead-${name}`,
    destination: `storage.googleapis.com/${store.bucket}`,
  };
}
