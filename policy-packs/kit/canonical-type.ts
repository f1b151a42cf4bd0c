/**
 * One type token for each kind of resource, whatever name a vendor's package gives it: Pulumi's
 * `isType` compares exact tokens, so a rule on one name would silently miss the others.
 */

/** Modules that azure-native renamed in version 3. */
const azureModules: Readonly<Record<string, string>> = {
  documentdb: "cosmosdb",
  cache: "redis",
  insights: "monitor",
};

/** Types that version 3 put into another module than their neighbours. */
const azureTypes: Readonly<Record<string, string>> = {
  "cache:Database": "redisenterprise:Database",
  "cache:RedisEnterprise": "redisenterprise:RedisEnterprise",
  "devices:IotHubResource": "iothub:IotHubResource",
  "network:FrontDoor": "frontdoor:FrontDoor",
  "network:Policy": "frontdoor:Policy",
};

/** Modules of the aws package that hold the same load balancers. */
const awsModules: Readonly<Record<string, string>> = {
  alb: "lb",
  applicationloadbalancing: "lb",
  elasticloadbalancing: "elb",
  elasticloadbalancingv2: "lb",
};

/** The token under which rules know the type. Unknown types come back as they are. */
export function canonicalType(token: string): string {
  if (token.startsWith("aws:")) return canonicalAws(token);
  if (token.startsWith("azure-native")) return canonicalAzure(token);
  if (token.startsWith("kubernetes:")) return canonicalKubernetes(token);
  return token;
}

/** `aws:alb/…` is `aws:lb/…`; `aws:s3/bucketV2:BucketV2` is `aws:s3/bucket:Bucket`. */
function canonicalAws(token: string): string {
  const match = /^aws:([^/:]+)\/([^:]+):(.+)$/.exec(token);
  if (match === null) return token;
  const [, module = "", file = "", name = ""] = match;
  const withoutV2 = (text: string) => (module === "s3" ? text.replace(/V2$/, "") : text);
  return `aws:${awsModules[module] ?? module}/${withoutV2(file)}:${withoutV2(name)}`;
}

/**
 * `azure-native:network/v20240101:SecurityRule` and the token of a locally generated package,
 * `azure-native_network_v20240101:network:SecurityRule`, are `azure-native:network:SecurityRule`.
 */
function canonicalAzure(token: string): string {
  const parts = token.split(":");
  if (parts.length !== 3) return token;
  const module = (parts[1] ?? "").replace(/\/v\d{8}(preview|privatepreview)?$/, "");
  const moved = azureTypes[`${module}:${parts[2]}`];
  return `azure-native:${moved ?? `${azureModules[module] ?? module}:${parts[2]}`}`;
}

/** Groups of which all versions of a kind are one object, and the kinds that came from `extensions`. */
const kubernetesGroups =
  /^(admissionregistration\.k8s\.io|apps|batch|networking\.k8s\.io|policy|rbac\.authorization\.k8s\.io|[a-z]+\.istio\.io)$/;
const movedKinds: Readonly<Record<string, string>> = {
  DaemonSet: "apps",
  Deployment: "apps",
  ReplicaSet: "apps",
  Ingress: "networking.k8s.io",
  NetworkPolicy: "networking.k8s.io",
};

/** A cluster serves all versions of a kind, such as v1, v1beta1 and v1alpha3, as the same object. */
function canonicalKubernetes(token: string): string {
  const match = /^kubernetes:([^/:]+)\/v\w+:((\w+?)(Patch|List)?)$/.exec(token);
  if (match === null) return token;
  const [, written = "", name = "", kind = ""] = match;
  const group = written === "extensions" ? (movedKinds[kind] ?? written) : written;
  return kubernetesGroups.test(group) ? `kubernetes:${group}/v1:${name}` : token;
}
