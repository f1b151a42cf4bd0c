/**
 * The built-in kinds of Kubernetes, by group and version as the SDK's tokens spell them
 * (Kubernetes API reference; `!` marks a kind that belongs to no namespace).
 */
const served: Readonly<Record<string, string>> = {
  "core/v1":
    "ConfigMap Endpoints Event LimitRange !Namespace !Node !PersistentVolume PersistentVolumeClaim " +
    "Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount",
  "apps/v1": "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet",
  "batch/v1": "CronJob Job",
  "autoscaling/v1": "HorizontalPodAutoscaler",
  "autoscaling/v2": "HorizontalPodAutoscaler",
  "networking.k8s.io/v1": "!IPAddress Ingress !IngressClass NetworkPolicy !ServiceCIDR",
  "policy/v1": "PodDisruptionBudget",
  "rbac.authorization.k8s.io/v1": "!ClusterRole !ClusterRoleBinding Role RoleBinding",
  "storage.k8s.io/v1":
    "!CSIDriver !CSINode CSIStorageCapacity !StorageClass !VolumeAttachment !VolumeAttributesClass",
  "scheduling.k8s.io/v1": "!PriorityClass",
  "coordination.k8s.io/v1": "Lease",
  "discovery.k8s.io/v1": "EndpointSlice",
  "events.k8s.io/v1": "Event",
  "node.k8s.io/v1": "!RuntimeClass",
  "certificates.k8s.io/v1": "!CertificateSigningRequest",
  "flowcontrol.apiserver.k8s.io/v1": "!FlowSchema !PriorityLevelConfiguration",
  "apiregistration.k8s.io/v1": "!APIService",
  "apiextensions.k8s.io/v1": "!CustomResourceDefinition",
  "resource.k8s.io/v1": "!DeviceClass ResourceClaim ResourceClaimTemplate !ResourceSlice",
  "admissionregistration.k8s.io/v1":
    "!MutatingWebhookConfiguration !ValidatingAdmissionPolicy !ValidatingAdmissionPolicyBinding " +
    "!ValidatingWebhookConfiguration",
};

/** A kind of object. */
export interface Kind {
  /** As objects say it: `v1`, `apps/v1`. */
  readonly apiVersion: string;
  /** `""` for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Built-in kinds say whether they have a namespace; others leave it to their definition. */
  readonly namespaced: boolean | undefined;
}

/** Built-in groups: a kind in one of them that is not listed does not exist. */
const builtInGroups: ReadonlySet<string> = new Set(
  Object.keys(served).map((key) => key.slice(0, key.lastIndexOf("/"))),
);

/** The kind of a token `kubernetes:GROUP/VERSION:KIND`; `undefined` for a built-in group's unknown kind. */
export function kindOf(token: string): Kind | undefined {
  const [, qualified = "", kind = ""] = token.split(":");
  const slash = qualified.lastIndexOf("/");
  const group = slash < 0 ? "core" : qualified.slice(0, slash);
  const version = qualified.slice(slash + 1);
  if (kind === "" || version === "") return undefined;
  const apiVersion = group === "core" ? version : `${group}/${version}`;
  const named = { apiVersion, group: group === "core" ? "" : group, version, kind };
  const kinds = served[`${group}/${version}`]?.split(" ") ?? [];
  if (kinds.includes(kind)) return { ...named, namespaced: true };
  if (kinds.includes(`!${kind}`)) return { ...named, namespaced: false };
  // Groups of one word ("apps", "yaml") are Kubernetes' own or the SDK's: no definition adds to them.
  if (builtInGroups.has(group) || !group.includes(".") || group === "helm.sh") return undefined;
  return { ...named, namespaced: undefined };
}

/** The lower-case plural the API server speaks of: `networkpolicies`. */
export function pluralOf(kind: string): string {
  const lower = kind.toLowerCase();
  if (lower === "endpoints") return lower;
  if (/(?:s|x|ch|sh)$/.test(lower)) return `${lower}es`;
  return /[^aeiou]y$/.test(lower) ? `${lower.slice(0, -1)}ies` : `${lower}s`;
}

/** The plural with the group, as error messages name it: `deployments.apps`. */
export function qualifiedPlural(kind: Kind): string {
  const plural = pluralOf(kind.kind);
  return kind.group === "" ? plural : `${plural}.${kind.group}`;
}
