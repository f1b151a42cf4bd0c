/** Pulumi Kubernetes, `helm.v3.Release`: Helm itself makes the objects, which are no resources of the plan. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { isEmpty } from "../../lift/entries.ts";
import { kubernetesTypes } from "../../lift/kubernetes.ts";
import { reviewedChartOf, unreviewedValues } from "./reviewed-charts.ts";

export const KN10: Rule = {
  id: "KN10",
  sentence: "What a Helm release makes can be inspected.",
  why: "Its pods, roles and webhooks pass every rule unseen: a privileged container in a chart looks like no container at all.",
  severity: "high",
  tenets: ["T5", "T7"],
  controls: ["CM-3", "CM-5", "SI-7"],
  fix: "Use helm.v4.Chart, whose objects are planned one by one; or read the chart and list it, with version and values, in policy-packs/rules/kubernetes/reviewed-charts.ts.",
  subjects: [kubernetesTypes.release],
  needs: "resource",
  check: (subject, judge) => {
    const { inputs } = subject;
    const place = inputs.at("chart");
    const known = reviewedChartOf(inputs);
    if (known === undefined) return judge.fail(place, "any object that the chart's authors like");
    judge.part(() => {
      const version = inputs.at("version");
      if (known.versions.includes(version.text() ?? "")) return;
      judge.fail(version, "any object that another version brings");
    });
    judge.part(() => {
      const files = inputs.at("valueYamlFiles");
      if (!isEmpty(files)) judge.fail(files, "any value that a file sets");
    });
    judge.part(() => {
      const program = inputs.at("postrender");
      if (program.text() !== undefined) judge.fail(program, "any object that a program adds");
    });
    judge.part(() => {
      const reuse = inputs.at("reuseValues");
      if (reuse.flag() === true) judge.fail(reuse, "any value that an earlier release had");
    });
    for (const at of unreviewedValues(inputs.at("values"), known)) {
      if (at.state === "unknown") judge.open(at);
      else judge.fail(at, "an object that the chart makes for this value");
    }
  },
  examples: [
    {
      kind: "violating",
      says: "a chart that nobody read",
      expect: "fail",
      resources: [release({ chart: "mystery" })],
      path: "chart",
    },
    {
      kind: "violating",
      says: "another version",
      expect: "fail",
      resources: [release({ version: "1.0.0" })],
      path: "version",
    },
    {
      kind: "violating",
      says: "a value that nobody read",
      expect: "fail",
      resources: [release({ values: { global: { hub: "a", privileged: true } } })],
      path: "values.global.privileged",
    },
    {
      kind: "violating",
      says: "images of somebody else",
      expect: "fail",
      resources: [release({ values: { global: { hub: "images.example/istio" } } })],
      path: "values.global.hub",
    },
    {
      kind: "violating",
      says: "a gateway with the node's processes",
      expect: "fail",
      resources: [
        release({
          chart: "gateway",
          values: { securityContext: { windowsOptions: { hostProcess: true } } },
        }),
      ],
      path: "values.securityContext.windowsOptions",
    },
    {
      kind: "violating",
      says: "every system call",
      expect: "fail",
      resources: [release({ values: { seccompProfile: { type: "Unconfined" } } })],
      path: "values.seccompProfile.type",
    },
    {
      kind: "violating",
      says: "values of the last release",
      expect: "fail",
      resources: [release({ reuseValues: true })],
      path: "reuseValues",
    },
    { kind: "clean", says: "as reviewed", expect: "pass", resources: [release({})] },
    {
      kind: "clean",
      says: "from a registry",
      expect: "pass",
      resources: [
        release({ chart: "oci://gcr.io/istio-release/charts/istiod", repositoryOpts: null }),
      ],
    },
    {
      kind: "unknown",
      says: "the values are not known",
      expect: "unknown",
      resources: [release({ values: { global: unknownHere } })],
      path: "values.global",
    },
    { kind: "absent", says: "no values", expect: "pass", resources: [release({ values: null })] },
  ],
};

function release(more: { readonly [key: string]: Json }): ExampleResource {
  const repositoryOpts = { repo: "https://istio-release.storage.googleapis.com/charts" };
  const values = { global: { hub: "registry.istio.io/release" } };
  const props = { chart: "istiod", version: "1.31.4", repositoryOpts, values, ...more };
  return { type: kubernetesTypes.release, name: "istiod", props };
}
