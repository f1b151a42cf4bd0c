/**
 * Objects that the API server and the local clouds are asked about. None says what the answer should
 * be: the real server says it. `good` and `bad` only keep the table honest about its own mix.
 */

/** An object as a program would send it. */
export type Given = Readonly<Record<string, unknown>>;

const meta = (name: string, more: object = {}) => ({ name, namespace: "shop", ...more });

const object = (apiVersion: string, kind: string, rest: object, metadata: object = {}): Given => ({
  apiVersion,
  kind,
  metadata: { ...meta("x"), ...metadata },
  ...rest,
});

const wide = (apiVersion: string, kind: string, rest: object): Given => ({
  apiVersion,
  kind,
  metadata: { name: "x" },
  ...rest,
});

const policy = (spec: object, metadata: object = {}) =>
  object("networking.k8s.io/v1", "NetworkPolicy", { spec }, metadata);
const from = (...peers: object[]) => policy({ podSelector: {}, ingress: [{ from: peers }] });
const ports = (...list: object[]) => policy({ podSelector: {}, ingress: [{ ports: list }] });
const service = (spec: object, metadata: object = {}) =>
  object("v1", "Service", { spec: { selector: { app: "x" }, ...spec } }, metadata);
const container = (more: object = {}) => ({ name: "main", image: "nginx", ...more });
const pod = (spec: object) => object("v1", "Pod", { spec: { containers: [container()], ...spec } });
const template = (more: object = {}, labels: object = { app: "x" }) => ({
  metadata: { labels },
  spec: { containers: [container()], ...more },
});
const deployment = (spec: object, metadata: object = {}) =>
  object(
    "apps/v1",
    "Deployment",
    { spec: { selector: { matchLabels: { app: "x" } }, template: template(), ...spec } },
    metadata,
  );
const claimed = (volumeMounts: object[]) =>
  object("apps/v1", "StatefulSet", {
    spec: {
      selector: { matchLabels: { app: "x" } },
      serviceName: "x",
      template: template({ containers: [container({ volumeMounts })] }),
      volumeClaimTemplates: [
        {
          metadata: { name: "data" },
          spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
        },
      ],
    },
  });
const probed = (probe: object) => pod({ containers: [container({ livenessProbe: probe })] });
const ingress = (spec: object) => object("networking.k8s.io/v1", "Ingress", { spec });
const backend = { service: { name: "web", port: { number: 80 } } };
const path = (more: object) =>
  ingress({ rules: [{ http: { paths: [{ path: "/", pathType: "Prefix", backend, ...more }] } }] });
const job = { restartPolicy: "Never", containers: [container()] };
const cron = (spec: object, metadata: object = {}) =>
  object(
    "batch/v1",
    "CronJob",
    {
      spec: {
        schedule: "*/5 * * * *",
        jobTemplate: { spec: { template: { spec: job } } },
        ...spec,
      },
    },
    metadata,
  );
const rbac = "rbac.authorization.k8s.io";
const role = (...rules: object[]) => object(`${rbac}/v1`, "Role", { rules });
const bound = (roleRef: object, ...subjects: object[]) =>
  object(`${rbac}/v1`, "RoleBinding", { roleRef: { apiGroup: rbac, ...roleRef }, subjects });
const reader = { kind: "Role", name: "reader" };
const budget = (spec: object) => object("policy/v1", "PodDisruptionBudget", { spec });
const scaler = (spec: object) =>
  object("autoscaling/v2", "HorizontalPodAutoscaler", {
    spec: {
      maxReplicas: 3,
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "x" },
      ...spec,
    },
  });
const peer = (spec: object) => object("security.istio.io/v1", "PeerAuthentication", { spec });
const allow = (spec: object) => object("security.istio.io/v1", "AuthorizationPolicy", { spec });
const entry = (spec: object) =>
  object("networking.istio.io/v1", "ServiceEntry", { spec: { hosts: ["a.example"], ...spec } });
