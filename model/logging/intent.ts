/** What a person says about logs: how long they are kept, and how firmly. */

/**
 * `compliance`: nobody, the account's owner included, can shorten or lift the lock before its end;
 * it cannot be undone. `governance`: the same locks, which a named administrator can lift.
 */
export type LockMode = "compliance" | "governance";

/** Logs of one environment: flows and audit of every account it uses. */
export interface LoggingIntent {
  readonly environment: string;
  /** Days for which nothing can be deleted or overwritten. */
  readonly retentionDays: number;
  readonly lock: LockMode;
  /**
   * Azure allows one Network Watcher per subscription and region and usually makes it itself, as
   * `NetworkWatcher_<region>`: `existing` uses that one, `own` creates one.
   */
  readonly azureNetworkWatcher: "existing" | "own";
}

/** Logs of the organisation: what every account of it does, kept apart from all of them. */
export interface OrganisationLoggingIntent {
  /** Part of every name; the organisation's stack's own name. */
  readonly name: string;
  readonly retentionDays: number;
  readonly lock: LockMode;
  /** `o-…`, from `aws organizations describe-organization`. */
  readonly awsOrganisationId: string;
  /** Digits, from `gcloud organizations list`. */
  readonly gcpOrganisationId: string;
}
