/**
 * Kubernetes, "Pod Security Standards", restricted: running as non-root. Where `runAsNonRoot` is
 * set the kubelet refuses root, whatever image or user says; a user other than 0 is none either.
 * Since 1.35 the standard lets pods with a user namespace of their own be root in it
 * (kubernetes/pod-security-admission, `policy/check_runAsNonRoot.go`).
 */
import { withContext } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";
import { inherited } from "../shared/pod-spec.ts";

export const KP04 = podRule({
  id: "KP04",
  sentence: "Containers do not run as root.",
  why: "Root in the container is root for the kernel: one flaw of the runtime, or one mounted path, and it is root of the node.",
  severity: "high",
  tenets: ["T5"],
  controls: ["CM-7", "AC-6"],
  fix: "Set securityContext.runAsNonRoot to true on the pod, and runAsUser to a user other than 0 where the image says none.",
  eachContainer: (container, pod, report) => {
    const nonRoot = inherited(container, pod, "runAsNonRoot");
    if (nonRoot.view.flag() === true) return;
    const user = inherited(container, pod, "runAsUser");
    const id = user.view.number();
    if (id !== undefined && id !== 0) return;
    if (pod.spec.at("hostUsers").view.flag() === false) return;
    const demand = { spot: container.spot.at("securityContext", "runAsNonRoot"), value: true };
    if (id === 0) report(user, "the process has user id 0", demand);
    else report(nonRoot, "the image decides, and most say root", demand);
  },
  // An image that starts as root does not start any more.
  remedy: "opt-in",
  examples: {
    violating: [
      {
        says: "user 0",
        spec: withContext({ runAsUser: 0 }),
        path: "containers[0].securityContext.runAsUser",
      },
      {
        says: "the container takes back what the pod demands",
        spec: withContext({ runAsNonRoot: false }, { securityContext: { runAsNonRoot: true } }),
        path: "containers[0].securityContext.runAsNonRoot",
      },
    ],
    clean: [
      {
        says: "demanded of the pod",
        spec: withContext({}, { securityContext: { runAsNonRoot: true } }),
      },
      { says: "a user of its own", spec: withContext({ runAsUser: 999 }) },
      { says: "root of its own users", spec: withContext({ runAsUser: 0 }, { hostUsers: false }) },
    ],
    bare: "fail",
  },
});
