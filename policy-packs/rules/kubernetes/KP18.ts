/** Kubernetes, "Pod Security Standards", baseline: SELinux. */
import { withContext } from "../shared/pod-examples.ts";
import type { Report } from "../shared/pod-rule.ts";
import { podRule } from "../shared/pod-rule.ts";
import type { Spot } from "../shared/spot.ts";

const types = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

export const KP18 = podRule({
  id: "KP18",
  sentence: "Pods keep SELinux's labels for containers.",
  why: "With a type such as spc_t nothing holds the process back from the node's files but user ids.",
  severity: "medium",
  tenets: ["T5"],
  controls: ["AC-3", "CM-7", "SC-39"],
  fix: "Take user and role out of seLinuxOptions, and type unless it is a container's.",
  eachPod: ({ spec }, report) => judgeOptions(spec, report),
  eachContainer: ({ spot }, _pod, report) => judgeOptions(spot, report),
  examples: {
    violating: [
      {
        says: "the type for what is not confined",
        spec: withContext({ seLinuxOptions: { type: "spc_t" } }),
        path: "containers[0].securityContext.seLinuxOptions.type",
      },
      {
        says: "a user, of the whole pod",
        spec: withContext({}, { securityContext: { seLinuxOptions: { user: "system_u" } } }),
        path: "securityContext.seLinuxOptions.user",
      },
    ],
    clean: [
      {
        says: "a level, and a container's type",
        spec: withContext({ seLinuxOptions: { level: "s0:c1,c2", type: "container_t" } }),
      },
    ],
    bare: "pass",
  },
});

function judgeOptions(owner: Spot, report: Report): void {
  const options = owner.at("securityContext", "seLinuxOptions");
  const type = options.at("type");
  if (!types.includes(type.view.text() ?? "")) report(type, "a process with another label");
  for (const key of ["user", "role"]) {
    const part = options.at(key);
    if ((part.view.text() ?? "") !== "") report(part, `a process with another ${key}`);
  }
}
