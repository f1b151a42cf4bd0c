/**
 * Authorization at the receiver.
 *
 * Istio, "Authorization Policy", "Implicit enablement" and "Policy precedence": CUSTOM, then DENY,
 * then, where at least one ALLOW policy applies, only what one of them matches. Policies of the root
 * namespace apply to every namespace.
 */

import { type Deployed, type Live, objectOf, objectsOf, textOf } from "../deployed.ts";
import type { Pod } from "../kubernetes/pod.ts";
import { selects } from "../kubernetes/selectors.ts";
import { kubernetes } from "../kubernetes/tokens.ts";
import { cannotTell, drops, passes, type Stage, type Walk } from "../walk.ts";
import { type Caller, matchRule, type RuleMatch } from "./conditions.ts";
import { hasSelector, namespaceOf, rootNamespace, selectorOf } from "./mesh.ts";

const stage: Stage = {
  stage: "Istio authorization",
  document: "Istio: Authorization Policy, Policy precedence",
};

interface Matched {
  readonly policy: Live;
  readonly index: number;
  readonly match: RuleMatch;
}

/** Whether the authorization policies of a pod let a caller in. */
export function* authorization(deployed: Deployed, pod: Pod, caller: Caller): Walk {
  const policies = policiesOf(deployed, pod);
  const [custom] = matchesOf(policies, "CUSTOM", caller);
  if (custom !== undefined) {
    yield cannotTell(stage, custom.policy.id, "what the external authorizer answers");
  }
  yield* denies(policies, caller);
  const allowing = policies.filter((one) => actionOf(one) === "ALLOW");
  if (allowing.length === 0) {
    yield passes(stage, pod.id, "no ALLOW policy applies to the workload: allowed");
    return;
  }
  yield* allows(allowing, pod, caller);
}

function* denies(policies: readonly Live[], caller: Caller): Walk {
  for (const { policy, index, match } of matchesOf(policies, "DENY", caller)) {
    const rule = `DENY ${policy.id} rules[${index}]`;
    if (match === "yes") yield drops(stage, policy.id, rule);
    if (match === "unknown") yield cannotTell(stage, policy.id, `whether ${rule} matches`);
    // A rule about requests refuses some of them; the connection itself is not refused.
    yield passes(stage, policy.id, `${rule} refuses only requests that match it`);
  }
}

function* allows(policies: readonly Live[], pod: Pod, caller: Caller): Walk {
  const found = matchesOf(policies, "ALLOW", caller);
  const names = policies.map(({ id }) => id).join(", ");
  const best =
    found.find(({ match }) => match === "yes") ??
    found.find(({ match }) => match === "some requests") ??
    found[0];
  if (best === undefined) {
    yield drops(
      stage,
      pod.id,
      `no rule of ${names} allows ${caller.principal ?? "a caller without identity"}`,
    );
    return;
  }
  const rule = `ALLOW ${best.policy.id} rules[${best.index}]`;
  if (best.match === "unknown") yield cannotTell(stage, best.policy.id, `whether ${rule} matches`);
  const part = best.match === "some requests" ? ", for the requests it names" : "";
  yield passes(stage, best.policy.id, `${rule} ${caller.principal ?? "without identity"}${part}`);
}

/** The rules of one action that match, or might. */
function matchesOf(policies: readonly Live[], action: string, caller: Caller): readonly Matched[] {
  return policies
    .filter((policy) => actionOf(policy) === action)
    .flatMap((policy) =>
      objectsOf(objectOf(policy.properties, "spec"), "rules").map((rule, index) => ({
        policy,
        index,
        match: matchRule(rule, action, namespaceOf(policy), caller),
      })),
    )
    .filter(({ match }) => match !== "no");
}

function actionOf(policy: Live): string {
  return textOf(objectOf(policy.properties, "spec"), "action") ?? "ALLOW";
}

/** The first policy of a namespace that a waypoint enforces; which traffic passes one, nobody here can tell. */
export function* waypointPolicies(deployed: Deployed, pod: Pod): Walk {
  const found = deployed
    .all(kubernetes.authorization, kubernetes.authorizationBeta)
    .filter((policy) => policy.account === pod.cluster && namespaceOf(policy) === pod.namespace)
    .find((policy) => "targetRefs" in objectOf(policy.properties, "spec"));
  if (found !== undefined) {
    yield cannotTell(stage, found.id, `whether a waypoint asks ${found.id}, and what it says`);
  }
}

/** The policies that apply to a pod; those with `targetRefs` are a waypoint's. */
function policiesOf(deployed: Deployed, pod: Pod): readonly Live[] {
  const root = rootNamespace(deployed, pod.cluster);
  return deployed
    .all(kubernetes.authorization, kubernetes.authorizationBeta)
    .filter(({ account }) => account === pod.cluster)
    .filter((policy) => [root, pod.namespace].includes(namespaceOf(policy)))
    .filter((policy) => !("targetRefs" in objectOf(policy.properties, "spec")))
    .filter((policy) => !hasSelector(policy) || selects(selectorOf(policy), pod.labels));
}
