/**
 * Kubernetes, "Pod Security Standards", baseline: AppArmor. Nodes with AppArmor apply the runtime's
 * profile where none is named, so only taking it away is a fault.
 */
import { withContext } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";
import { inherited } from "../shared/pod-spec.ts";

/** The older form, one for each container. */
const annotation = /^container\.apparmor\.security\.beta\.kubernetes\.io\//;
const witness = "a write to /proc/sys, or a mount, that the runtime's profile refuses";

export const KP10 = podRule({
  id: "KP10",
  sentence: "Pods keep an AppArmor profile.",
  why: "Without it files and mounts of the kernel are guarded by user ids alone.",
  severity: "low",
  tenets: ["T5"],
  controls: ["CM-7", "SC-39"],
  fix: "Set appArmorProfile.type to RuntimeDefault or Localhost, or take it out.",
  eachPod: ({ metadata }, report) => {
    const annotations = metadata.at("annotations");
    for (const key of annotations.view.keys().filter((one) => annotation.test(one))) {
      const value = annotations.at(key);
      if (value.view.text() === "unconfined") report(value, witness);
    }
  },
  eachContainer: (container, pod, report) => {
    const type = inherited(container, pod, "appArmorProfile", "type");
    if (type.view.text() === "Unconfined") report(type, witness);
  },
  examples: {
    violating: [
      {
        says: "unconfined",
        spec: withContext({ appArmorProfile: { type: "Unconfined" } }),
        path: "containers[0].securityContext.appArmorProfile.type",
      },
      {
        says: "by annotation",
        spec: withContext({}),
        annotations: { "container.apparmor.security.beta.kubernetes.io/app": "unconfined" },
      },
    ],
    clean: [
      { says: "the runtime's", spec: withContext({ appArmorProfile: { type: "RuntimeDefault" } }) },
    ],
    bare: "pass",
  },
});
