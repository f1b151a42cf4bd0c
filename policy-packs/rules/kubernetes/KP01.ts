/** Kubernetes, "Pod Security Standards", baseline: privileged containers. */
import { withContext } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";

export const KP01 = podRule({
  id: "KP01",
  sentence: "No container is privileged.",
  why: "A privileged container has the node's devices and all of root's rights: whoever breaks into it owns the node and every pod on it.",
  severity: "critical",
  tenets: ["T5"],
  controls: ["CM-7", "AC-6"],
  fix: "Set securityContext.privileged to false; name the one capability or device that is needed.",
  eachContainer: ({ spot }, _pod, report) => {
    const flag = spot.at("securityContext", "privileged");
    if (flag.view.flag() !== true) return;
    report(flag, "a process of the container mounts the node's disk", { spot: flag, value: false });
  },
  // What uses the devices stops working, and pods and jobs are replaced.
  remedy: "opt-in",
  examples: {
    violating: [
      {
        says: "privileged",
        spec: withContext({ privileged: true }),
        path: "containers[0].securityContext.privileged",
      },
      {
        says: "an init container",
        spec: { initContainers: [{ name: "init", securityContext: { privileged: true } }] },
        path: "initContainers[0].securityContext.privileged",
      },
      {
        says: "a container added for debugging",
        spec: { ephemeralContainers: [{ name: "debug", securityContext: { privileged: true } }] },
      },
    ],
    clean: [{ says: "not privileged", spec: withContext({ privileged: false }) }],
    bare: "pass",
  },
});
