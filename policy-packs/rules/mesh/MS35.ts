/** Istio, "Install the Istio CNI node agent": without it an init container redirects traffic, with NET_ADMIN. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { kubernetesTypes } from "../../lift/kubernetes.ts";
import { chartOf, controlPlane } from "../shared/istio-objects.ts";

/** `pilot` is where the older charts had what is now at the top. */
const places = [
  ["cni", "enabled"],
  ["pilot", "cni", "enabled"],
  ["istio_cni", "enabled"],
] as const;

export const MS35: Rule = {
  id: "MS35",
  sentence: "No proxy administers the network.",
  why: "Every pod of the mesh must then be allowed NET_ADMIN and NET_RAW: whoever may make pods forges and diverts others' packets.",
  severity: "medium",
  tenets: ["T5"],
  controls: ["AC-6", "CM-7"],
  fix: "Set cni.enabled of the control plane to true and install Istio's cni chart, or use the ambient profile.",
  subjects: [kubernetesTypes.release],
  needs: "resource",
  check: (subject, judge) => {
    if (chartOf(subject) !== "istiod") return judge.notApplicable("not a control plane of Istio");
    const values = subject.inputs.at("values");
    const profiles = [values.at("profile"), values.at("global", "profile")];
    if (profiles.some((one) => one.text() === "ambient")) return;
    if (places.some((place) => values.at(...place).flag() === true)) return;
    judge.fail(values.at("cni", "enabled"), "a pod with NET_ADMIN that policies must admit");
  },
  examples: [
    {
      kind: "violating",
      says: "no node agent",
      expect: "fail",
      resources: [controlPlane({ cni: { enabled: false } })],
      path: "values.cni.enabled",
    },
    {
      kind: "clean",
      says: "the node agent",
      expect: "pass",
      resources: [controlPlane({ cni: { enabled: true } })],
    },
    {
      kind: "clean",
      says: "ambient",
      expect: "pass",
      resources: [controlPlane({ profile: "ambient" })],
    },
    {
      kind: "unknown",
      says: "it is not known",
      expect: "unknown",
      resources: [controlPlane({ cni: { enabled: unknownHere } })],
      path: "values.cni.enabled",
    },
    { kind: "absent", says: "the chart's default", expect: "fail", resources: [controlPlane({})] },
  ],
};
