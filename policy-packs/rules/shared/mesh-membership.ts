/** Which namespaces are in the mesh. */
import type { View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";

/** Sidecars by injection or revision, ambient by data-plane mode. Throws `Undecided`. */
export function inMesh(labels: View): boolean {
  if (labels.state === "unknown") throw new Undecided(labels.urn, labels.path, "unknown");
  if (labels.at("istio-injection").text() === "enabled") return true;
  if (labels.at("istio.io/dataplane-mode").text() === "ambient") return true;
  return labels.at("istio.io/rev").text() !== undefined;
}
