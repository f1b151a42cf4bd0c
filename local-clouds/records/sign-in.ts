/** A sign-in, before it takes the form of a cloud's log. */

import type { CallError, Caller } from "./call.ts";

/** Somebody presented a token. */
export interface SignIn {
  readonly cloud: "aws" | "entra" | "gcp" | "kubernetes";
  /** Who it became, or would have become. */
  readonly caller: Caller;
  /** What was signed in to: role ARN, application, service account, cluster. */
  readonly target: string;
  readonly account: string;
  readonly region: string;
  /** Issuer and subject of the token. */
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  readonly at: Date;
  readonly error?: CallError | undefined;
  readonly sourceIp: string;
}
