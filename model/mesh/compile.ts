/**
 * Policies of one workload's port compiled to regular expressions and sets, the way istiod
 * compiles them for Envoy. The verifier asks it thousands of times; the naive reading in
 * `authorization.ts` judges every witness a second time.
 */
import { cidrSet, tryParseAddress, tryParseCidr } from "../base/address.ts";
import { has } from "../base/interval-set.ts";
import { portMode } from "./authentication.ts";
import type { Verdict } from "./authorization.ts";
import { rootNamespace } from "./intent.ts";
import type { AuthorizationPolicy, Destination, Match, MeshPolicies, Rule } from "./policy.ts";
import { isHttpOnly, selects } from "./policy.ts";
import type { Truth } from "./truth.ts";
import { every, not, some } from "./truth.ts";

/** Who asks: everything of a request but its destination. */
export interface Caller {
  readonly transport: "mtls" | "plaintext";
  readonly principal?: string;
  readonly address?: string;
}

/** The compiled policies of one port. */
export type Gate = (caller: Caller) => Verdict;

type Test = (id: string | undefined, address: string | undefined) => Truth;

const scheme = "spiffe://";
const always: Test = () => true;

/** Compiles everything that bears on one destination. */
export function compileGate(policies: MeshPolicies, destination: Destination): Gate {
  const { namespace, labels } = destination;
  const attached = policies.authorizationPolicies.filter(
    (policy) =>
      !policy.dryRun &&
      !policy.targeted &&
      (policy.namespace === rootNamespace || policy.namespace === namespace) &&
      selects(policy.selector, labels),
  );
  const tests = (action: AuthorizationPolicy["action"]) =>
    attached
      .filter((policy) => policy.action === action)
      .map((policy) => compilePolicy(policies.trustDomain, policy, destination));
  const [deny, allow, custom] = [tests("DENY"), tests("ALLOW"), tests("CUSTOM")];
  const mode =
    destination.gateway === true
      ? "PERMISSIVE"
      : portMode(policies.peerAuthentications, destination).mode;
  return (caller) => {
    if (mode === "STRICT" && caller.transport === "plaintext") return "denied";
    const known = caller.transport === "mtls" && mode !== "DISABLE";
    const id = known && caller.principal !== undefined ? scheme + caller.principal : undefined;
    const any = (list: readonly Test[]) => some(list.map((test) => test(id, caller.address)));
    const passes = every([not(any(deny)), allow.length === 0 ? true : any(allow)]);
    if (passes === false) return "denied";
    const open = passes === "unknown" || any(custom) !== false || mode === "undecided";
    return open ? "undecided" : "allowed";
  };
}

function compilePolicy(
  trustDomain: string,
  policy: AuthorizationPolicy,
  destination: Destination,
): Test {
  const rules = policy.rules.map((rule) => compileRule(trustDomain, policy, rule, destination));
  return (id, address) => some(rules.map((rule) => rule(id, address)));
}

function compileRule(
  trustDomain: string,
  policy: AuthorizationPolicy,
  rule: Rule,
  destination: Destination,
): Test {
  const tcp = destination.protocol === "tcp";
  let dropped = false;
  const part = (match: Match): Test => {
    if (!tcp || !isHttpOnly(match.attribute)) {
      return compileMatch(trustDomain, policy.namespace, match, destination.port);
    }
    if (policy.action === "ALLOW") dropped = true;
    return always;
  };
  const all = (matches: readonly Match[]): Test => conjunction(matches.map(part));
  const either = (groups: Rule["from"]): Test =>
    groups.length === 0 ? always : disjunction(groups.map(all));
  const test = conjunction([either(rule.from), either(rule.to), all(rule.when)]);
  return dropped ? () => false : test;
}

function conjunction(tests: readonly Test[]): Test {
  return (id, address) => every(tests.map((test) => test(id, address)));
}

function disjunction(tests: readonly Test[]): Test {
  return (id, address) => some(tests.map((test) => test(id, address)));
}

function compileMatch(
  trustDomain: string,
  policyNamespace: string,
  match: Match,
  port: number,
): Test {
  const test = (values: readonly string[]): Test => {
    if (match.attribute === "destination.port") {
      const hit = values.map(Number).includes(port);
      return () => hit;
    }
    if (match.attribute === "source.ip") return compileAddresses(values);
    const source = identityPattern[match.attribute];
    if (source === undefined) return () => (values.length === 0 ? false : "unknown");
    const patterns = values.map(
      (value) => new RegExp(`^(?:${source(value, trustDomain, policyNamespace)})$`, "s"),
    );
    return (id) => id !== undefined && patterns.some((pattern) => pattern.test(id));
  };
  const [wanted, excluded] = [test(match.values), test(match.notValues)];
  if (match.values.length === 0) return (id, address) => not(excluded(id, address));
  return (id, address) => every([wanted(id, address), not(excluded(id, address))]);
}

/** Regular expressions over a whole SPIFFE id, one per attribute that speaks of identities. */
const identityPattern: Readonly<
  Record<string, (value: string, trustDomain: string, policyNamespace: string) => string>
> = {
  "source.principal": (value, trustDomain) => {
    if (value === "*") return `${scheme}.+`;
    const local = value.replace(/^cluster\.local(?=(\/[^/]*){4}$)/, () => trustDomain);
    if (value.startsWith("*")) return `${scheme}.*${escaped(value.slice(1))}`;
    if (value.endsWith("*")) return `${scheme}${escaped(local.slice(0, -1))}.*`;
    return scheme + escaped(local);
  },
  "source.namespace": (value) => `.*/ns/${value.split("*").map(escaped).join(".*")}/.*`,
  "source.serviceAccount": (value, _, policyNamespace) => {
    const [namespace, account] = value.includes("/")
      ? [value.slice(0, value.indexOf("/")), value.slice(value.indexOf("/") + 1)]
      : [policyNamespace, value];
    return `${scheme}.+/ns/${escaped(namespace)}/(?:.+/|)sa/${escaped(account)}(?:/.+)?`;
  },
  "source.trustDomain": (value) => `${scheme}${value.split("*").map(escaped).join("[^/]*")}/.*`,
};

function compileAddresses(values: readonly string[]): Test {
  const cidrs = values.map((value) => {
    const single = tryParseAddress(value);
    return tryParseCidr(
      single === undefined ? value : `${value}/${single.family === 4 ? 32 : 128}`,
    );
  });
  const known = cidrs.filter((cidr) => cidr !== undefined);
  const set = cidrSet(known);
  return (_, address) => {
    if (values.length === 0) return false;
    const peer = address === undefined ? undefined : tryParseAddress(address);
    if (peer === undefined) return "unknown";
    const line = cidrSet([
      { family: peer.family, base: peer.value, length: peer.family === 4 ? 32 : 128 },
    ])[0];
    if (line !== undefined && has(set, line.from)) return true;
    return known.length === cidrs.length ? false : "unknown";
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
