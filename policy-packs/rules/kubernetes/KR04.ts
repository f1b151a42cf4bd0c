/** Kubernetes, "Role Based Access Control Good Practices": exec, attach and the nodes' proxy. */
import { roleRule } from "../shared/cluster-role.ts";

export const KR04 = roleRule({
  id: "KR04",
  sentence: "No role enters pods or nodes.",
  why: "Who gets a shell in a pod has its identity and secrets; the nodes' proxy reaches the kubelet, which asks nobody.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-3", "AC-6", "AC-17"],
  fix: "Take exec, attach, portforward, ephemeralcontainers and nodes/proxy out; grant them for an hour when somebody needs them.",
  powers: [
    {
      groups: [""],
      resources: ["pods/exec", "pods/attach", "pods/portforward", "nodes/proxy", "pods/proxy"],
      verbs: ["get", "create"],
    },
    { groups: [""], resources: ["pods/ephemeralcontainers"], verbs: ["patch", "update"] },
  ],
  witness: "kubectl exec, or a request to the kubelet through the API server",
  harmless: { apiGroups: [""], resources: ["pods", "pods/log"], verbs: ["get", "list"] },
});
