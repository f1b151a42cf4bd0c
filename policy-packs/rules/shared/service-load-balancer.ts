/**
 * Load balancers of AWS ("Load Balancer Controller", annotations), AKS ("Use an internal load
 * balancer") and GKE ("LoadBalancer Service parameters"): public unless the Service says otherwise.
 */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { union } from "../../../model/base/interval-set.ts";
import type { View } from "../../../model/policy/view.ts";
import { addressesIn, addressesOf } from "../../lift/address-set.ts";
import { entriesOf } from "../../lift/entries.ts";

/** By annotation the values that keep the balancer inside. */
const inside: Readonly<Record<string, readonly string[]>> = {
  "service.beta.kubernetes.io/aws-load-balancer-scheme": ["internal"],
  "service.beta.kubernetes.io/aws-load-balancer-internal": ["true", "0.0.0.0/0"],
  "service.beta.kubernetes.io/azure-load-balancer-internal": ["true"],
  "networking.gke.io/load-balancer-type": ["Internal", "internal"],
  "cloud.google.com/load-balancer-type": ["Internal", "internal"],
};
/** Annotations with ranges, in a list with commas. */
const rangeLists = [
  "service.beta.kubernetes.io/load-balancer-source-ranges",
  "service.beta.kubernetes.io/azure-allowed-ip-ranges",
];
const scheme = "service.beta.kubernetes.io/aws-load-balancer-scheme";
/** Their balancers are internal where no scheme is said. */
const insideByDefault = ["service.k8s.aws/nlb", "eks.amazonaws.com/nlb"];

/** Whether the Service's load balancer has an address of the network only. Throws `Undecided`. */
export function isInternal(service: View): boolean {
  const annotations = service.at("metadata", "annotations");
  const said = Object.entries(inside).some(([key, values]) =>
    values.includes(annotations.at(key).text() ?? ""),
  );
  if (said) return true;
  const balancer = service.at("spec", "loadBalancerClass").text() ?? "";
  return insideByDefault.includes(balancer) && annotations.at(scheme).state === "absent";
}

/** From where the balancer may be called; undefined where nothing is said. */
export function sourceRangesOf(service: View): IntervalSet | undefined {
  const annotations = service.at("metadata", "annotations");
  const listed = entriesOf(service.at("spec", "loadBalancerSourceRanges"));
  if (listed.length > 0) return listed.map(addressesOf).reduce<IntervalSet>(union, []);
  const annotated = rangeLists
    .map((key) => annotations.at(key))
    .flatMap(
      (at) =>
        at
          .text()
          ?.split(",")
          .map((text) => addressesIn(text.trim(), at)) ?? [],
    );
  return annotated.length === 0 ? undefined : annotated.reduce<IntervalSet>(union, []);
}
