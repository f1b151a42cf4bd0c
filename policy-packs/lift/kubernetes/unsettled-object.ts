/** What a planned object that is not known yet may do to packets. */
import { rootNamespace } from "../../../model/mesh/intent.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import type { MeshObject } from "./cluster.ts";
import type { Policy } from "./policy.ts";
import { unsettledAddition, unsettledDecision } from "./unsettled.ts";

/** Policies that keep open whatever the object may decide; none where its kind has no say. */
export interface UnsettledObject {
  readonly policies: readonly Policy[];
  readonly mesh: readonly MeshObject[];
}

/** The object of one kind, of which something is not known. */
export function unsettledObject(
  kind: string,
  apiVersion: string,
  { urn, name, inputs }: PlannedResource,
): UnsettledObject {
  const view = inputs.at("metadata", "namespace");
  const namespace = view.state === "unknown" ? undefined : (view.text() ?? "default");
  const unread = { name: `${kind} of ${urn}`, urn };
  if (kind === "NetworkPolicy") {
    return { policies: [unsettledAddition({ ...unread, namespace })], mesh: [] };
  }
  if (kind.endsWith("NetworkPolicy")) {
    return { policies: [unsettledDecision({ ...unread, namespace: undefined })], mesh: [] };
  }
  const object = (more: string, spec: unknown): MeshObject => ({
    urn,
    apiVersion,
    kind,
    // Where it is not known for whom it is, it may be for the whole mesh.
    metadata: { name: `${name} ${more}`, namespace: namespace ?? rootNamespace },
    spec,
  });
  return { policies: [], mesh: (specs[kind] ?? []).map(([more, spec]) => object(more, spec)) };
}

/** A rule that nobody can read may match or not; two modes of one scope leave open which holds. */
const anything = [{ "not known yet": true }];
const specs: Readonly<Record<string, readonly (readonly [more: string, spec: unknown])[]>> = {
  AuthorizationPolicy: [
    ["that may allow", { action: "ALLOW", rules: anything }],
    ["that may deny", { action: "DENY", rules: anything }],
  ],
  PeerAuthentication: [
    ["that may be strict", { mtls: { mode: "STRICT" } }],
    ["that may be permissive", { mtls: { mode: "PERMISSIVE" } }],
  ],
};
