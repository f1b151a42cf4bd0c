/**
 * The naive reading of mesh policies, one request at a time: what PeerAuthentication and
 * AuthorizationPolicy make of it, and which policy decided.
 *
 * It shares nothing with the verifier but the data types, so that every witness is judged twice.
 * What depends on something that is not modelled (HTTP attributes, end-user tokens, SNI, forwarded
 * addresses) is undecided, never allowed. A caller from another trust domain is taken to have
 * passed the handshake, which is the worst case: policies alone must keep it out.
 */
import { portMode } from "./authentication.ts";
import { rootNamespace } from "./intent.ts";
import { matchOf } from "./match.ts";
import type { AuthorizationPolicy, MeshPolicies, MeshRequest, Rule } from "./policy.ts";
import { isHttpOnly, selects } from "./policy.ts";
import type { Truth } from "./truth.ts";
import { every, some } from "./truth.ts";

export type Verdict = "allowed" | "denied" | "undecided";

/** What becomes of a request, and why. */
export interface Decision {
  readonly verdict: Verdict;
  /** The deciding policy, or the default where none did. */
  readonly decidedBy: string;
}

/** Decides in Istio's order: transport, CUSTOM, DENY, ALLOW. */
export function decide(policies: MeshPolicies, request: MeshRequest): Decision {
  const transport = decideTransport(policies, request);
  if (transport.verdict === "denied") return transport;
  const seen = transport.anonymous ? withoutPrincipal(request) : request;
  const attached = policies.authorizationPolicies.filter((policy) => attaches(policy, seen));
  const denied = decideDeny(policies, attached, seen);
  if (denied.verdict === "denied") return denied;
  const allowed = decideAllow(policies, attached, seen);
  if (allowed.verdict === "denied") return allowed;
  const open = [transport, ...decideCustom(policies, attached, seen), denied, allowed].find(
    ({ verdict }) => verdict === "undecided",
  );
  return open ?? allowed;
}

/** What the transport alone makes of a request. */
export interface TransportDecision extends Decision {
  /** The proxy sees no identity, whatever the caller has. */
  readonly anonymous: boolean;
}

/** Whether the workload's port takes the request's transport, before any authorization. */
export function decideTransport(policies: MeshPolicies, request: MeshRequest): TransportDecision {
  if (request.destination.gateway === true) {
    const anonymous = request.transport === "plaintext";
    return { verdict: "allowed", decidedBy: "the gateway's listener", anonymous };
  }
  const { mode, decidedBy } = portMode(policies.peerAuthentications, request.destination);
  const plaintext = request.transport === "plaintext";
  if (mode === "STRICT") {
    return { verdict: plaintext ? "denied" : "allowed", decidedBy, anonymous: plaintext };
  }
  // The caller's proxy then falls back to plaintext by itself (Istio, automatic mutual TLS).
  if (mode === "DISABLE") return { verdict: "allowed", decidedBy, anonymous: true };
  const verdict = mode === "undecided" ? "undecided" : "allowed";
  return { verdict, decidedBy, anonymous: plaintext };
}

function withoutPrincipal(request: MeshRequest): MeshRequest {
  const { principal: _, ...rest } = request;
  return rest;
}

function attaches(policy: AuthorizationPolicy, request: MeshRequest): boolean {
  if (policy.dryRun || policy.targeted) return false;
  const { namespace, labels } = request.destination;
  const inScope = policy.namespace === rootNamespace || policy.namespace === namespace;
  return inScope && selects(policy.selector, labels);
}

function decideCustom(
  policies: MeshPolicies,
  attached: readonly AuthorizationPolicy[],
  request: MeshRequest,
): Decision[] {
  return attached
    .filter((policy) => policy.action === "CUSTOM")
    .filter((policy) => policyMatches(policies, policy, request) !== false)
    .map(({ origin }) => ({ verdict: "undecided", decidedBy: `${origin}: an outside service` }));
}

function decideDeny(
  policies: MeshPolicies,
  attached: readonly AuthorizationPolicy[],
  request: MeshRequest,
): Decision {
  const denies = attached.filter((policy) => policy.action === "DENY");
  const judged = denies.map((policy) => ({
    origin: policy.origin,
    match: policyMatches(policies, policy, request),
  }));
  const hit = judged.find(({ match }) => match === true);
  if (hit !== undefined) return { verdict: "denied", decidedBy: hit.origin };
  const open = judged.find(({ match }) => match === "unknown");
  if (open !== undefined) return { verdict: "undecided", decidedBy: open.origin };
  return { verdict: "allowed", decidedBy: "no DENY policy matches" };
}

function decideAllow(
  policies: MeshPolicies,
  attached: readonly AuthorizationPolicy[],
  request: MeshRequest,
): Decision {
  const allows = attached.filter((policy) => policy.action === "ALLOW");
  if (allows.length === 0) {
    return { verdict: "allowed", decidedBy: "no ALLOW policy selects the workload" };
  }
  const judged = allows.map((policy) => ({
    origin: policy.origin,
    match: policyMatches(policies, policy, request),
  }));
  const hit = judged.find(({ match }) => match === true);
  if (hit !== undefined) return { verdict: "allowed", decidedBy: hit.origin };
  const open = judged.find(({ match }) => match === "unknown");
  if (open !== undefined) return { verdict: "undecided", decidedBy: open.origin };
  const names = allows.map(({ origin }) => origin).join(", ");
  return { verdict: "denied", decidedBy: `none of the ALLOW policies matches: ${names}` };
}

function policyMatches(
  policies: MeshPolicies,
  policy: AuthorizationPolicy,
  request: MeshRequest,
): Truth {
  return some(policy.rules.map((rule) => ruleMatches(policies, policy, rule, request)));
}

/**
 * On a TCP port Istio drops an ALLOW rule that needs HTTP, and of every other rule only the parts
 * that need HTTP, which widens it (authorization builder, both cases are in its test data).
 */
function ruleMatches(
  policies: MeshPolicies,
  policy: AuthorizationPolicy,
  rule: Rule,
  request: MeshRequest,
): Truth {
  const tcp = request.destination.protocol === "tcp";
  const parts = [...rule.from.flat(), ...rule.to.flat(), ...rule.when];
  if (tcp && policy.action === "ALLOW" && parts.some(({ attribute }) => isHttpOnly(attribute))) {
    return false;
  }
  const group = (matches: Rule["when"]) =>
    every(
      matches
        .filter(({ attribute }) => !tcp || !isHttpOnly(attribute))
        .map((match) => matchOf(match, request, policies.trustDomain, policy.namespace)),
    );
  const alternatives = (groups: Rule["from"]) =>
    groups.length === 0 ? true : some(groups.map(group));
  return every([alternatives(rule.from), alternatives(rule.to), group(rule.when)]);
}
