/** Istio, "Envoy Access Logs" and "Telemetry": no access is logged unless somebody turns it on. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource } from "../../../model/policy/view.ts";
import { entriesOf, isEmpty } from "../../lift/entries.ts";
import { kubernetesTypes, namespaceOf, sameCluster } from "../../lift/kubernetes.ts";
import { chartOf, controlPlane, istioObject, istioTypes } from "../shared/istio-objects.ts";
import { someOf } from "../shared/some-of.ts";

export const MS33: Rule = {
  id: "MS33",
  sentence: "Access is logged.",
  why: "Who called what, and was refused, is nowhere to be seen when somebody asks.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-2", "AU-12", "SI-4"],
  fix: "Set meshConfig.accessLogFile to /dev/stdout, or plan a Telemetry with accessLogging in the root namespace.",
  subjects: [kubernetesTypes.release, istioTypes.telemetry],
  needs: "plan",
  check: (subject, judge, plan) => {
    if (subject.type === istioTypes.telemetry) {
      for (const log of entriesOf(subject.inputs.at("spec", "accessLogging"))) {
        judge.part(() => {
          const off = log.at("disabled");
          if (off.flag() === true) judge.fail(off, "a call that nobody sees");
        });
      }
      return;
    }
    if (chartOf(subject) !== "istiod") return judge.notApplicable("not a control plane of Istio");
    const mesh = subject.inputs.at("values", "meshConfig");
    const file = mesh.at("accessLogFile");
    if ((file.text() ?? "") !== "" || !isEmpty(mesh.at("defaultProviders", "accessLogging")))
      return;
    const root = subject.inputs.at("namespace").text() ?? "default";
    const logs = sameCluster(plan, subject, istioTypes.telemetry);
    if (someOf(judge, logs, (one) => logsWhole(one, root)) === "no") {
      judge.fail(file, "a call that nobody sees");
    }
  },
  examples: [
    {
      kind: "violating",
      says: "nothing logs",
      expect: "fail",
      resources: [controlPlane({ meshConfig: { accessLogFile: "" } })],
      path: "values.meshConfig.accessLogFile",
    },
    {
      kind: "violating",
      says: "turned off",
      expect: "fail",
      resources: [telemetry([{ disabled: true }])],
      path: "spec.accessLogging[0].disabled",
    },
    {
      kind: "clean",
      says: "to a file",
      expect: "pass",
      resources: [controlPlane({ meshConfig: { accessLogFile: "/dev/stdout" } })],
    },
    {
      kind: "clean",
      says: "by a Telemetry",
      expect: "pass",
      resources: [controlPlane({}), telemetry([{ providers: [{ name: "envoy" }] }])],
    },
    {
      kind: "unknown",
      says: "what the Telemetry says is not known",
      expect: "unknown",
      resources: [controlPlane({}), telemetry(unknownHere)],
      path: "spec.accessLogging",
    },
    { kind: "absent", says: "Istio's default", expect: "fail", resources: [controlPlane({})] },
  ],
};

/** Whether a Telemetry of the root namespace logs the whole mesh. */
function logsWhole(telemetry: PlannedResource, root: string): boolean {
  if (namespaceOf(telemetry) !== root) return false;
  const spec = telemetry.inputs.at("spec");
  if (spec.at("selector", "matchLabels").keys().length > 0) return false;
  return entriesOf(spec.at("accessLogging")).some((log) => log.at("disabled").flag() !== true);
}

function telemetry(accessLogging: Json): ExampleResource {
  return istioObject(istioTypes.telemetry, { accessLogging }, "istio-system");
}
