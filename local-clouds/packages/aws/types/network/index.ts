/** Networks beyond the VPC itself. */

import type { TypeEntry } from "../../../../types/type.ts";
import { dnsTypes } from "./dns.ts";
import { latticeTypes } from "./lattice.ts";
import { listenerTypes } from "./listeners.ts";
import { loadBalancerTypes } from "./load-balancers.ts";
import { resolverTypes } from "./resolver.ts";
import { serviceTypes } from "./services.ts";
import { targetGroupTypes } from "./target-groups.ts";
import { transitGatewayTypes } from "./transit-gateways.ts";
import { verifiedAccessTypes } from "./verified-access.ts";
import { vpnTypes } from "./vpn.ts";

/** The entries of balancers, names, transit, private access. */
export const networkTypes: readonly TypeEntry[] = [
  ...loadBalancerTypes,
  ...targetGroupTypes,
  ...listenerTypes,
  ...dnsTypes,
  ...resolverTypes,
  ...serviceTypes,
  ...transitGatewayTypes,
  ...vpnTypes,
  ...latticeTypes,
  ...verifiedAccessTypes,
];
