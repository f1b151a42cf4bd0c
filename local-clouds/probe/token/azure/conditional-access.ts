/**
 * Conditional Access for a user's sign-in (Microsoft Entra, "What is Conditional Access?": all
 * policies that apply must be satisfied, and a block wins; report-only policies enforce nothing).
 */

import { type Live, type LiveWorld, objectsAt, textAt, textsAt } from "../live.ts";
import type { Presented } from "../presented.ts";
import { type Check, every, no, type Reason, unclear, yes } from "../verdict.ts";
import { applies, type SignIn } from "./applies.ts";
import { unmetControls } from "./grants.ts";

const policyToken = "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy";
const source = "Microsoft Entra, Building a Conditional Access policy, Access controls";

/** Enabled policies of a tenant, those that block first; those that only report are left out. */
export function enforcedPolicies(live: LiveWorld, tenant: string): readonly Live[] {
  const enabled = live
    .of(policyToken)
    .filter((one) => one.account === tenant && textAt(one.properties, "state") === "enabled");
  return [...enabled.filter(isBlock), ...enabled.filter((one) => !isBlock(one))];
}

function isBlock({ properties }: Live): boolean {
  return textsAt(objectsAt(properties, "grantControls")[0], "builtInControls").includes("block");
}

/** Whether every policy that applies to a sign-in is satisfied. */
export function accessAllowed(live: LiveWorld, signIn: SignIn, token: Presented): Check {
  const policies = enforcedPolicies(live, signIn.user.account);
  return every(policies.map((policy) => () => satisfied(live, policy, signIn, token)));
}

function satisfied(live: LiveWorld, policy: Live, signIn: SignIn, token: Presented): Check {
  const applying = applies(live, policy, signIn);
  if (applying === false) return yes;
  const unmet = unmetControls(live, policy, token);
  const [first] = unmet;
  if (first === undefined) return yes;
  const reason: Reason = {
    stage: "conditional access",
    rule: textAt(policy.properties, "displayName"),
    got:
      applying === undefined
        ? `a sign-in of which too little was told (${Object.keys(signIn.facts).join(", ") || "nothing"})`
        : first.control === "block"
          ? "a sign-in that is blocked"
          : "a sign-in without it",
    wanted: unmet.map(({ control }) => control).join(" and "),
    source,
  };
  const open = applying === undefined || unmet.every((one) => one.open);
  return open ? unclear(reason) : no(reason);
}
