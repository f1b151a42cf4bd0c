/**
 * Load balancers of AWS ("Load Balancer Controller", annotations), AKS ("Use an internal load
 * balancer") and GKE ("LoadBalancer Service parameters"): public unless the Service says otherwise.
 */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { union } from "../../../model/base/interval-set.ts";
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { addressesIn, addressesOf, isEverywhere } from "../../lift/address-set.ts";
import { entriesOf } from "../../lift/entries.ts";

const type = "kubernetes:core/v1:Service";

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

export const KN05: Rule = {
  id: "KN05",
  sentence: "A load balancer is internal, or says from where it may be called.",
  why: "It stands in the internet with an address of its own, past every gateway that checks who calls.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Annotate the Service as internal in its cloud's way, or set spec.loadBalancerSourceRanges.",
  subjects: [type],
  needs: "resource",
  check: (subject, judge) => {
    const spec = subject.inputs.at("spec");
    const kind = spec.at("type");
    if (kind.text() !== "LoadBalancer") return judge.notApplicable("not a load balancer");
    const annotations = subject.inputs.at("metadata", "annotations");
    for (const [key, values] of Object.entries(inside)) {
      if (values.includes(annotations.at(key).text() ?? "")) return;
    }
    const balancer = spec.at("loadBalancerClass").text() ?? "";
    if (insideByDefault.includes(balancer) && annotations.at(scheme).state === "absent") return;
    const ranges = rangesOf(spec, annotations);
    if (ranges !== undefined && !isEverywhere(ranges)) return;
    judge.fail(kind, "a connection from anywhere in the internet");
  },
  examples: [
    {
      kind: "violating",
      says: "nothing said",
      expect: "fail",
      resources: [service({ type: "LoadBalancer" })],
      path: "spec.type",
    },
    {
      kind: "violating",
      says: "every address",
      expect: "fail",
      resources: [service({ type: "LoadBalancer", loadBalancerSourceRanges: ["0.0.0.0/0"] })],
      path: "spec.type",
    },
    {
      kind: "clean",
      says: "internal",
      expect: "pass",
      resources: [
        service({ type: "LoadBalancer" }, { "networking.gke.io/load-balancer-type": "Internal" }),
      ],
    },
    {
      kind: "clean",
      says: "one network",
      expect: "pass",
      resources: [service({ type: "LoadBalancer", loadBalancerSourceRanges: ["192.0.2.0/24"] })],
    },
    {
      kind: "unknown",
      says: "the ranges are not known",
      expect: "unknown",
      resources: [service({ type: "LoadBalancer", loadBalancerSourceRanges: unknownHere })],
      path: "spec.loadBalancerSourceRanges",
    },
    { kind: "absent", says: "no type", expect: "not-applicable", resources: [service({})] },
  ],
};

/** From where the balancer may be called; undefined where nothing is said. */
function rangesOf(spec: View, annotations: View): IntervalSet | undefined {
  const listed = entriesOf(spec.at("loadBalancerSourceRanges"));
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

function service(spec: Json, annotations: Json = {}): ExampleResource {
  return { type, name: "web", props: { metadata: { name: "web", annotations }, spec } };
}
