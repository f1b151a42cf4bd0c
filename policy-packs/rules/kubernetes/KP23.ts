/** Kubernetes, "Pod Security Standards", baseline, since 1.34: hosts of probes and lifecycle hooks. */
import { withContainer } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";

const actions = [
  "livenessProbe",
  "readinessProbe",
  "startupProbe",
  "lifecycle.postStart",
  "lifecycle.preStop",
];

export const KP23 = podRule({
  id: "KP23",
  sentence: "Probes and hooks call their own pod only.",
  why: "The kubelet makes the call from the node's network: whoever writes the pod sends requests with it where pods may not.",
  severity: "medium",
  tenets: ["T2", "T5"],
  controls: ["SC-7", "CM-7"],
  fix: "Take host out of httpGet and tcpSocket.",
  eachContainer: ({ spot }, _pod, report) => {
    for (const action of actions) {
      for (const kind of ["httpGet", "tcpSocket"]) {
        const host = spot.at(...action.split("."), kind, "host");
        if ((host.view.text() ?? "") === "") continue;
        report(host, "a request of the node to an address of the author's choice", {
          spot: host,
          value: undefined,
        });
      }
    }
  },
  // A probe of something else reports another health.
  remedy: "opt-in",
  examples: {
    violating: [
      {
        says: "the metadata service",
        spec: withContainer({
          livenessProbe: { httpGet: { host: "169.254.169.254", path: "/", port: 80 } },
        }),
        path: "containers[0].livenessProbe.httpGet.host",
      },
      {
        says: "before it stops",
        spec: withContainer({
          lifecycle: { preStop: { tcpSocket: { host: "10.0.0.9", port: 22 } } },
        }),
        path: "containers[0].lifecycle.preStop.tcpSocket.host",
      },
    ],
    clean: [
      {
        says: "itself",
        spec: withContainer({ livenessProbe: { httpGet: { path: "/healthz", port: 8080 } } }),
      },
    ],
    bare: "pass",
  },
});
