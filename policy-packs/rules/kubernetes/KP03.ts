/** Kubernetes, "Pod Security Standards", restricted: privilege escalation; Windows has no such thing. */
import { withContext } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";
import { isWindows } from "../shared/pod-spec.ts";

export const KP03 = podRule({
  id: "KP03",
  sentence: "No container can gain privileges.",
  why: "A file with the setuid bit makes a process root that was started as nobody, and with root the kernel's flaws are in reach.",
  severity: "high",
  tenets: ["T5"],
  controls: ["CM-7", "AC-6"],
  fix: "Set securityContext.allowPrivilegeEscalation to false on every container.",
  eachContainer: ({ spot }, pod, report) => {
    const flag = spot.at("securityContext", "allowPrivilegeEscalation");
    if (flag.view.flag() === false || isWindows(pod)) return;
    report(flag, "a setuid program starts as root", { spot: flag, value: false });
  },
  // Programs that rest on setuid, such as sudo, stop working.
  remedy: "opt-in",
  examples: {
    violating: [
      {
        says: "allowed",
        spec: withContext({ allowPrivilegeEscalation: true }),
        path: "containers[0].securityContext.allowPrivilegeEscalation",
      },
    ],
    clean: [
      { says: "not allowed", spec: withContext({ allowPrivilegeEscalation: false }) },
      { says: "on Windows", spec: withContext({}, { os: { name: "windows" } }) },
    ],
    bare: "fail",
  },
});
