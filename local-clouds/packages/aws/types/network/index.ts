/** Networks beyond the VPC itself. */

import type { TypeEntry } from "../../../../types/type.ts";
import { dnsTypes } from "./dns.ts";
import { loadBalancerTypes } from "./load-balancers.ts";
import { serviceTypes } from "./services.ts";
import { transitGatewayTypes } from "./transit-gateways.ts";
import { vpnTypes } from "./vpn.ts";
import { zeroTrustTypes } from "./zero-trust.ts";

/** The entries of balancers, names, transit, private access. */
export const networkTypes: readonly TypeEntry[] = [
  ...loadBalancerTypes,
  ...dnsTypes,
  ...serviceTypes,
  ...transitGatewayTypes,
  ...vpnTypes,
  ...zeroTrustTypes,
];
