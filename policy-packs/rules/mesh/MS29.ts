/** Istio, "Accessing External Services": ALLOW_ANY, the default, lets a sidecar call any address. */

import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { kubernetesTypes } from "../../lift/kubernetes.ts";
import { chartOf, controlPlane, istioObject, istioTypes } from "../shared/istio-objects.ts";

const path = ["values", "meshConfig", "outboundTrafficPolicy", "mode"];
const only = "REGISTRY_ONLY";

export const MS29: Rule = {
  id: "MS29",
  sentence: "Egress goes to registered hosts only.",
  why: "A workload that was taken over fetches tools and sends data to any address, and no policy of the mesh is asked.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["SC-7", "AC-4"],
  fix: "Set outboundTrafficPolicy.mode to REGISTRY_ONLY, and register what is called as ServiceEntries.",
  // Calls to what nobody registered do not get through any more.
  remedy: {
    kind: "opt-in",
    edits: (subject) => [
      {
        path:
          subject.type === istioTypes.sidecar ? ["spec", "outboundTrafficPolicy", "mode"] : path,
        value: only,
      },
    ],
  },
  subjects: [kubernetesTypes.release, istioTypes.sidecar],
  needs: "resource",
  check: (subject, judge) => {
    const witness = "a call of any workload to any address";
    if (subject.type === istioTypes.sidecar) {
      const mode = subject.inputs.at("spec", "outboundTrafficPolicy", "mode");
      if (mode.text() === "ALLOW_ANY") judge.fail(mode, witness);
      return;
    }
    if (chartOf(subject) !== "istiod") return judge.notApplicable("not a control plane of Istio");
    const mode = subject.inputs.at(...path);
    if (mode.text() !== only) judge.fail(mode, witness);
  },
  examples: [
    {
      kind: "violating",
      says: "any address",
      expect: "fail",
      resources: [controlPlane(mesh("ALLOW_ANY"))],
      path: path.join("."),
    },
    {
      kind: "violating",
      says: "any address, for one namespace",
      expect: "fail",
      resources: [
        istioObject(istioTypes.sidecar, { outboundTrafficPolicy: { mode: "ALLOW_ANY" } }),
      ],
    },
    {
      kind: "clean",
      says: "registered hosts",
      expect: "pass",
      resources: [controlPlane(mesh(only))],
    },
    {
      kind: "unknown",
      says: "the mode is not known",
      expect: "unknown",
      resources: [controlPlane(mesh(unknownHere))],
      path: path.join("."),
    },
    { kind: "absent", says: "Istio's default", expect: "fail", resources: [controlPlane({})] },
  ],
};

function mesh(mode: Json): Json {
  return { meshConfig: { outboundTrafficPolicy: { mode } } };
}
