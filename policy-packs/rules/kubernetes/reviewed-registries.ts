/** Registries from which images may come: the clouds' own, and those in which projects publish. */

const hosts = [
  "docker.io",
  "gcr.io",
  "ghcr.io",
  "mcr.microsoft.com",
  "public.ecr.aws",
  "quay.io",
  "registry.istio.io",
  "registry.k8s.io",
];

/** Registries of one's own account. */
const own = [
  /^\d{12}\.dkr\.ecr(-fips)?\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|on\.aws)$/,
  /^[a-z0-9-]+\.azurecr\.(io|us|cn)$/,
  /^[a-z0-9-]+-docker\.pkg\.dev$/,
  /^[a-z0-9-]+\.gcr\.io$/,
];

/** Whether images may come from the registry of this host. */
export function isReviewedRegistry(host: string): boolean {
  return hosts.includes(host) || own.some((pattern) => pattern.test(host));
}
