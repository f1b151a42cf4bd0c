/** Audiences that something in the world listens for: an identity that may choose will choose one of these. */

import { holdersOf } from "../azure/holders.ts";
import { type LiveWorld, objectsAt, textAt, textsAt } from "../live.ts";

/** All of them, each once. */
export function audiencesIn(live: LiveWorld): readonly string[] {
  const aws = live
    .of("aws:iam/openIdConnectProvider:OpenIdConnectProvider")
    .flatMap(({ properties }) => textsAt(properties, "clientIdLists"));
  const azure = holdersOf(live).flatMap(({ credentials }) =>
    credentials.flatMap(({ audiences }) => audiences),
  );
  const gcp = live
    .of("gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider")
    .flatMap(({ properties }) => {
      const allowed = textsAt(objectsAt(properties, "oidc")[0], "allowedAudiences");
      return allowed.length > 0
        ? allowed
        : [`https://iam.googleapis.com/${textAt(properties, "name")}`];
    });
  return [...new Set([...aws, ...azure, ...gcp])];
}
