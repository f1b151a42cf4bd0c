/**
 * Conditional Access for workload identities: it blocks service principals of applications of the
 * tenant by place or risk; managed identities are not covered (Microsoft Entra, "Conditional Access
 * for workload identities").
 */

import { type Live, type LiveWorld, objectsAt, textAt, textsAt } from "../live.ts";
import type { Presented } from "../presented.ts";
import { type Check, every, no, unclear, yes } from "../verdict.ts";
import { enforcedPolicies } from "./conditional-access.ts";
import type { Holder } from "./holders.ts";
import { includedOnly, isFrom } from "./locations.ts";

const source = "Microsoft Entra, Conditional Access for workload identities";

/** Whether no policy blocks an application's service principal. */
export function workloadAllowed(live: LiveWorld, holder: Holder, token: Presented): Check {
  if (holder.kind !== "application" || holder.principal === undefined) return yes;
  const { objectId } = holder.principal;
  return every(
    enforcedPolicies(live, holder.tenant).map((policy) => () => {
      const blocked = blocks(live, policy, objectId, token);
      if (blocked === false) return yes;
      const reason = {
        stage: "conditional access",
        rule: textAt(policy.properties, "displayName"),
        got:
          blocked === true ? `service principal ${objectId}` : "a place or risk that was not told",
        wanted: "no policy that blocks it",
        source,
      };
      return blocked === true ? no(reason) : unclear(reason);
    }),
  );
}

function blocks(
  live: LiveWorld,
  policy: Live,
  objectId: string,
  token: Presented,
): boolean | undefined {
  const grant = objectsAt(policy.properties, "grantControls")[0];
  if (!textsAt(grant, "builtInControls").includes("block")) return false;
  const conditions = objectsAt(policy.properties, "conditions")[0] ?? {};
  const clients = objectsAt(conditions, "clientApplications")[0];
  if (clients === undefined) return false;
  const is = (id: string) => id === "ServicePrincipalsInMyTenant" || id === objectId;
  const locations = objectsAt(conditions, "locations")[0];
  const levels = textsAt(conditions, "servicePrincipalRiskLevels");
  const risk = textAt(token.context, "servicePrincipalRisk");
  const from = (place: string) => isFrom(live, policy.account, place, token.context);
  const answers = [
    includedOnly(
      textsAt(clients, "includedServicePrincipals").map(is),
      textsAt(clients, "excludedServicePrincipals").map(is),
    ),
    locations === undefined
      ? true
      : includedOnly(
          textsAt(locations, "includedLocations").map(from),
          textsAt(locations, "excludedLocations").map(from),
        ),
    levels.length === 0 ? true : risk === "" ? undefined : levels.includes(risk),
  ];
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}
