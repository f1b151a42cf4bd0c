/**
 * Follows "kubectl apply" (the installation) of cert-manager, cut to the controller:
 * https://cert-manager.io/docs/installation/kubectl/
 * with "Best Practice" and, for what it may do, "RBAC Good Practices" of Kubernetes:
 * https://cert-manager.io/docs/installation/best-practice/
 * https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 */
import * as kubernetes from "@pulumi/kubernetes";

const space = new kubernetes.core.v1.Namespace("cert-manager", {
  metadata: {
    name: "cert-manager",
    labels: { "pod-security.kubernetes.io/enforce": "restricted" },
  },
});
const namespace = space.metadata.name;
const name = "cert-manager";
const labels = { "app.kubernetes.io/name": name, "app.kubernetes.io/component": "controller" };

const account = new kubernetes.core.v1.ServiceAccount(name, {
  metadata: { namespace, name, labels },
});
const subjects = [{ kind: "ServiceAccount", name: account.metadata.name, namespace }];

// It keeps certificates in secrets of any namespace: the page's rules, no more.
const role = new kubernetes.rbac.v1.ClusterRole("certificates", {
  metadata: { name: "cert-manager-controller-certificates", labels },
  rules: [
    {
      apiGroups: ["cert-manager.io"],
      resources: ["certificates", "certificates/status", "certificaterequests"],
      verbs: ["update", "patch"],
    },
    {
      apiGroups: ["cert-manager.io"],
      resources: ["certificates", "certificaterequests", "clusterissuers", "issuers"],
      verbs: ["get", "list", "watch"],
    },
    {
      apiGroups: [""],
      resources: ["secrets"],
      verbs: ["get", "list", "watch", "create", "update", "delete", "patch"],
    },
    { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
  ],
});
new kubernetes.rbac.v1.ClusterRoleBinding("certificates", {
  metadata: { name: "cert-manager-controller-certificates", labels },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role.metadata.name },
  subjects,
});
const election = new kubernetes.rbac.v1.Role("leader-election", {
  metadata: { namespace, name: "cert-manager:leaderelection", labels },
  rules: [
    {
      apiGroups: ["coordination.k8s.io"],
      resources: ["leases"],
      resourceNames: ["cert-manager-controller"],
      verbs: ["get", "update", "patch"],
    },
    { apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["create"] },
  ],
});
new kubernetes.rbac.v1.RoleBinding("leader-election", {
  metadata: { namespace, name: "cert-manager:leaderelection", labels },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: election.metadata.name },
  subjects,
});

new kubernetes.apps.v1.Deployment(name, {
  metadata: { namespace, name, labels },
  spec: {
    replicas: 2,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        serviceAccountName: account.metadata.name,
        enableServiceLinks: false,
        priorityClassName: "system-cluster-critical",
        nodeSelector: { "kubernetes.io/os": "linux" },
        securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
        containers: [
          {
            name: "cert-manager-controller",
            image: "quay.io/jetstack/cert-manager-controller:v1.18.2",
            imagePullPolicy: "IfNotPresent",
            args: ["--v=2", "--leader-election-namespace=cert-manager"],
            ports: [{ name: "http-metrics", containerPort: 9402, protocol: "TCP" }],
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ["ALL"] },
            },
            resources: {
              requests: { cpu: "50m", memory: "128Mi" },
              limits: { memory: "256Mi" },
            },
            livenessProbe: { httpGet: { path: "/livez", port: 9403 }, failureThreshold: 8 },
          },
        ],
      },
    },
  },
});
new kubernetes.policy.v1.PodDisruptionBudget(name, {
  metadata: { namespace, name, labels },
  spec: { minAvailable: 1, selector: { matchLabels: labels } },
});
new kubernetes.core.v1.Service(name, {
  metadata: { namespace, name, labels },
  spec: {
    type: "ClusterIP",
    selector: labels,
    ports: [{ name: "tcp-prometheus-servicemonitor", port: 9402, targetPort: "http-metrics" }],
  },
});

export const serviceAccount = account.metadata.name;
