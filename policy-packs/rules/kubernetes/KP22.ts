/** Kubernetes, "Configure a Security Context for a Pod or Container": group 0 is root's. */
import { withContext } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";

const witness = "a file that root's group may read or write";

export const KP22 = podRule({
  id: "KP22",
  sentence: "No pod asks for root's group.",
  why: "What root's group may read and write, on mounted volumes too, is open to a process that is no longer root.",
  severity: "low",
  tenets: ["T5"],
  controls: ["AC-6", "CM-7"],
  fix: "Set runAsGroup, fsGroup and supplementalGroups to groups of the application's own.",
  eachPod: ({ spec }, report) => {
    const context = spec.at("securityContext");
    const groups = context.at("supplementalGroups").items();
    for (const group of [context.at("runAsGroup"), context.at("fsGroup"), ...groups]) {
      if (group.view.number() === 0) report(group, witness);
    }
  },
  eachContainer: ({ spot }, _pod, report) => {
    const group = spot.at("securityContext", "runAsGroup");
    if (group.view.number() === 0) report(group, witness);
  },
  examples: {
    violating: [
      {
        says: "one container",
        spec: withContext({ runAsGroup: 0 }),
        path: "containers[0].securityContext.runAsGroup",
      },
      {
        says: "of the volumes",
        spec: withContext({}, { securityContext: { fsGroup: 0 } }),
        path: "securityContext.fsGroup",
      },
      {
        says: "besides others",
        spec: withContext({}, { securityContext: { supplementalGroups: [2000, 0] } }),
        path: "securityContext.supplementalGroups[1]",
      },
    ],
    clean: [{ says: "its own", spec: withContext({ runAsGroup: 1000 }) }],
    bare: "pass",
  },
});
