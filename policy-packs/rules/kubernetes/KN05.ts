/** Kubernetes, "Service": in all three clouds a load balancer is public unless the Service says otherwise. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { isEverywhere } from "../../lift/address-set.ts";
import { isInternal, sourceRangesOf } from "../shared/service-load-balancer.ts";

const type = "kubernetes:core/v1:Service";

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
    if (isInternal(subject.inputs)) return;
    const ranges = sourceRangesOf(subject.inputs);
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

function service(spec: Json, annotations: Json = {}): ExampleResource {
  return { type, name: "web", props: { metadata: { name: "web", annotations }, spec } };
}
