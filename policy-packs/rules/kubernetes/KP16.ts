/**
 * Kubernetes, "User Namespaces": `hostUsers: false` gives the pod one, so that its root and its
 * capabilities hold inside only; Windows has none. A pod that asks for neither has little to map.
 */
import { withContext } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";
import type { Container, Pod } from "../shared/pod-spec.ts";
import { inherited, isWindows } from "../shared/pod-spec.ts";

/** The one capability that the restricted standard lets containers add. */
const harmless = "NET_BIND_SERVICE";

export const KP16 = podRule({
  id: "KP16",
  sentence: "Pods that ask for root or for capabilities have a user namespace of their own.",
  why: "A process that breaks out of its container is then nobody on the node; without one it is root there too.",
  severity: "medium",
  tenets: ["T5"],
  controls: ["SC-39", "AC-6"],
  fix: "Set hostUsers of the pod to false, where the cluster's nodes and volumes map users.",
  eachContainer: (container, pod, report) => {
    const flag = pod.spec.at("hostUsers");
    if (flag.view.flag() === false || isWindows(pod)) return;
    const asked = asksFor(container, pod);
    if (asked === undefined) return;
    report(flag, `${asked} in the pod is ${asked} on the node`, { spot: flag, value: false });
  },
  // Nodes or volumes that cannot map users keep the pod from starting.
  remedy: "opt-in",
  examples: {
    violating: [
      {
        says: "root, with the host's users",
        spec: withContext({ runAsUser: 0 }, { hostUsers: true }),
        path: "hostUsers",
      },
      { says: "root by the pod", spec: withContext({}, { securityContext: { runAsUser: 0 } }) },
      { says: "a capability", spec: withContext({ capabilities: { add: ["SYS_PTRACE"] } }) },
    ],
    clean: [
      { says: "root of its own", spec: withContext({ runAsUser: 0 }, { hostUsers: false }) },
      { says: "a user", spec: withContext({ runAsUser: 1000 }, { hostUsers: true }) },
      {
        says: "a low port",
        spec: withContext({ runAsUser: 1000, capabilities: { add: [harmless] } }),
      },
      { says: "on Windows", spec: withContext({ runAsUser: 0 }, { os: { name: "windows" } }) },
    ],
    bare: "pass",
  },
});

/** What of the node the container asks for in words; what the image does is KP04's. */
function asksFor(container: Container, pod: Pod): string | undefined {
  if (inherited(container, pod, "runAsUser").view.number() === 0) return "root";
  const added = container.spot.at("securityContext", "capabilities", "add").items();
  return added
    .map(({ view }) => view.text() ?? "")
    .find((name) => name.replace(/^CAP_/, "") !== harmless);
}
