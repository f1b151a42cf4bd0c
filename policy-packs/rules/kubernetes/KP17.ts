/** Kubernetes, "Pod Security Standards", baseline: HostProcess containers of Windows. */
import { withContext } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";
import { inherited } from "../shared/pod-spec.ts";

export const KP17 = podRule({
  id: "KP17",
  sentence: "No container of Windows is a process of the host.",
  why: "It runs on the node itself with the node's accounts and disks, as a privileged container does on Linux.",
  severity: "critical",
  tenets: ["T5"],
  controls: ["CM-7", "AC-6"],
  fix: "Take securityContext.windowsOptions.hostProcess out.",
  eachContainer: (container, pod, report) => {
    const flag = inherited(container, pod, "windowsOptions", "hostProcess");
    if (flag.view.flag() !== true) return;
    report(flag, "a program on the node", { spot: flag, value: false });
  },
  // What administers the node stops working, and pods and jobs are replaced.
  remedy: "opt-in",
  examples: {
    violating: [
      {
        says: "one container",
        spec: withContext({ windowsOptions: { hostProcess: true } }),
        path: "containers[0].securityContext.windowsOptions.hostProcess",
      },
      {
        says: "the whole pod",
        spec: withContext({}, { securityContext: { windowsOptions: { hostProcess: true } } }),
        path: "securityContext.windowsOptions.hostProcess",
      },
    ],
    clean: [{ says: "none", spec: withContext({ windowsOptions: { hostProcess: false } }) }],
    bare: "pass",
  },
});
