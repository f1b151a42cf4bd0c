/** Kubernetes, "Pod Security Standards", baseline: hostPath volumes. */
import { withContainer } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";

export const KP06 = podRule({
  id: "KP06",
  sentence: "No pod mounts the host's paths.",
  why: "Through the runtime's socket, the kubelet's credentials or other pods' volumes a mounted path leads to the whole node.",
  severity: "high",
  tenets: ["T5"],
  controls: ["CM-7", "AC-6", "SC-39"],
  fix: "Use an emptyDir, a projected volume or a PersistentVolumeClaim in place of hostPath.",
  eachPod: ({ spec }, report) => {
    for (const volume of spec.at("volumes").items()) {
      const path = volume.at("hostPath");
      if (path.isThere()) report(path, "a process of the pod reads files of the node");
    }
  },
  examples: {
    violating: [
      {
        says: "the runtime's socket",
        spec: withContainer(
          {},
          {
            volumes: [{ name: "run", hostPath: { path: "/run/containerd/containerd.sock" } }],
          },
        ),
        path: "volumes[0].hostPath",
      },
    ],
    clean: [
      {
        says: "a volume of its own",
        spec: withContainer({}, { volumes: [{ name: "a", emptyDir: {} }] }),
      },
    ],
    bare: "pass",
  },
});
