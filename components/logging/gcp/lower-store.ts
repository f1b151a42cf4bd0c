/** A store in which logs can be written and read, but neither changed nor deleted: GCP. */
import type { GcpAccount } from "../../../model/base/accounts.ts";
import type { LockMode } from "../../../model/logging/intent.ts";

export interface GcpLogStore {
  readonly project: string;
  readonly location: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly bucket: string;
  /** Seconds, as the API takes them: in a string. */
  readonly retentionSeconds: string;
  /** A locked retention policy can be lengthened only, and outlives its maker. */
  readonly isLocked: boolean;
  readonly deleteAfterDays: number;
  readonly keyRotationSeconds: number;
}

const secondsPerDay = 86_400;
/** CIS asks for keys of at most 90 days. */
const keyRotationSeconds = 90 * secondsPerDay;
const graceDays = 30;

/** Pure: the store of one name in one project. */
export function lowerLogStore(
  intent: { readonly name: string; readonly retentionDays: number; readonly lock: LockMode },
  account: GcpAccount,
): GcpLogStore {
  return {
    project: account.project,
    location: account.region,
    labels: { "bulkhead-environment": intent.name },
    bucket: `bulkhead-${intent.name}-logs-${account.projectNumber}`,
    retentionSeconds: String(intent.retentionDays * secondsPerDay),
    isLocked: intent.lock === "compliance",
    deleteAfterDays: intent.retentionDays + graceDays,
    keyRotationSeconds,
  };
}
