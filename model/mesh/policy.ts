/**
 * Istio's policies and the requests they decide on, as plain data.
 *
 * The three lists of a rule (`from`, `to`, `when`) are kept in one form: groups of matches over
 * the attribute names that Istio uses as keys of conditions.
 */
import type { Protocol } from "./intent.ts";

export type Labels = Readonly<Record<string, string>>;

export const mtlsModes = ["STRICT", "PERMISSIVE", "DISABLE"] as const;
export type MtlsMode = (typeof mtlsModes)[number];

/** Which workloads take plaintext. A mode of `undefined` inherits from the wider scope. */
export interface PeerAuthentication {
  /** Where the policy stands, e.g. `PeerAuthentication shop/default`. */
  readonly origin: string;
  readonly namespace: string;
  /** Empty: all workloads of the namespace, or of the mesh in the root namespace. */
  readonly selector: Labels;
  readonly mode: MtlsMode | undefined;
  /** Modes by port of the workload; Istio reads them only beside a selector. */
  readonly ports: ReadonlyMap<number, MtlsMode | undefined>;
}

export const actions = ["ALLOW", "DENY", "CUSTOM", "AUDIT"] as const;
export type Action = (typeof actions)[number];

/** One attribute of a request compared with values (any may match) and excluded values (none may). */
export interface Match {
  /** `source.principal`, `destination.port`, `request.method`, `request.headers[x]`, … */
  readonly attribute: string;
  readonly values: readonly string[];
  readonly notValues: readonly string[];
}

/** Groups are alternatives, matches inside a group all hold; no group at all means "any". */
export interface Rule {
  readonly from: readonly (readonly Match[])[];
  readonly to: readonly (readonly Match[])[];
  /** All hold. */
  readonly when: readonly Match[];
}

/** Who may call the selected workloads, or who may not. */
export interface AuthorizationPolicy {
  readonly origin: string;
  readonly namespace: string;
  readonly action: Action;
  /** Only logged, never enforced: the annotation `istio.io/dry-run`. */
  readonly dryRun: boolean;
  readonly selector: Labels;
  /** Bound to gateways or waypoints by `targetRefs`: sidecars do not read it. */
  readonly targeted: boolean;
  readonly rules: readonly Rule[];
}

/** A part of a planned policy that could not be read; it keeps verdicts open. */
export interface Unreadable {
  readonly origin: string;
  /** Path inside the object, e.g. `spec.rules[0].from`. */
  readonly path: string;
  readonly reason: string;
}

/** All policies of one cluster. */
export interface MeshPolicies {
  /** The cluster's own trust domain; `cluster.local` in a principal stands for it. */
  readonly trustDomain: string;
  readonly peerAuthentications: readonly PeerAuthentication[];
  readonly authorizationPolicies: readonly AuthorizationPolicy[];
  readonly unreadable: readonly Unreadable[];
}

/** The workload called. */
export interface Destination {
  readonly namespace: string;
  readonly labels: Labels;
  /** Port on which the workload listens, after the Service's translation. */
  readonly port: number;
  readonly protocol: Protocol;
  /** A gateway ends TLS as its own listeners say, so PeerAuthentication does not bind it. */
  readonly gateway?: boolean;
}

/** The first request of a connection, as the destination's proxy sees it. */
export interface MeshRequest {
  readonly transport: "mtls" | "plaintext";
  /** SPIFFE id without scheme of a caller whose certificate the proxy accepted; mTLS only. */
  readonly principal?: string;
  /** The peer's address; what depends on it is undecided where it is not given. */
  readonly address?: string;
  readonly destination: Destination;
}

/** Attributes that exist on HTTP alone (Istio, "Authorization Policy Conditions"). */
export function isHttpOnly(attribute: string): boolean {
  return attribute.startsWith("request.");
}

/** Whether a selector covers a workload: every label it names is there, with its value. */
export function selects(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
