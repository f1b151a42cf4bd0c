/** An environment's logging intent on GCP: every log of the project into locked storage. */
import type { GcpAccount } from "../../../model/base/accounts.ts";
import type { LoggingIntent } from "../../../model/logging/intent.ts";
import { gcpAuditKinds } from "../../../model/logging/sources.ts";
import type { GcpLogStore } from "./lower-store.ts";
import { lowerLogStore } from "./lower-store.ts";

export interface GcpLogging {
  readonly store: GcpLogStore;
  readonly sink: {
    readonly name: string;
    readonly destination: string;
    /** Empty: everything, flow and firewall logs of the network included. */
    readonly filter: string;
  };
  readonly audit: { readonly service: string; readonly kinds: readonly string[] };
}

/** Pure: intent and account in, every value of every resource out. */
export function lowerGcp(intent: LoggingIntent, account: GcpAccount): GcpLogging {
  const { environment, retentionDays, lock } = intent;
  const store = lowerLogStore({ name: environment, retentionDays, lock }, account);
  return {
    store,
    sink: {
      name: `bulkhead-${environment}`,
      destination: `storage.googleapis.com/${store.bucket}`,
      filter: "",
    },
    audit: { service: "allServices", kinds: gcpAuditKinds },
  };
}
