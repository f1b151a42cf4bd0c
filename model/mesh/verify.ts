/**
 * Compares what planned mesh policies let through with the declared calls, for all pairs of
 * callers and workloads of a cluster: `extra` is let through but never said, `missing` is said but
 * not let through, `undecided` hangs on something that policies alone do not settle. `plaintext`
 * is a port that takes requests without mutual TLS: even where authorization then turns every one
 * of them back, content could be read on the way and one forgotten rule would open it.
 */
import { cidrInterval, cidrSet, parseCidr, tryParseAddress } from "../base/address.ts";
import { has } from "../base/interval-set.ts";
import type { Decision, Verdict } from "./authorization.ts";
import { decide, decideTransport } from "./authorization.ts";
import { compileGate } from "./compile.ts";
import type { MeshClusterIntent, MeshIntent } from "./intent.ts";
import {
  findService,
  gatewayNamespace,
  ingressGateway,
  ingressPort,
  principalOf,
  workloadPortOf,
} from "./intent.ts";
import type { Destination, MeshPolicies, MeshRequest, Unreadable } from "./policy.ts";
import type { NamedCaller, NamedWorkload } from "./universe.ts";
import { callersOf, destinationsOf, workloadsOf } from "./universe.ts";

/** One request by which plan and intent differ, replayed by the naive evaluator. */
export interface MeshDifference {
  readonly kind: "extra" | "missing" | "undecided" | "plaintext";
  /** The witness: who asks, how, and for what. */
  readonly request: MeshRequest;
  readonly decision: Decision;
  /** The names by which a report speaks of both ends. */
  readonly from: string;
  readonly to: string;
  /** All ports by which this pair differs, ascending. */
  readonly ports: readonly number[];
}

/** The verdict on one cluster. */
export interface MeshVerdict {
  readonly cluster: string;
  readonly differences: readonly MeshDifference[];
  /** What could not be read. Where non-empty, finding nothing is "unknown", not "pass". */
  readonly unknowns: readonly Unreadable[];
  /** Requests compared: zero would mean that nothing was proved. */
  readonly pairsCompared: number;
}

/** Compares one cluster's policies with the intent; the intent must have been checked. */
export function verifyMesh(
  intent: MeshIntent,
  cluster: MeshClusterIntent,
  policies: MeshPolicies,
): MeshVerdict {
  const callers = callersOf(intent, cluster, policies);
  const differences: MeshDifference[] = [];
  let pairsCompared = 0;
  for (const workload of workloadsOf(intent, policies)) {
    for (const destination of destinationsOf(intent, workload, policies)) {
      const gate = compileGate(policies, destination);
      differences.push(...plaintextPort(policies, workload, destination));
      for (const caller of callers) {
        pairsCompared++;
        const kind = compare(gate(caller), intended(intent, caller, workload, destination));
        if (kind === undefined) continue;
        differences.push(witness(policies, kind, caller, workload, destination));
      }
    }
  }
  return {
    cluster: cluster.name,
    differences: onePerPair(differences),
    unknowns: policies.unreadable,
    pairsCompared,
  };
}

type Comparison = Exclude<MeshDifference["kind"], "plaintext">;

function compare(actual: Verdict, wanted: boolean): Comparison | undefined {
  if (actual === "undecided") return "undecided";
  if (actual === "allowed") return wanted ? undefined : "extra";
  return wanted ? "missing" : undefined;
}

/** The verdicts in which the second evaluator must agree with a difference. */
const verdictOf: Readonly<Record<Comparison, Verdict>> = {
  extra: "allowed",
  missing: "denied",
  undecided: "undecided",
};

function witness(
  policies: MeshPolicies,
  kind: Comparison,
  { name, ...caller }: NamedCaller,
  workload: NamedWorkload,
  destination: Destination,
): MeshDifference {
  const request: MeshRequest = { ...caller, destination };
  const decision = decide(policies, request);
  if (decision.verdict !== verdictOf[kind]) {
    throw new Error(
      `verifier and evaluator disagree: ${kind}, yet ${decision.verdict} by ${decision.decidedBy}, for ${JSON.stringify(request)}`,
    );
  }
  return { kind, request, decision, from: name, to: workload.name, ports: [destination.port] };
}

/** Every port of every workload asks for mutual TLS; a gateway's listeners are its own matter. */
function plaintextPort(
  policies: MeshPolicies,
  workload: NamedWorkload,
  destination: Destination,
): MeshDifference[] {
  const request: MeshRequest = { transport: "plaintext", destination };
  const decision = decideTransport(policies, request);
  if (workload.gateway === true || decision.verdict === "denied") return [];
  const from = "anybody without mutual TLS";
  return [
    { kind: "plaintext", request, decision, from, to: workload.name, ports: [destination.port] },
  ];
}

/** Whether the intent lets the caller reach the workload's port. */
function intended(
  intent: MeshIntent,
  caller: NamedCaller,
  workload: NamedWorkload,
  destination: Destination,
): boolean {
  if (workload.gateway === true) return mayEnter(intent, caller, destination);
  const { service: ref } = workload;
  const offer = ref === undefined ? undefined : findService(intent, ref)?.offers;
  if (offer === undefined || workloadPortOf(offer) !== destination.port) return false;
  if (caller.transport !== "mtls" || caller.principal === undefined) return false;
  const { trustDomain, ingress } = intent;
  const calls = intent.calls.filter(({ to }) => to === ref).map(({ from }) => from);
  const principals = intent.services
    .filter(({ namespace, name }) => calls.includes(`${namespace}/${name}`))
    .map(({ namespace, name }) => principalOf(trustDomain, namespace, name));
  if (ingress?.service === ref) {
    principals.push(principalOf(trustDomain, gatewayNamespace, ingressGateway));
  }
  return principals.includes(caller.principal);
}

function mayEnter(intent: MeshIntent, caller: NamedCaller, destination: Destination): boolean {
  const peer = caller.address === undefined ? undefined : tryParseAddress(caller.address);
  if (peer === undefined || destination.port !== ingressPort) return false;
  const from = cidrSet((intent.ingress?.from ?? []).map((text) => parseCidr(text, "ingress.from")));
  const length = peer.family === 4 ? 32 : 128;
  return has(from, cidrInterval({ family: peer.family, base: peer.value, length }).from);
}

/** One finding per pair of ends and kind; the first witness stands for all its ports. */
function onePerPair(differences: readonly MeshDifference[]): MeshDifference[] {
  const found = new Map<string, MeshDifference>();
  for (const difference of differences) {
    const { kind, from, to, request, ports } = difference;
    const key = [kind, request.transport, from, to].join("\n");
    const known = found.get(key);
    const all = new Set([...(known?.ports ?? []), ...ports]);
    found.set(key, { ...(known ?? difference), ports: [...all].sort((a, b) => a - b) });
  }
  return [...found.values()];
}
