/** Kubernetes, "Pod Security Standards", baseline: host ports. */
import { withContainer } from "../shared/pod-examples.ts";
import { podRule } from "../shared/pod-rule.ts";

export const KP07 = podRule({
  id: "KP07",
  sentence: "No pod takes the host's ports.",
  why: "The port is open at the node's own address, where no Service and, with some plugins, no NetworkPolicy stands before it.",
  severity: "high",
  tenets: ["T2", "T5"],
  controls: ["CM-7", "SC-7"],
  fix: "Take hostPort out, and put a Service before the pods.",
  eachContainer: ({ spot }, _pod, report) => {
    for (const port of spot.at("ports").items()) {
      const taken = port.at("hostPort");
      const number = taken.view.number() ?? 0;
      if (number === 0) continue;
      const witness = `a connection to port ${number} of the node`;
      report(taken, witness, { spot: taken, value: undefined });
    }
  },
  // Whoever calls the node's address does not get through any more.
  remedy: "opt-in",
  examples: {
    violating: [
      {
        says: "a port of the node",
        spec: withContainer({ ports: [{ containerPort: 8080, hostPort: 80 }] }),
        path: "containers[0].ports[0].hostPort",
      },
    ],
    clean: [{ says: "its own port", spec: withContainer({ ports: [{ containerPort: 8080 }] }) }],
    bare: "pass",
  },
});
