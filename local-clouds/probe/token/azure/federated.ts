/** A token exchanged at Entra for each identity that trusts its issuer. */

import type { LiveWorld } from "../live.ts";
import type { Presented } from "../presented.ts";
import {
  type Check,
  every,
  no,
  type Reason,
  unclear,
  type Verdict,
  verdictOf,
  yes,
} from "../verdict.ts";
import { holdingsOf } from "./assignments.ts";
import { considerations, credentialTakes } from "./credential.ts";
import { mayAssert } from "./entra-issued.ts";
import { type Holder, holdersOf } from "./holders.ts";
import { workloadAllowed } from "./workload-access.ts";

/** What the token comes to at each managed identity and application. */
export function identitiesByFederation(live: LiveWorld, token: Presented): readonly Verdict[] {
  return holdersOf(live).map((holder) => {
    const target = { cloud: "azure", kind: holder.kind, id: holder.id } as const;
    return verdictOf(target, mayExchange(live, holder, token), () => {
      const objectId = holder.principal?.objectId ?? "";
      return {
        as: `${holder.name} (object ${objectId})`,
        holds: holdingsOf(live, objectId),
        identity: {
          kind: holder.kind === "application" ? "azure-application" : "azure-identity",
          id: objectId,
          also: [holder.tenant],
        },
        reason: reasonOf("federated credential", holder.name, token.subject, ""),
      };
    });
  });
}

function mayExchange(live: LiveWorld, holder: Holder, token: Presented): Check {
  return every([
    () => trusted(holder, token),
    () => mayAssert(live, holder, token),
    () => algorithmFits(token),
    () => token.signed(considerations),
    () => token.current(considerations),
    () => principalThere(holder),
    () => workloadAllowed(live, holder, token),
    // The credential that took the token is what admitted.
    () => trusted(holder, token),
  ]);
}

/** One credential must take the token; of several that do not, the one that came furthest is told. */
function trusted(holder: Holder, token: Presented): Check {
  const judged = holder.credentials.map((credential) => credentialTakes(credential, token));
  const answers = judged.sort((a, b) => b.fitted - a.fitted).map(({ check }) => check);
  return (
    answers.find(({ says }) => says === "yes") ??
    answers.find(({ says }) => says === "unclear") ??
    answers[0] ??
    no(
      reasonOf(
        "federated credential",
        holder.id,
        "no federated credential",
        "one that takes the token",
      ),
    )
  );
}

/** RS256 alone is supported; of other algorithms the page says that they are untested. */
function algorithmFits(token: Presented): Check {
  const reason = reasonOf("signature", "algorithm", token.algorithm || "no alg", "RS256");
  if (token.algorithm === "RS256") return yes;
  return /^(RS|ES|PS)\d+$/.test(token.algorithm) ? unclear(reason) : no(reason);
}

/** An application acts through its service principal (error codes AADSTS7000229 and AADSTS7000112). */
function principalThere({ principal, name }: Holder): Check {
  const source =
    "Microsoft identity platform, Microsoft Entra authentication and authorization error codes";
  const reason = (got: string): Reason => ({
    stage: "service principal",
    rule: name,
    got,
    wanted: "an enabled service principal in the tenant",
    source,
  });
  if (principal === undefined) return no(reason("none (AADSTS7000229)"));
  return principal.enabled ? yes : no(reason("a disabled one (AADSTS7000112)"));
}

function reasonOf(stage: string, rule: string, got: string, wanted: string): Reason {
  return { stage, rule, got, wanted, source: considerations };
}
