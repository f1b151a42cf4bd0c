/** The trust domain of a mesh by the values of its control plane's chart (Istio, "Global Mesh Options"). */
import type { PlannedResource } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { settle } from "../uncertain.ts";
import { trustDomain as usualTrustDomain } from "./callers.ts";

/** Known where one control plane is among the charts, with values that are, and without an alias. */
export function trustDomainOf(charts: readonly PlannedResource[]): string | undefined {
  const [control, ...more] = charts.filter(isControlPlane);
  if (control === undefined || more.length > 0) return undefined;
  const { inputs } = control;
  const mesh = inputs.at("values", "meshConfig");
  const open = [inputs.at("valueYamlFiles"), mesh.at("trustDomainAliases")];
  if (open.some(({ state }) => state !== "absent")) return undefined;
  const named = settle(() => mesh.at("trustDomain").text() ?? usualTrustDomain);
  return named instanceof Undecided ? undefined : named;
}

function isControlPlane({ inputs }: PlannedResource): boolean {
  const chart = settle(() => inputs.at("chart").text());
  return typeof chart === "string" && /(^|\/)istiod$/.test(chart);
}
