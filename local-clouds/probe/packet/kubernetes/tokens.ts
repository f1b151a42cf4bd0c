/** Tokens of the objects that decide about packets in a cluster. */
export const kubernetes = {
  namespace: "kubernetes:core/v1:Namespace",
  pod: "kubernetes:core/v1:Pod",
  service: "kubernetes:core/v1:Service",
  endpointSlice: "kubernetes:discovery.k8s.io/v1:EndpointSlice",
  serviceAccount: "kubernetes:core/v1:ServiceAccount",
  deployment: "kubernetes:apps/v1:Deployment",
  statefulSet: "kubernetes:apps/v1:StatefulSet",
  daemonSet: "kubernetes:apps/v1:DaemonSet",
  replicaSet: "kubernetes:apps/v1:ReplicaSet",
  job: "kubernetes:batch/v1:Job",
  cronJob: "kubernetes:batch/v1:CronJob",
  networkPolicy: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
  adminPolicy: "kubernetes:policy.networking.k8s.io/v1alpha1:AdminNetworkPolicy",
  baselinePolicy: "kubernetes:policy.networking.k8s.io/v1alpha1:BaselineAdminNetworkPolicy",
  clusterPolicyAlpha: "kubernetes:policy.networking.k8s.io/v1alpha2:ClusterNetworkPolicy",
  clusterPolicy: "kubernetes:policy.networking.k8s.io/v1beta1:ClusterNetworkPolicy",
  release: "kubernetes:helm.sh/v3:Release",
  peerAuthentication: "kubernetes:security.istio.io/v1:PeerAuthentication",
  peerAuthenticationBeta: "kubernetes:security.istio.io/v1beta1:PeerAuthentication",
  authorization: "kubernetes:security.istio.io/v1:AuthorizationPolicy",
  authorizationBeta: "kubernetes:security.istio.io/v1beta1:AuthorizationPolicy",
} as const;

/** What makes pods, a pod itself first. */
export const workloads: readonly string[] = [
  kubernetes.pod,
  kubernetes.deployment,
  kubernetes.statefulSet,
  kubernetes.daemonSet,
  kubernetes.replicaSet,
  kubernetes.job,
  kubernetes.cronJob,
];

/** Policies of network plugins' own, which this probe does not read. */
export const pluginPolicies: readonly string[] = [
  "kubernetes:cilium.io/v2:CiliumNetworkPolicy",
  "kubernetes:cilium.io/v2:CiliumClusterwideNetworkPolicy",
  "kubernetes:crd.projectcalico.org/v1:NetworkPolicy",
  "kubernetes:crd.projectcalico.org/v1:GlobalNetworkPolicy",
  "kubernetes:projectcalico.org/v3:NetworkPolicy",
  "kubernetes:projectcalico.org/v3:GlobalNetworkPolicy",
];
