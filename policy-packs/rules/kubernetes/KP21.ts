/** Kubernetes, "Pod Security Standards", restricted: volume types; KP06 is about hostPath. */
import { withContainer } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";

const kinds = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

export const KP21 = podRule({
  id: "KP21",
  sentence: "Pods mount storage of other machines by claims only.",
  why: "Who writes a pod with an nfs or iscsi volume mounts any export that the node reaches, with the node's address and without asking.",
  severity: "medium",
  tenets: ["T1", "T5"],
  controls: ["AC-3", "CM-7"],
  fix: "Use a persistentVolumeClaim, or a csi or ephemeral volume.",
  eachPod: ({ spec }, report) => {
    for (const volume of spec.at("volumes").items()) {
      for (const key of volume.view.keys()) {
        if (["name", "hostPath", ...kinds].includes(key)) continue;
        const source = volume.at(key);
        if (source.isThere()) report(source, `a volume of kind ${key} that nobody granted`);
      }
    }
  },
  examples: {
    violating: [
      {
        says: "an export of another machine",
        spec: withContainer(
          {},
          {
            volumes: [{ name: "data", nfs: { server: "10.0.0.9", path: "/" } }],
          },
        ),
        path: "volumes[0].nfs",
      },
    ],
    clean: [
      {
        says: "a claim",
        spec: withContainer(
          {},
          {
            volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }],
          },
        ),
      },
    ],
    bare: "pass",
  },
});
