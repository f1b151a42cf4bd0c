/** Which transports a workload's port takes: Istio's PeerAuthentication (narrowest scope wins). */
import { rootNamespace } from "./intent.ts";
import type { Destination, MtlsMode, PeerAuthentication } from "./policy.ts";
import { selects } from "./policy.ts";

/** The mode of one port, and which policy set it. */
export interface PortMode {
  /** `undecided` where two policies of one scope differ: the older one wins, and age is not known. */
  readonly mode: MtlsMode | "undecided";
  readonly decidedBy: string;
}

/** Istio's mode where no policy says anything. */
const untold: PortMode = { mode: "PERMISSIVE", decidedBy: "Istio's default, PERMISSIVE" };

/**
 * The mode of a workload's port. Mesh, namespace and workload scope override in this order; a
 * workload's port overrides all. A selector in the root namespace has no effect, and neither has
 * a port mode without a selector (Istio, PeerAuthentication reference).
 */
export function portMode(
  policies: readonly PeerAuthentication[],
  destination: Destination,
): PortMode {
  const bare = (policy: PeerAuthentication) => Object.keys(policy.selector).length === 0;
  const mesh = policies.filter((policy) => policy.namespace === rootNamespace && bare(policy));
  const own = policies.filter(
    (policy) => policy.namespace === destination.namespace && policy.namespace !== rootNamespace,
  );
  const workload = own.filter(
    (policy) => !bare(policy) && selects(policy.selector, destination.labels),
  );
  const scopes = [mesh, own.filter(bare), workload];
  const whole = scopes.reduce((outer, scope) => narrowed(outer, scope, wholeMode), untold);
  return narrowed(whole, workload, (policy) => policy.ports.get(destination.port));
}

function wholeMode(policy: PeerAuthentication): MtlsMode | undefined {
  return policy.mode;
}

/** What one scope makes of the mode it inherits. */
function narrowed(
  inherited: PortMode,
  scope: readonly PeerAuthentication[],
  read: (policy: PeerAuthentication) => MtlsMode | undefined,
): PortMode {
  const candidates = scope.map((policy): PortMode => {
    const mode = read(policy);
    return mode === undefined ? inherited : { mode, decidedBy: policy.origin };
  });
  const first = candidates[0];
  if (first === undefined) return inherited;
  if (candidates.every(({ mode }) => mode === first.mode)) return first;
  return { mode: "undecided", decidedBy: scope.map(({ origin }) => origin).join(" or ") };
}
