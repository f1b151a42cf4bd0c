/** Kubernetes, "Labels and Selectors": a policy whose selector matches no pod guards nothing. */
import type { Problem } from "../../../model/base/problem.ts";
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { readLabels, readSelector, selects } from "../../lift/kubernetes/labels.ts";
import { candidates, kubernetesTypes, namespaceOf, sameCluster } from "../../lift/kubernetes.ts";
import { settle } from "../../lift/uncertain.ts";
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
    const place = placeOf(subject);
    const selector = readSelector(place, at.plain());
    if (place.problems.length > 0) throw new Undecided(at.urn, at.path, "unreadable");
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
      plannedPods(one).filter((pod) => pod.namespace() === namespace);
    const any = someOf(judge, workloads, (one) => here(one).length > 0);
    if (any === "no") return judge.notApplicable("no pods of the namespace are planned here");
    const selected = someOf(judge, workloads, (one) =>
      here(one).some(({ labels }) => selects(selector, labels())),
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

/** What policies ask of pods; reading throws `Undecided` while it is not known. */
interface PlannedPod {
  readonly namespace: () => string;
  readonly labels: () => ReturnType<typeof readLabels>;
}

const pods = new WeakMap<PlannedResource, readonly PlannedPod[]>();

/** The pods of a workload, read once: every policy of the namespace asks about all of them. */
function plannedPods(workload: PlannedResource): readonly PlannedPod[] {
  const known = pods.get(workload);
  if (known !== undefined) return known;
  const read = podsOf(workload).map(
    ({ owner, metadata }): PlannedPod => ({
      namespace: once(() => owner.at("namespace").view.text() ?? "default"),
      labels: once(() => readLabels(placeOf(workload), metadata.at("labels").view.plain())),
    }),
  );
  pods.set(workload, read);
  return read;
}

/** The value, or why it cannot be read, found out at the first call. */
function once<T>(read: () => T): () => T {
  let found: { readonly value: T } | Undecided | undefined;
  return () => {
    if (found === undefined) {
      const value = settle(read);
      found = value instanceof Undecided ? value : { value };
    }
    if (found instanceof Undecided) throw found;
    return found.value;
  };
}

function placeOf({ urn }: PlannedResource) {
  return { urn, path: "", problems: [] as Problem[] };
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
