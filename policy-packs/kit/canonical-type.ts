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

/** Types that went elsewhere than the rest of their module. */
const azureTypes: Readonly<Record<string, string>> = {
  "cache:Database": "redisenterprise",
  "cache:RedisEnterprise": "redisenterprise",
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
  const type = parts[2] ?? "";
  const now = azureTypes[`${module}:${type}`] ?? azureModules[module] ?? module;
  return `azure-native:${now}:${type}`;
}

/** Istio serves v1, v1beta1 and v1alpha3 of a kind as the same object. */
function canonicalKubernetes(token: string): string {
  return token.replace(/^(kubernetes:[a-z]+\.istio\.io)\/v\w+:/, "$1/v1:");
}
