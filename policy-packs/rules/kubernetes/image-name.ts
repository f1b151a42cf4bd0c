/** The parts of an image's name: `HOST/PATH:TAG@DIGEST` (Kubernetes, "Images", "Image names"). */

/** A digest for examples. */
export const imageDigest = `sha256:${"0".repeat(64)}`;

/** The digest, which names one content for ever. */
export function digestOf(image: string): string | undefined {
  return /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1];
}

/** The tag; `latest` where none is said. */
export function tagOf(image: string): string {
  return /:([^/:]+)$/.exec(image.replace(/@.*$/, ""))?.[1] ?? "latest";
}

/** The first part is a host if it has a dot or a port, or is `localhost`. */
export function registryOf(image: string): string {
  const [first = "", ...rest] = image.split("/");
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : "docker.io";
}
