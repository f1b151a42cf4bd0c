/** What faces the internet: certificates, CloudFront, sign-in, web firewalls. */

import type { TypeEntry } from "../../../../types/type.ts";
import { certificateTypes } from "./certificates.ts";
import { cloudfrontTypes } from "./cloudfront.ts";
import { cognitoTypes } from "./cognito.ts";
import { firewallTypes } from "./firewalls.ts";
import { networkFirewallTypes } from "./network-firewalls.ts";

/** The entries of certificates, distributions, user pools and firewalls. */
export const webTypes: readonly TypeEntry[] = [
  ...certificateTypes,
  ...cloudfrontTypes,
  ...cognitoTypes,
  ...firewallTypes,
  ...networkFirewallTypes,
];
