/** Kubernetes, "Labels and Selectors": a policy whose selector matches no pod guards nothing. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource } from "../../../model/policy/view.ts";
import { readLabels, readSelector, selects } from "../../lift/kubernetes/labels.ts";
import { candidates, kubernetesTypes, namespaceOf, sameCluster } from "../../lift/kubernetes.ts";
import { podsOf, podTypes } from "../shared/pod-spec.ts";
import { someOf } from "../shared/some-of.ts";

export const KN11: Rule = {
  id: "KN11",
  sentence: "Every NetworkPolicy selects something.",
  why: "One letter wrong, and the pods that the policy was written for are as open as before while everybody thinks them shut.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4", "CM-6"],
  fix: "Write the labels of the pods' template into spec.podSelector.",
  subjects: [kubernetesTypes.networkPolicy],
  needs: "plan",
  check: (subject, judge, plan) => {
    const at = subject.inputs.at("spec", "podSelector");
    const selector = readSelector(placeOf(subject), at.plain());
    if (selector === undefined || selector.requirements.length === 0) return;
    const namespace = namespaceOf(subject);
    // A chart's pods are nobody's to see, and an operator's come later.
    const charts = sameCluster(plan, subject, kubernetesTypes.release);
    const hidden = someOf(judge, charts, (one) => one.inputs.at("namespace").text() === namespace);
    if (hidden !== "no") return judge.notApplicable("a chart brings pods of its own");
    const workloads = candidates(plan, subject, podTypes, "namespace", namespace).filter(
      (one) => !one.type.endsWith("Patch"),
    );
    const here = (one: PlannedResource) =>
      podsOf(one).filter(
        ({ owner }) => (owner.at("namespace").view.text() ?? "default") === namespace,
      );
    const any = someOf(judge, workloads, (one) => here(one).length > 0);
    if (any === "no") return judge.notApplicable("no pods of the namespace are planned here");
    const selected = someOf(judge, workloads, (one) =>
      here(one).some(({ metadata }) =>
        selects(selector, readLabels(placeOf(one), metadata.at("labels").view.plain())),
      ),
    );
    if (selected === "no") judge.fail(at, "every connection that the policy was meant to refuse");
  },
  examples: [
    {
      kind: "violating",
      says: "a label that no pod has",
      expect: "fail",
      resources: [policy({ app: "wbe" }), deployment("web")],
      path: "spec.podSelector",
    },
    {
      kind: "clean",
      says: "the pods' label",
      expect: "pass",
      resources: [policy({ app: "web" }), deployment("web")],
    },
    {
      kind: "unknown",
      says: "the pods' labels are not known",
      expect: "unknown",
      resources: [policy({ app: "web" }), deployment(unknownHere)],
    },
    { kind: "absent", says: "every pod", expect: "pass", resources: [policy({})] },
    {
      kind: "clean",
      says: "pods of another stack",
      expect: "not-applicable",
      resources: [policy({ app: "web" })],
    },
  ],
};

function placeOf({ urn }: PlannedResource) {
  return { urn, path: "", problems: [] };
}

function policy(matchLabels: Json): ExampleResource {
  const props = {
    metadata: { name: "web", namespace: "shop" },
    spec: { podSelector: { matchLabels } },
  };
  return { type: kubernetesTypes.networkPolicy, name: "policy", props };
}

function deployment(app: string): ExampleResource {
  const template = { metadata: { labels: { app } }, spec: {} };
  const props = { metadata: { name: "web", namespace: "shop" }, spec: { template } };
  return { type: "kubernetes:apps/v1:Deployment", name: "web", props };
}