const destination = (spec: object) => object("networking.istio.io/v1", "DestinationRule", { spec });
const gateway = (spec: object) => object("gateway.networking.k8s.io/v1", "Gateway", { spec });
const listener = (more: object = {}) => ({ name: "http", port: 80, protocol: "HTTP", ...more });
const clusterPolicy = (spec: object) => ({
  apiVersion: "policy.networking.k8s.io/v1beta1",
  kind: "ClusterNetworkPolicy",
  metadata: { name: "x" },
  spec: { tier: "Admin", priority: 10, subject: { namespaces: {} }, ...spec },
});
const data = (values: object, kind = "ConfigMap") => object("v1", kind, { data: values });
const crd = (change: (spec: Record<string, unknown>) => void, metadata: object = {}): Given => {
  const spec: Record<string, unknown> = {
    group: "example.com",
    scope: "Namespaced",
    names: { kind: "Widget", plural: "widgets", singular: "widget", listKind: "WidgetList" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: "object", properties: { spec: { type: "object" } } } },
      },
    ],
  };
  change(spec);
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "widgets.example.com", ...metadata },
    spec,
  };
};

/** Objects meant to be taken. */
export const good: Readonly<Record<string, Given>> = {
  "a policy for all": policy({ podSelector: {} }),
  "a policy with everything": policy({
    podSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["a", "b"] }] },
    policyTypes: ["Ingress", "Egress"],
    ingress: [
      {
        from: [
          { podSelector: {}, namespaceSelector: { matchLabels: { a: "b" } } },
          { ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } },
        ],
        ports: [{ port: 80 }, { port: 8000, endPort: 8010, protocol: "UDP" }, { port: "web" }],
      },
    ],
  }),
  "host bits in a block": from({ ipBlock: { cidr: "10.0.0.7/8" } }),
  "a dual-stack block": from({ ipBlock: { cidr: "fd00::/48", except: ["fd00::/64"] } }),
  "a service": service({ ports: [{ port: 80, targetPort: "http" }] }),
  "a headless service without ports": service({ clusterIP: "None" }),
  "a service elsewhere": service({ type: "ExternalName", externalName: "db.example.com." }),
  "a load balancer": service({
    type: "LoadBalancer",
    loadBalancerSourceRanges: ["10.0.0.0/8 "],
    ports: [{ port: 443, name: "https", appProtocol: "kubernetes.io/h2c" }],
  }),
  "a pod": pod({}),
  "a pod with a probe": probed({ httpGet: { path: "/", port: "http" }, periodSeconds: 5 }),
  "a pod with volumes": pod({
    volumes: [{ name: "v", emptyDir: {} }],
    containers: [container({ volumeMounts: [{ name: "v", mountPath: "/v" }] })],
  }),
  "a pod with resources": pod({
    containers: [container({ resources: { requests: { cpu: "250m" }, limits: { cpu: 1 } } })],
  }),
  "a pod with a sidecar": pod({
    initContainers: [
      {
        name: "side",
        image: "envoy",
        restartPolicy: "Always",
        livenessProbe: { tcpSocket: { port: 1 } },
      },
    ],
  }),
  "a deployment": deployment({ replicas: 3 }),
  "a deployment that recreates": deployment({ strategy: { type: "Recreate" } }),
  "a job": object("batch/v1", "Job", { spec: { template: { spec: job } } }),
  "a cron job": cron({ schedule: "0 3 * * MON-FRI", timeZone: "Europe/Berlin" }),
  "a cron job each day": cron({ schedule: "@daily" }),
  "an ingress": path({}),
  "an ingress for a wildcard": ingress({
    rules: [{ host: "*.example.com" }],
    defaultBackend: backend,
  }),
  "a role": role({ apiGroups: [""], resources: ["pods"], verbs: ["get"] }),
  "a role with a colon": object(`${rbac}/v1`, "Role", { rules: [] }, { name: "system:shop" }),
  "a binding": bound(reader, { kind: "ServiceAccount", name: "a", namespace: "shop" }),
  "a binding to a group": bound(reader, { kind: "Group", name: "ops", apiGroup: rbac }),
  "a budget": budget({ minAvailable: "50%", selector: { matchLabels: { app: "x" } } }),
  "an autoscaler": scaler({
    metrics: [
      {
        type: "Resource",
        resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 60 } },
      },
    ],
  }),
  "a config map": data({ "a.b": "c" }),
  "a secret of its own type": object("v1", "Secret", {
    type: "example.com/x",
    data: { a: "YQ==" },
  }),
  "an account": object("v1", "ServiceAccount", { automountServiceAccountToken: false }),
  "a label with a domain": policy({ podSelector: {} }, { labels: { "example.com/a": "" } }),
  "a quota": object("v1", "ResourceQuota", { spec: { hard: { pods: "10", "limits.cpu": "4" } } }),
  "strict mutual TLS": peer({ mtls: { mode: "STRICT" } }),
  "an allow by identity": allow({
    action: "ALLOW",
    rules: [
      {
        from: [{ source: { principals: ["a/ns/b/sa/c"] } }],
        to: [{ operation: { ports: ["80"] } }],
      },
    ],
  }),
  "an allow of nothing": allow({}),
  "a service entry": entry({
    location: "MESH_EXTERNAL",
    ports: [{ name: "tls", number: 443, protocol: "TLS" }],
  }),
  "a destination rule": destination({
    host: "a",
    trafficPolicy: { connectionPool: { tcp: { connectTimeout: "30ms" } } },
  }),
  "a gateway": gateway({ gatewayClassName: "istio", listeners: [listener()] }),
  "a cluster policy": clusterPolicy({ ingress: [{ action: "Deny", from: [{ namespaces: {} }] }] }),
  "a definition": crd(() => undefined),
  "a limit range": object("v1", "LimitRange", {
    spec: { limits: [{ type: "Container", default: { cpu: "1" } }] },
  }),
  endpoints: object("v1", "Endpoints", {
    subsets: [{ addresses: [{ ip: "10.0.0.1" }], ports: [{ port: 80 }] }],
  }),
  "an endpoint slice": object("discovery.k8s.io/v1", "EndpointSlice", {
    addressType: "IPv4",
    endpoints: [{ addresses: ["10.0.0.1"] }],
    ports: [{ name: "", port: 80, protocol: "TCP" }],
  }),
  "a lease": object("coordination.k8s.io/v1", "Lease", { spec: { holderIdentity: "a" } }),
  "a claim": object("v1", "PersistentVolumeClaim", {
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
  }),
  "a pod template": object("v1", "PodTemplate", { template: template() }),
  "a replica set": object("apps/v1", "ReplicaSet", {
    spec: { selector: { matchLabels: { app: "x" } }, template: template() },
  }),
  "a daemon set": object("apps/v1", "DaemonSet", {
    spec: { selector: { matchLabels: { app: "x" } }, template: template() },
  }),
  "a stateful set": object("apps/v1", "StatefulSet", {
    spec: { selector: { matchLabels: { app: "x" } }, template: template(), serviceName: "x" },
  }),
  "a stateful set that mounts its claims": claimed([{ name: "data", mountPath: "/data" }]),
  "a priority class": wide("scheduling.k8s.io/v1", "PriorityClass", { value: 10 }),
  "a storage class": wide("storage.k8s.io/v1", "StorageClass", { provisioner: "example.com/a" }),
  "an ingress class": wide("networking.k8s.io/v1", "IngressClass", {
    spec: { controller: "example.com/a" },
  }),
  "a runtime class": wide("node.k8s.io/v1", "RuntimeClass", { handler: "kata" }),
  "a driver": wide("storage.k8s.io/v1", "CSIDriver", { spec: {} }),
  "a volume": wide("v1", "PersistentVolume", {
    spec: {
      accessModes: ["ReadWriteOnce"],
      capacity: { storage: "1Gi" },
      hostPath: { path: "/data" },
    },
  }),
  "a webhook": wide("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", {
    webhooks: [
      {
        name: "a.example.com",
        admissionReviewVersions: ["v1"],
        sideEffects: "None",
        clientConfig: { service: { name: "a", namespace: "shop" } },
        rules: [
          { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] },
        ],
      },
    ],
  }),
  "an admission policy": wide("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", {
    spec: {
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: ["apps"],
            apiVersions: ["v1"],
            operations: ["CREATE"],
            resources: ["deployments"],
          },
        ],
      },
      validations: [{ expression: "object.spec.replicas <= 5" }],
    },
  }),
  "a cluster role that gathers": wide(`${rbac}/v1`, "ClusterRole", {
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: "b" } }] },
  }),
  "a cluster role for URLs": wide(`${rbac}/v1`, "ClusterRole", {
    rules: [{ nonResourceURLs: ["/metrics"], verbs: ["get"] }],
  }),
  "a cluster binding": wide(`${rbac}/v1`, "ClusterRoleBinding", {
    roleRef: { kind: "ClusterRole", name: "view" },
    subjects: [{ kind: "User", name: "a" }],
  }),
  "a namespace": wide("v1", "Namespace", {}),
  "a route": object("gateway.networking.k8s.io/v1", "HTTPRoute", {
    spec: { parentRefs: [{ name: "x" }], rules: [{ backendRefs: [{ name: "web", port: 80 }] }] },
  }),
  "a virtual service": object("networking.istio.io/v1", "VirtualService", {
    spec: {
      hosts: ["a"],
      http: [{ route: [{ destination: { host: "a", port: { number: 80 } } }] }],
    },
  }),
};

