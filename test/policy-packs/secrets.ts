/** Secrets as they are on the engine's wire: sdk/go/common/resource/sig/sig.go of pulumi/pulumi. */
import type { Json } from "../../model/policy/view.ts";

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** The value as a secret. */
export function secret(value: Json): Json {
  return { [signatureKey]: secretSignature, value };
}

export function isSecret(value: unknown): value is { readonly value: unknown } {
  return (
    typeof value === "object" &&
    value !== null &&
    (value as Record<string, unknown>)[signatureKey] === secretSignature
  );
}

/** Every property as a secret. */
export function secrets(props: { readonly [key: string]: Json }): { [key: string]: Json } {
  return Object.fromEntries(Object.entries(props).map(([key, value]) => [key, secret(value)]));
}

/** The value without the marks. */
export function withoutSecrets(value: unknown): unknown {
  if (isSecret(value)) return withoutSecrets(value.value);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutSecrets(item)]),
  );
}
