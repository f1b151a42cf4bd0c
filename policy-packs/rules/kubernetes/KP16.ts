/** Kubernetes, "User Namespaces": `hostUsers: false` gives the pod one; Windows has none. */
import { withContainer } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";
import { isWindows } from "../shared/pod-spec.ts";

export const KP16 = podRule({
  id: "KP16",
  sentence: "Pods have a user namespace of their own.",
  why: "A process that breaks out of its container is then nobody on the node; without one it has the same user there.",
  severity: "medium",
  tenets: ["T5"],
  controls: ["SC-39", "AC-6"],
  fix: "Set hostUsers of the pod to false, where the cluster's nodes and volumes map users.",
  eachPod: (pod, report) => {
    const flag = pod.spec.at("hostUsers");
    if (flag.view.flag() === false || isWindows(pod)) return;
    report(flag, "a user id of the pod is the same one on the node", { spot: flag, value: false });
  },
  // Nodes or volumes that cannot map users keep the pod from starting.
  remedy: "opt-in",
  examples: {
    violating: [
      { says: "the host's users", spec: withContainer({}, { hostUsers: true }), path: "hostUsers" },
    ],
    clean: [
      { says: "its own", spec: withContainer({}, { hostUsers: false }) },
      { says: "on Windows", spec: withContainer({}, { os: { name: "windows" } }) },
    ],
    bare: "fail",
  },
});
