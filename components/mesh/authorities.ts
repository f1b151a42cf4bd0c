/** Creates the mesh's certificate authorities. Their keys are in the stack's state, as secrets. */
import type * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { childOf } from "../shared/providers.ts";
import type { AuthorityPlan, IntermediatePlan } from "./lower/certificates.ts";
import { authorityKey, authorityUses } from "./lower/certificates.ts";

/** A key and the certificate that belongs to it, both PEM. */
export interface Authority {
  readonly privateKey: pulumi.Output<string>;
  readonly certificate: pulumi.Output<string>;
}

/** The authority that signs itself. */
export function createRoot(
  parent: pulumi.ComponentResource,
  name: string,
  plan: AuthorityPlan,
): Authority {
  const key = new tls.PrivateKey(`${name}-root-key`, authorityKey, childOf(parent));
  const certificate = new tls.SelfSignedCert(
    `${name}-root`,
    { ...certificateArgs(plan), privateKeyPem: key.privateKeyPem, subject: plan.subject },
    childOf(parent),
  );
  return { privateKey: key.privateKeyPem, certificate: certificate.certPem };
}

/** The authority of one cluster, signed by the root. */
export function createIntermediate(
  parent: pulumi.ComponentResource,
  name: string,
  root: Authority,
  plan: IntermediatePlan,
): Authority {
  const prefix = `${name}-${plan.cluster}-authority`;
  const key = new tls.PrivateKey(`${prefix}-key`, authorityKey, childOf(parent));
  const request = new tls.CertRequest(
    `${prefix}-request`,
    { privateKeyPem: key.privateKeyPem, subject: plan.subject, dnsNames: [...plan.dnsNames] },
    childOf(parent),
  );
  const certificate = new tls.LocallySignedCert(
    prefix,
    {
      ...certificateArgs(plan),
      certRequestPem: request.certRequestPem,
      caCertPem: root.certificate,
      caPrivateKeyPem: root.privateKey,
    },
    childOf(parent),
  );
  return { privateKey: key.privateKeyPem, certificate: certificate.certPem };
}

function certificateArgs(plan: AuthorityPlan) {
  return {
    allowedUses: authorityUses,
    isCaCertificate: true,
    maxPathLength: plan.maxPathLength,
    setSubjectKeyId: true,
    validityPeriodHours: plan.validityPeriodHours,
    earlyRenewalHours: plan.earlyRenewalHours,
  };
}
