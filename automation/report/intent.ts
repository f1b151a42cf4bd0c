/** The intent as far as pictures need it; parts that an environment does not have are absent. */
import type { IdentityIntent } from "../../model/identity/intent.ts";
import type { MeshIntent } from "../../model/mesh/intent.ts";
import type { NetworkIntent } from "../../model/network/intent.ts";

/** What the environment's program declared, by area. */
export interface PicturedIntent {
  readonly network?: NetworkIntent;
  readonly mesh?: MeshIntent;
  readonly identity?: IdentityIntent;
}

/** The areas that are there; their content was checked before any engine started. */
export function picturedIntent(value: unknown): PicturedIntent {
  if (!isRecord(value)) return {};
  const { network, mesh, identity } = value;
  return {
    ...(isRecord(network) && Array.isArray(network["places"])
      ? { network: network as unknown as NetworkIntent }
      : {}),
    ...(isRecord(mesh) && Array.isArray(mesh["services"])
      ? { mesh: mesh as unknown as MeshIntent }
      : {}),
    ...(isRecord(identity) && isRecord(identity["repository"])
      ? { identity: identity as unknown as IdentityIntent }
      : {}),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
