/**
 * Kubernetes, "Pod Security Standards", restricted: the mask of /proc. Since 1.35 the baseline lets
 * pods with user namespaces of their own do without.
 */
import { withContext } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";

export const KP19 = podRule({
  id: "KP19",
  sentence: "Containers see /proc behind the runtime's mask.",
  why: "Unmasked, /proc shows and changes settings of the node's kernel.",
  severity: "medium",
  tenets: ["T5"],
  controls: ["CM-7", "SC-39"],
  fix: "Take securityContext.procMount out, or set it to Default.",
  eachContainer: ({ spot }, _pod, report) => {
    const mount = spot.at("securityContext", "procMount");
    if ((mount.view.text() ?? "Default") === "Default") return;
    report(mount, "a write to /proc/sysrq-trigger", { spot: mount, value: "Default" });
  },
  // Containers that start containers of their own stop working.
  remedy: "opt-in",
  examples: {
    violating: [
      {
        says: "unmasked",
        spec: withContext({ procMount: "Unmasked" }),
        path: "containers[0].securityContext.procMount",
      },
    ],
    clean: [{ says: "masked", spec: withContext({ procMount: "Default" }) }],
    bare: "pass",
  },
});