/** Objects meant to be refused. */
export const bad: Readonly<Record<string, Given>> = {
  "an unknown field": policy({ podSelector: {}, ingres: [] }),
  "two unknown fields": policy({ podSelector: {}, a: 1, ingress: [{ ports: [{ ports: 1 }] }] }),
  "an unknown field of metadata": policy({ podSelector: {} }, { nam: "y" }),
  "a text for a number": deployment({ replicas: "3" }),
  "a list for an object": policy({ podSelector: [] }),
  "a number for a label": policy({ podSelector: { matchLabels: { a: 1 } } }),
  "a fraction": deployment({ replicas: 1.5 }),
  "a bad quantity": pod({ containers: [container({ resources: { limits: { cpu: "1 core" } } })] }),
  "a boolean port": ports({ port: true }),
  "a name in capitals": policy({ podSelector: {} }, { name: "Deny" }),
  "a name too long": policy({ podSelector: {} }, { name: "a".repeat(254) }),
  "a service's name with a dot": service({ ports: [{ port: 80 }] }, { name: "a.b" }),
  "a service's name with a digit first": service({ ports: [{ port: 80 }] }, { name: "1a" }),
  "a bad label value": policy({ podSelector: {} }, { labels: { a: "b c" } }),
  "a bad label key": policy({ podSelector: {} }, { labels: { "-a": "b" } }),
  "a label key of three parts": policy({ podSelector: {} }, { labels: { "a/b/c": "d" } }),
  "a label value too long": policy({ podSelector: {} }, { labels: { a: "b".repeat(64) } }),
  "a bad annotation key": policy({ podSelector: {} }, { annotations: { "a b": "c" } }),
  "a bad operator": policy({ podSelector: { matchExpressions: [{ key: "a", operator: "Is" }] } }),
  "In without values": policy({
    podSelector: { matchExpressions: [{ key: "a", operator: "In" }] },
  }),
  "Exists with values": policy({
    podSelector: { matchExpressions: [{ key: "a", operator: "Exists", values: ["b"] }] },
  }),
  "an empty peer": from({}),
  "a block beside a selector": from({ podSelector: {}, ipBlock: { cidr: "10.0.0.0/8" } }),
  "a block that is none": from({ ipBlock: { cidr: "10.0.0.0" } }),
  "a block without prefix": from({ ipBlock: {} }),
  "an exception outside": from({ ipBlock: { cidr: "10.0.0.0/8", except: ["11.0.0.0/16"] } }),
  "an exception as large": from({ ipBlock: { cidr: "10.0.0.0/8", except: ["10.0.0.0/8"] } }),
  "port 0": ports({ port: 0 }),
  "port 70000": ports({ port: 70_000 }),
  "a bad port name": ports({ port: "Web_Port" }),
  "a port name too long": ports({ port: "abcdefghijklmnopq" }),
  "a bad protocol": ports({ protocol: "ICMP" }),
  "an end below its start": ports({ port: 90, endPort: 80 }),
  "an end without start": ports({ endPort: 80 }),
  "an end of a name": ports({ port: "web", endPort: 80 }),
  "a bad policy type": policy({ podSelector: {}, policyTypes: ["ingress"] }),
  "three policy types": policy({ podSelector: {}, policyTypes: ["Ingress", "Egress", "Both"] }),
  "a service without ports": service({}),
  "a service with port 0": service({ ports: [{ port: 0 }] }),
  "nameless ports": service({ ports: [{ port: 80 }, { port: 81 }] }),
  "a port name twice": service({
    ports: [
      { name: "a", port: 80 },
      { name: "a", port: 81 },
    ],
  }),
  "a bad target port": service({ ports: [{ port: 80, targetPort: "way-too-long-a-name" }] }),
  "a bad service type": service({ type: "Public", ports: [{ port: 80 }] }),
  "source ranges without load balancer": service({
    loadBalancerSourceRanges: ["10.0.0.0/8"],
    ports: [{ port: 80 }],
  }),
  "a bad source range": service({
    type: "LoadBalancer",
    loadBalancerSourceRanges: ["everyone"],
    ports: [{ port: 80 }],
  }),
  "a headless load balancer": service({
    type: "LoadBalancer",
    clusterIP: "None",
    ports: [{ port: 80 }],
  }),
  "a name elsewhere that is none": service({ type: "ExternalName", externalName: "no_name" }),
  "an alias without name": service({ type: "ExternalName" }),
  "a node port of a cluster service": service({ ports: [{ port: 80, nodePort: 30_080 }] }),
  "an external policy inside": service({ externalTrafficPolicy: "Local", ports: [{ port: 80 }] }),
  "a bad affinity": service({ sessionAffinity: "Cookie", ports: [{ port: 80 }] }),
  "a pod without containers": pod({ containers: [] }),
  "a container without image": pod({ containers: [{ name: "main" }] }),
  "a container without name": pod({ containers: [{ image: "nginx" }] }),
  "a container's bad name": pod({ containers: [container({ name: "Main" })] }),
  "containers of one name": pod({ containers: [container(), container()] }),
  "a mount of nothing": pod({
    containers: [container({ volumeMounts: [{ name: "v", mountPath: "/v" }] })],
  }),
  "a volume twice": pod({
    volumes: [
      { name: "v", emptyDir: {} },
      { name: "v", emptyDir: {} },
    ],
  }),
  "a request above its limit": pod({
    containers: [container({ resources: { requests: { cpu: "2" }, limits: { cpu: "1" } } })],
  }),
  "an unknown resource": pod({ containers: [container({ resources: { limits: { cpus: "1" } } })] }),
  "a container port of 0": pod({ containers: [container({ ports: [{ name: "a" }] })] }),
  "a probe of nothing": probed({}),
  "a probe of two kinds": probed({ tcpSocket: { port: 1 }, httpGet: { path: "/", port: 1 } }),
  "a negative delay": probed({ tcpSocket: { port: 1 }, initialDelaySeconds: -1 }),
  "a probe of port 0": probed({ tcpSocket: { port: 0 } }),
  "two successes to live": probed({ tcpSocket: { port: 1 }, successThreshold: 2 }),
  "a bad restart policy": pod({ restartPolicy: "Sometimes" }),
  "a toleration of nothing": pod({ tolerations: [{ value: "a" }] }),
  "a selector that misses": deployment({ template: template({}, { app: "y" }) }),
  "no selector": deployment({ selector: undefined }),
  "an empty selector": deployment({ selector: {} }),
  "negative replicas": deployment({ replicas: -1 }),
  "a template that stops": deployment({ template: template({ restartPolicy: "Never" }) }),
  "a rolling update of nothing": deployment({
    strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } },
  }),
  "a bad percentage": deployment({ strategy: { rollingUpdate: { maxSurge: "some" } } }),
  "a deployment's bad label": deployment({}, { labels: { a: "-" } }),
  "a job that always restarts": object("batch/v1", "Job", {
    spec: { template: { spec: { containers: [container()] } } },
  }),
  "a schedule of four fields": cron({ schedule: "* * * *" }),
  "a schedule out of range": cron({ schedule: "61 * * * *" }),
  "a schedule of words": cron({ schedule: "every day at noon x" }),
  "a bad time zone": cron({ timeZone: "Europe/Bulkhead" }),
  "a cron job's long name": cron({}, { name: "a".repeat(53) }),
  "a bad concurrency": cron({ concurrencyPolicy: "Sometimes" }),
  "an ingress of nothing": ingress({}),
  "a path without slash": path({ path: "shop" }),
  "a path without type": path({ pathType: undefined }),
  "a bad path type": path({ pathType: "Regex" }),
  "a backend of nothing": path({ backend: {} }),
  "a backend without port": path({ backend: { service: { name: "web" } } }),
  "an address as host": ingress({ rules: [{ host: "10.0.0.1" }] }),
  "a bad wildcard": ingress({ rules: [{ host: "a.*.example" }] }),
  "a role without verbs": role({ apiGroups: [""], resources: ["pods"], verbs: [] }),
  "a role without resources": role({ apiGroups: [""], verbs: ["get"] }),
  "a role for URLs": role({ nonResourceURLs: ["/healthz"], verbs: ["get"] }),
  "a binding to a user's role": bound({ kind: "User", name: "x" }),
  "a binding to nothing": bound({ kind: "Role" }),
  "a binding to a foreign group": bound({ ...reader, apiGroup: "example.com" }),
  "a subject of no kind": bound(reader, { kind: "Robot", name: "x" }),
  "a subject without name": bound(reader, { kind: "ServiceAccount", namespace: "shop" }),
  "a budget of both": budget({ minAvailable: 1, maxUnavailable: 1 }),
  "a budget beyond all": budget({ minAvailable: "150%" }),
  "a negative budget": budget({ maxUnavailable: -1 }),
  "an autoscaler below its least": scaler({ minReplicas: 5 }),
  "an autoscaler of none": scaler({ maxReplicas: 0 }),
  "an autoscaler of nothing": scaler({ scaleTargetRef: { kind: "Deployment" } }),
  "a metric without source": scaler({ metrics: [{ type: "Resource" }] }),
  "a metric of no type": scaler({ metrics: [{ type: "Weather" }] }),
  "a config key with a slash": data({ "a/b": "c" }),
  "a number as config": data({ a: 1 }),
  "a TLS secret without key": object("v1", "Secret", {
    type: "kubernetes.io/tls",
    data: { "tls.crt": "YQ==" },
  }),
  "a priority class of none": wide("scheduling.k8s.io/v1", "PriorityClass", { value: "high" }),
  "a storage class of none": wide("storage.k8s.io/v1", "StorageClass", {}),
  "a slice of no type": object("discovery.k8s.io/v1", "EndpointSlice", { endpoints: [] }),
  "a cluster binding to a role": wide(`${rbac}/v1`, "ClusterRoleBinding", {
    roleRef: { apiGroup: rbac, kind: "Role", name: "view" },
  }),
  "a cluster's account without namespace": wide(`${rbac}/v1`, "ClusterRoleBinding", {
    roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "view" },
    subjects: [{ kind: "ServiceAccount", name: "a" }],
  }),
  "a daemon set that misses": object("apps/v1", "DaemonSet", {
    spec: { selector: { matchLabels: { app: "y" } }, template: template() },
  }),
  "a stateful set's bad name": object(
    "apps/v1",
    "StatefulSet",
    { spec: { selector: { matchLabels: { app: "x" } }, template: template(), serviceName: "x" } },
    { name: "a.b" },
  ),
  "a stateful set that mounts what nobody claims": claimed([{ name: "logs", mountPath: "/logs" }]),
  "a stateful set's container without a name": object("apps/v1", "StatefulSet", {
    spec: {
      selector: { matchLabels: { app: "x" } },
      template: template({ containers: [{ image: "nginx" }] }),
      serviceName: "x",
    },
  }),
  "an init container with a probe": pod({
    initContainers: [{ name: "a", image: "b", livenessProbe: { tcpSocket: { port: 1 } } }],
  }),
  "a user below none": pod({ containers: [container({ securityContext: { runAsUser: -1 } })] }),
  "a pod's bad host name": pod({ hostname: "a.b" }),
  "a variable of two sources": pod({
    containers: [
      container({
        env: [{ name: "A", value: "b", valueFrom: { secretKeyRef: { name: "a", key: "b" } } }],
      }),
    ],
  }),
  "a volume of two kinds": pod({
    volumes: [{ name: "v", emptyDir: {}, secret: { secretName: "a" } }],
  }),
  "a claim of nothing": object("v1", "PersistentVolumeClaim", { spec: {} }),
  "a namespace in a namespace": { apiVersion: "v1", kind: "Namespace", metadata: { name: "A" } },
  "a bad mode of mutual TLS": peer({ mtls: { mode: "ON" } }),
  "an unknown field of a custom kind": peer({ mtl: {} }),
  "an unknown field deep in a custom kind": allow({
    rules: [{ from: [{ source: { prinzipals: [] } }] }],
  }),
  "a wrong type of a custom kind": peer({ mtls: "STRICT" }),
  "port levels without selector": peer({ portLevelMtls: { 80: { mode: "STRICT" } } }),
  "a port level of 0": peer({
    selector: { matchLabels: { app: "x" } },
    portLevelMtls: { 0: { mode: "STRICT" } },
  }),
  "an allow by two measures": allow({
    selector: { matchLabels: { a: "b" } },
    targetRefs: [{ kind: "Service", name: "x" }],
  }),
  "accounts beside principals": allow({
    rules: [{ from: [{ source: { serviceAccounts: ["a/b"], principals: ["c"] } }] }],
  }),
  "a wildcard in a selector": allow({ selector: { matchLabels: { app: "x*" } } }),
  "a service entry without hosts": entry({ hosts: undefined }),
  "a service entry's bad port": entry({ ports: [{ name: "a", number: 70_000 }] }),
  "a service entry's port twice": entry({
    ports: [
      { name: "a", number: 80 },
      { name: "b", number: 80 },
    ],
  }),
  "a duration that is none": destination({
    host: "a",
    trafficPolicy: { connectionPool: { tcp: { connectTimeout: "soon" } } },
  }),
  "a duration too short": destination({
    host: "a",
    trafficPolicy: { connectionPool: { tcp: { connectTimeout: "1us" } } },
  }),
  "a destination of nothing": destination({}),
  "a gateway without listeners": gateway({ gatewayClassName: "istio", listeners: [] }),
  "a gateway without class": gateway({ listeners: [listener()] }),
  "two listeners of one name": gateway({
    gatewayClassName: "istio",
    listeners: [listener(), listener({ port: 81 })],
  }),
  "a listener of port 0": gateway({
    gatewayClassName: "istio",
    listeners: [listener({ port: 0 })],
  }),
  "a listener's TLS over HTTP": gateway({
    gatewayClassName: "istio",
    listeners: [listener({ tls: { certificateRefs: [{ name: "a" }] } })],
  }),
  "a cluster policy of no tier": clusterPolicy({ tier: "User" }),
  "a cluster policy beyond priorities": clusterPolicy({ priority: 5000 }),
  "a cluster policy of two subjects": clusterPolicy({
    subject: { namespaces: {}, pods: { namespaceSelector: {}, podSelector: {} } },
  }),
  "a definition's wrong name": crd(() => undefined, { name: "widget.example.com" }),
  "a definition without storage": crd((spec) => {
    (spec["versions"] as { storage: boolean }[])[0] = {
      ...(spec["versions"] as { storage: boolean }[])[0],
      storage: false,
    };
  }),
  "a definition without schema": crd((spec) => {
    spec["versions"] = [{ name: "v1", served: true, storage: true }];
  }),
  "a definition without types": crd((spec) => {
    spec["versions"] = [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: "object", properties: { spec: {} } } },
      },
    ];
  }),
};
