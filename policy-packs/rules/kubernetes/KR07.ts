/** Kubernetes, "Role Based Access Control Good Practices": admission webhooks and CSRs. */
import { roleRule } from "../shared/cluster-role.ts";

const admission = "admissionregistration.k8s.io";
const certificates = "certificates.k8s.io";

export const KR07 = roleRule({
  id: "KR07",
  sentence: "No role controls webhooks or approves certificates.",
  why: "A webhook reads and rewrites every object on its way; who approves certificates makes a client of any name.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-3", "AC-6", "CM-5"],
  fix: "Take the resource out of the role, or name the one webhook or signer under resourceNames.",
  powers: [
    {
      groups: [admission],
      resources: ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"],
      verbs: ["create", "update", "patch", "delete", "deletecollection"],
      unlessNamed: { but: [] },
    },
    {
      groups: [certificates],
      resources: ["certificatesigningrequests/approval"],
      verbs: ["update", "patch"],
      unlessNamed: { but: [] },
    },
    {
      groups: [certificates],
      resources: ["signers"],
      verbs: ["approve", "sign"],
      unlessNamed: { but: ["kubernetes.io/kube-apiserver-client", "kubernetes.io/*"] },
    },
  ],
  witness: "a webhook that copies every Secret, or a certificate for system:masters",
  harmless: {
    apiGroups: [admission],
    resources: ["mutatingwebhookconfigurations"],
    verbs: ["get"],
  },
});
