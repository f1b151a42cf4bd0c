/**
 * Kubernetes, "Resource Management for Pods and Containers" and "Limit Ranges": limits of the
 * container, of the whole pod, or a LimitRange's default for the namespace. Memory that is taken is
 * gone for the others; processor time is shared by weight again in the next moment, so that a limit of
 * it is asked for only by those who want one.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, Plan, PlannedResource } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { sameCluster } from "../../lift/kubernetes.ts";
import { targetNamespace } from "../shared/object-namespace.ts";
import { deployment, inDeployment, podExamples, withContainer } from "../shared/pod-examples.ts";
import type { Pod } from "../shared/pod-spec.ts";
import { eachContainerOf, podsOf, podTypes } from "../shared/pod-spec.ts";
import { someOf } from "../shared/some-of.ts";
import { Spot } from "../shared/spot.ts";

const rangeType = "kubernetes:core/v1:LimitRange";
type Kind = "cpu" | "memory";
const processor = "processor";

export const KP14: Rule = {
  id: "KP14",
  sentence:
    "Containers have a limit of memory, and of the processor where the organisation wants one.",
  why: "One container that was taken over, or fed the right request, starves every other on the node, what watches it too.",
  severity: "medium",
  tenets: ["T5"],
  controls: ["SC-5", "SC-6"],
  fix: "Set resources.limits.memory (resources.limits.cpu too where that is asked for), or plan a LimitRange with defaults in the namespace.",
  parameters: {
    [processor]: {
      says: "Whether containers must have a limit of the processor too.",
      otherwise: false,
      allowed: "true or false",
      accepts: (value) => typeof value === "boolean",
    },
  },
  subjects: podTypes,
  needs: "plan",
  check: (subject, judge, plan) => {
    const kinds: readonly Kind[] =
      judge.parameter(processor) === true ? ["cpu", "memory"] : ["memory"];
    for (const pod of podsOf(subject)) {
      const ranges = sameCluster(plan, subject, rangeType);
      const byDefault = (kind: Kind) =>
        someOf(judge, ranges, (one) => gives(one, kind, pod, subject, plan)) !== "no";
      eachContainerOf(pod, judge, ({ spot, list }) => {
        if (list === "ephemeralContainers") return;
        for (const kind of kinds) {
          const limit = spot.at("resources", "limits", kind);
          if (limit.isThere() || pod.spec.at("resources", "limits", kind).isThere()) continue;
          if (pod.patch || byDefault(kind)) continue;
          judge.fail(limit.view, `the node's whole ${kind}`);
        }
      });
    }
  },
  examples: [
    ...podExamples({
      violating: [
        {
          says: "no limit of memory",
          spec: withContainer({ resources: { limits: { cpu: "1" } } }),
          path: "containers[0].resources.limits.memory",
        },
      ],
      clean: [
        { says: "both", spec: withContainer(limits("1")) },
        {
          says: "memory, while processor time is shared by weight",
          spec: withContainer({ resources: { limits: { memory: "128Mi" } } }),
        },
        { says: "of the pod", spec: withContainer({}, limits("1")) },
      ],
      bare: "fail",
    }),
    {
      kind: "clean",
      says: "the namespace's default",
      expect: "pass",
      resources: [...deployment(withContainer({})), range("shop")],
    },
    {
      kind: "violating",
      says: "another namespace's default",
      expect: "fail",
      resources: [...deployment(withContainer({})), range("other")],
      path: `${inDeployment}.containers[0].resources.limits.memory`,
    },
    {
      kind: "violating",
      says: "no limit of the processor where one is asked for",
      expect: "fail",
      resources: deployment(withContainer({ resources: { limits: { memory: "128Mi" } } })),
      parameters: { [processor]: true },
      path: `${inDeployment}.containers[0].resources.limits.cpu`,
      witness: "cpu",
    },
    {
      kind: "unknown",
      says: "the default's namespace is not known",
      expect: "unknown",
      resources: [...deployment(withContainer({})), range(unknownHere)],
    },
  ],
};

/** Whether the range gives every container of the pod's namespace a limit. */
function gives(range: PlannedResource, kind: Kind, pod: Pod, subject: PlannedResource, plan: Plan) {
  const where = targetNamespace(new Spot(range.inputs).at("metadata"), range, plan);
  if (where !== targetNamespace(pod.owner, subject, plan)) return false;
  return entriesOf(range.inputs.at("spec", "limits")).some(
    (one) => one.at("type").text() === "Container" && one.at("default", kind).text() !== undefined,
  );
}

function limits(cpu: string) {
  return { resources: { limits: { cpu, memory: "128Mi" } } };
}

function range(namespace: Json) {
  const given = { type: "Container", default: { cpu: "1", memory: "128Mi" } };
  const props = { metadata: { name: "limits", namespace }, spec: { limits: [given] } };
  return { type: rangeType, name: "limits", props };
}
