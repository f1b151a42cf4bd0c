/** Kubernetes, "Pod Security Standards", restricted: seccomp; Windows has none. */
import { withContext } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";
import { inherited, isWindows } from "../shared/pod-spec.ts";

export const KP09 = podRule({
  id: "KP09",
  sentence: "Pods have a seccomp profile.",
  why: "Without one every system call of the kernel is open, those too that broke out of containers before.",
  severity: "medium",
  tenets: ["T5"],
  controls: ["CM-7", "SC-39"],
  fix: "Set securityContext.seccompProfile.type of the pod to RuntimeDefault.",
  eachContainer: (container, pod, report) => {
    const type = inherited(container, pod, "seccompProfile", "type");
    if (["RuntimeDefault", "Localhost"].includes(type.view.text() ?? "") || isWindows(pod)) return;
    const profile = container.spot.at("securityContext", "seccompProfile");
    const witness = "a system call such as keyctl or userfaultfd";
    report(type, witness, { spot: profile, value: { type: "RuntimeDefault" } });
  },
  // The default keeps ordinary programs working, but pods and jobs are replaced.
  remedy: "opt-in",
  examples: {
    violating: [
      {
        says: "unconfined",
        spec: withContext({ seccompProfile: { type: "Unconfined" } }),
        path: "containers[0].securityContext.seccompProfile.type",
      },
      {
        says: "of the whole pod",
        spec: withContext({}, { securityContext: { seccompProfile: { type: "Unconfined" } } }),
        path: "securityContext.seccompProfile.type",
      },
    ],
    clean: [
      {
        says: "the runtime's",
        spec: withContext({}, { securityContext: { seccompProfile: { type: "RuntimeDefault" } } }),
      },
      { says: "on Windows", spec: withContext({}, { os: { name: "windows" } }) },
    ],
    bare: "fail",
  },
});
