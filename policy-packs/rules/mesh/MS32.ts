/** Istio, "Envoy Filter": it changes the proxy's own configuration, behind what every policy says. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { istioObject, istioTypes } from "../shared/istio-objects.ts";

export const MS32: Rule = {
  id: "MS32",
  sentence: "No Envoy filter changes what the mesh's policies made.",
  why: "One patch can take authentication out of every proxy, and no policy or tool of Istio shows it.",
  severity: "medium",
  tenets: ["T4", "T6"],
  controls: ["CM-5", "CM-6", "AC-3"],
  fix: "Use Istio's own objects; where none can say it, let the exemption say who read the patch.",
  subjects: [istioTypes.envoyFilter],
  needs: "resource",
  check: (subject, judge) => {
    for (const patch of entriesOf(subject.inputs.at("spec", "configPatches"))) {
      if (patch.state === "unknown") judge.open(patch);
      else
        judge.fail(patch, "a request that the patched proxies treat otherwise than policies say");
    }
  },
  examples: [
    {
      kind: "violating",
      says: "a patch",
      expect: "fail",
      resources: [filter([{ applyTo: "HTTP_FILTER", patch: { operation: "REMOVE" } }])],
      path: "spec.configPatches[0]",
    },
    { kind: "clean", says: "no patches", expect: "pass", resources: [filter([])] },
    {
      kind: "unknown",
      says: "the patches are not known",
      expect: "unknown",
      resources: [filter(unknownHere)],
      path: "spec.configPatches",
    },
    {
      kind: "absent",
      says: "nothing",
      expect: "pass",
      resources: [istioObject(istioTypes.envoyFilter, {})],
    },
  ],
};

function filter(configPatches: Json) {
  return istioObject(istioTypes.envoyFilter, { configPatches });
}
