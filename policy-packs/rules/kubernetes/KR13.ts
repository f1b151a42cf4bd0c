/** Kubernetes, "Network Policies", and CVE-2020-8554: who writes these objects moves traffic. */
import { roleRule } from "../shared/cluster-role.ts";

const writes = ["create", "update", "patch", "delete", "deletecollection"];

export const KR13 = roleRule({
  id: "KR13",
  sentence: "No role moves others' traffic.",
  why: "Without its policies a namespace is open, and whoever sets where a Service leads reads what is sent to it.",
  severity: "medium",
  tenets: ["T2", "T6"],
  controls: ["AC-4", "AC-6", "SC-7"],
  fix: "Take network policies, endpoints and services/status out of the role.",
  powers: [
    { groups: ["networking.k8s.io"], resources: ["networkpolicies"], verbs: writes },
    { groups: [""], resources: ["endpoints"], verbs: ["create", "update", "patch"] },
    {
      groups: ["discovery.k8s.io"],
      resources: ["endpointslices"],
      verbs: ["create", "update", "patch"],
    },
    { groups: [""], resources: ["services/status"], verbs: ["update", "patch"] },
  ],
  witness: "a Service whose endpoint is the holder's own pod",
  harmless: { apiGroups: [""], resources: ["services", "endpoints"], verbs: ["get", "list"] },
});
