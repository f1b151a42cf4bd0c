/**
 * How @pulumi/policy hands over what is not known yet: seven texts stand for unknown values, and a
 * proxy throws at whoever touches one. Reading the object behind the proxy shows the texts.
 */

/** The text for a text that is not known. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const sentinels: ReadonlySet<unknown> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  unknownText,
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // list
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

const targetProperty = "__getSpecialProxyTarget";

/** Whether the value stands for one that is not known yet. */
export function isUnknown(value: unknown): boolean {
  return typeof value === "string" && sentinels.has(value);
}

/**
 * The object behind the SDK's proxies, of which inputs to be mended have two: one checks, one keeps
 * secrets. The value itself where it is no such proxy.
 */
export function behindProxy(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const target: unknown = Reflect.get(value, targetProperty);
  return target === undefined || target === null ? value : behindProxy(target);
}
