/** The mesh's certificate authority: one root, and one intermediate per cluster. */
import type { MeshIntent } from "../../../model/mesh/intent.ts";
import { rootNamespace } from "../../../model/mesh/intent.ts";

/**
 * Names of the tls provider, in the form it takes. (Its typings list them in camelCase, which it
 * does not accept.)
 */
export const authorityUses = ["cert_signing", "crl_signing", "digital_signature"];

/** Keys of the authorities; Istio reads P-256 and P-384 (`pki/util`). */
export const authorityKey = { algorithm: "ECDSA", ecdsaCurve: "P384" } as const;

/** What a certificate of an authority says, without its key. */
export interface AuthorityPlan {
  readonly subject: { readonly commonName: string; readonly organization: string };
  /** How many authorities may stand below this one. */
  readonly maxPathLength: number;
  readonly validityPeriodHours: number;
  readonly earlyRenewalHours: number;
}

/** The authority of one cluster, which signs its workloads' certificates. */
export interface IntermediatePlan extends AuthorityPlan {
  readonly cluster: string;
  readonly dnsNames: readonly string[];
}

/**
 * The root is never renewed by itself: istiod refuses a changed root unless old and new are both
 * trusted for a time, which takes three updates. Intermediates are renewed by any update in the
 * last hours of their life, and istiod takes up the new one while it runs.
 */
export function lowerAuthorities(intent: MeshIntent): {
  readonly root: AuthorityPlan;
  readonly intermediates: readonly IntermediatePlan[];
} {
  const { rootHours, intermediateHours, renewalHours } = intent.certificates;
  const organization = intent.trustDomain;
  return {
    root: {
      subject: { commonName: `${intent.id} root`, organization },
      maxPathLength: 1,
      validityPeriodHours: rootHours,
      earlyRenewalHours: 0,
    },
    intermediates: intent.clusters.map(({ name }) => ({
      cluster: name,
      subject: { commonName: `${intent.id} ${name}`, organization },
      dnsNames: [`istiod.${rootNamespace}.svc`],
      maxPathLength: 0,
      validityPeriodHours: intermediateHours,
      earlyRenewalHours: renewalHours,
    })),
  };
}
