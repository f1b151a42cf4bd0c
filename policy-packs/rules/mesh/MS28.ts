/** Istio, "Resource Annotations": traffic that the sidecar does not take. */
import { withContainer } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";

const past: Readonly<Record<string, string>> = {
  excludeInboundPorts: "a call to one of the ports, without an identity and past every policy",
  excludeOutboundPorts: "a call of the pod to one of the ports of anything",
  excludeOutboundIPRanges: "a call of the pod to one of the ranges",
  excludeInterfaces: "everything that comes or goes through the interface",
};
const prefix = "traffic.sidecar.istio.io/";

export const MS28 = podRule({
  id: "MS28",
  sentence: "No port or range bypasses the proxy.",
  why: "What passes by the sidecar has no identity, is checked by no policy and stands in no log.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["SC-7", "SC-8", "AC-4"],
  fix: "Take the annotation out; register what is called as a ServiceEntry.",
  eachPod: ({ metadata }, report) => {
    for (const [name, witness] of Object.entries(past)) {
      const at = metadata.at("annotations", `${prefix}${name}`);
      if ((at.view.text() ?? "") !== "") report(at, witness);
    }
  },
  examples: {
    violating: [
      {
        says: "a port",
        spec: withContainer({}),
        annotations: { [`${prefix}excludeInboundPorts`]: "5432" },
      },
      {
        says: "a range",
        spec: withContainer({}),
        annotations: { [`${prefix}excludeOutboundIPRanges`]: "10.0.0.0/8" },
      },
    ],
    clean: [
      {
        says: "nothing named",
        spec: withContainer({}),
        annotations: { [`${prefix}excludeInboundPorts`]: "" },
      },
    ],
    bare: "pass",
  },
});
