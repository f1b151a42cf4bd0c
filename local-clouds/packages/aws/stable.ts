/** What an account has without being told: made from its number, so that it is the same every time. */

import { createHash } from "node:crypto";

/** `count` hex characters (at most 64) that follow from a text. */
export function hexFrom(text: string, count: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, count);
}

/** The IAM Identity Center instance of an account, and the directory behind it. */
export function identityCenterOf(account: string): {
  instanceArn: string;
  identityStoreId: string;
} {
  return {
    instanceArn: `arn:aws:sso:::instance/ssoins-${hexFrom(`identity centre ${account}`, 16)}`,
    identityStoreId: `d-${hexFrom(`identity store ${account}`, 10)}`,
  };
}
