/** A token presented to everything in the world that could take it. */

import { rolesByPodIdentity } from "./aws/pod-identity.ts";
import { rolesByWebIdentity } from "./aws/web-identity.ts";
import { identitiesByFederation } from "./azure/federated.ts";
import { principalsBySignIn } from "./azure/sign-in.ts";
import { principalsByExchange } from "./gcp/targets.ts";
import { subjectsByToken } from "./kubernetes/targets.ts";
import type { LiveWorld } from "./live.ts";
import type { Presented } from "./presented.ts";
import type { Verdict } from "./verdict.ts";

/** Every verdict, cloud by cloud. */
export function presentToAll(live: LiveWorld, token: Presented): readonly Verdict[] {
  return [
    ...rolesByWebIdentity(live, token),
    ...rolesByPodIdentity(live, token),
    ...identitiesByFederation(live, token),
    ...principalsBySignIn(live, token),
    ...principalsByExchange(live, token),
    ...subjectsByToken(live, token),
  ];
}
