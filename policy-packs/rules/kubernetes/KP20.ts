/**
 * Kubernetes, "Pod Security Standards", baseline: sysctls, as in kubernetes/pod-security-admission,
 * `policy/check_sysctls.go`. A kubelet that does not know one as harmless yet does not start the pod.
 */
import { withContainer } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";

/** Those that change nothing outside the pod. */
const harmless = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ping_group_range",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_notsent_lowat",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_slow_start_after_idle",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.tcp_wmem",
];

export const KP20 = podRule({
  id: "KP20",
  sentence: "Pods change no setting of the kernel that others share.",
  why: "Such settings switch guards of the kernel off, or hold for every pod of the node.",
  severity: "medium",
  tenets: ["T5"],
  controls: ["CM-7", "SC-39"],
  fix: "Take the setting out of securityContext.sysctls.",
  eachPod: ({ spec }, report) => {
    for (const setting of spec.at("securityContext", "sysctls").items()) {
      const name = setting.at("name");
      // The kernel takes a slash for a dot.
      const text = (name.view.text() ?? "").replaceAll("/", ".");
      if (!harmless.includes(text)) report(name, `a kernel with another ${text}`);
    }
  },
  examples: {
    violating: [
      {
        says: "a shared setting",
        spec: withContainer(
          {},
          {
            securityContext: { sysctls: [{ name: "kernel.msgmax", value: "65536" }] },
          },
        ),
        path: "securityContext.sysctls[0].name",
      },
    ],
    clean: [
      {
        says: "harmless since 1.37",
        spec: withContainer(
          {},
          {
            securityContext: {
              sysctls: [{ name: "net/ipv4/tcp_slow_start_after_idle", value: "0" }],
            },
          },
        ),
      },
      {
        says: "low ports for everybody in the pod",
        spec: withContainer(
          {},
          {
            securityContext: {
              sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
            },
          },
        ),
      },
    ],
    bare: "pass",
  },
});
