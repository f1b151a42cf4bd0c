/** Servers of Istio's Gateways, each judged apart. */
import type { Judge } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource, View } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { istioObject, istioTypes } from "./istio-objects.ts";

/** Runs the check on each server. */
export function eachServer(
  gateway: PlannedResource,
  judge: Judge,
  check: (server: View) => void,
): void {
  for (const server of entriesOf(gateway.inputs.at("spec", "servers"))) {
    judge.part(() => check(server));
  }
}

/** What the Gateway is for, by the labels of its proxies (Istio's charts and samples). */
export function purposeOf(gateway: PlannedResource): "east-west" | "egress" | "ingress" {
  const selector = gateway.inputs.at("spec", "selector");
  const labels = selector.keys().map((key) => selector.at(key).text() ?? "");
  if (labels.some((label) => label.includes("eastwest"))) return "east-west";
  return labels.some((label) => label.includes("egress")) ? "egress" : "ingress";
}

/** A Gateway with one server. */
export function gatewayWith(server: Json, purpose: string = "ingressgateway") {
  return istioObject(istioTypes.gateway, { selector: { istio: purpose }, servers: [server] });
}
