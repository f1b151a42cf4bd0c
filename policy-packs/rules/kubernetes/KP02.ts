/** Kubernetes, "Pod Security Standards", baseline: host namespaces. */
import { withContainer } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";

const namespaces = {
  hostPID: "a process of the pod reads the memory and environment of every process of the node",
  hostIPC: "a process of the pod reads the shared memory of the node's processes",
  hostNetwork: "a process of the pod listens to the node's traffic and passes every NetworkPolicy",
};

export const KP02 = podRule({
  id: "KP02",
  sentence: "No pod shares the host's processes, memory or network.",
  why: "The wall between the pod and the node is gone: other pods' secrets, traffic and the node's own identity are in reach.",
  severity: "high",
  tenets: ["T5"],
  controls: ["CM-7", "AC-6", "SC-39"],
  fix: "Take hostPID, hostIPC and hostNetwork out of the pod's spec.",
  eachPod: ({ spec }, report) => {
    for (const [key, witness] of Object.entries(namespaces)) {
      const flag = spec.at(key);
      if (flag.view.flag() === true) report(flag, witness, { spot: flag, value: false });
    }
  },
  // What watches the node stops working, and pods and jobs are replaced.
  remedy: "opt-in",
  examples: {
    violating: [
      {
        says: "the node's network",
        spec: withContainer({}, { hostNetwork: true }),
        path: "hostNetwork",
      },
      { says: "its processes", spec: withContainer({}, { hostPID: true }), path: "hostPID" },
      { says: "its memory", spec: withContainer({}, { hostIPC: true }), path: "hostIPC" },
    ],
    clean: [{ says: "none of them", spec: withContainer({}, { hostNetwork: false }) }],
    bare: "pass",
  },
});
