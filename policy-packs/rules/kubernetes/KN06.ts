/** Kubernetes, "Service": node ports and external addresses, and CVE-2020-8554. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";

const type = "kubernetes:core/v1:Service";

export const KN06: Rule = {
  id: "KN06",
  sentence: "No Service has node ports of its own or external addresses.",
  why: "A node port is open at every node's address; with an external address a Service takes traffic that was meant for somebody else.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Use ClusterIP behind a gateway or an internal load balancer, and take externalIPs out.",
  subjects: [type],
  needs: "resource",
  check: (subject, judge) => {
    const spec = subject.inputs.at("spec");
    judge.part(() => {
      const kind = spec.at("type");
      if (kind.text() === "NodePort") judge.fail(kind, "a connection to a high port of any node");
    });
    for (const address of entriesOf(spec.at("externalIPs"))) {
      judge.part(() =>
        judge.fail(address, `a connection to ${address.text() ?? ""}, whosever it is`),
      );
    }
  },
  examples: [
    {
      kind: "violating",
      says: "a port of every node",
      expect: "fail",
      resources: [service({ type: "NodePort" })],
      path: "spec.type",
    },
    {
      kind: "violating",
      says: "an address from outside",
      expect: "fail",
      resources: [service({ externalIPs: ["192.0.2.7"] })],
      path: "spec.externalIPs[0]",
    },
    { kind: "clean", says: "inside", expect: "pass", resources: [service({ type: "ClusterIP" })] },
    {
      kind: "unknown",
      says: "the type is not known",
      expect: "unknown",
      resources: [service({ type: unknownHere })],
      path: "spec.type",
    },
    { kind: "absent", says: "no type", expect: "pass", resources: [service({})] },
  ],
};

function service(spec: Json): ExampleResource {
  return { type, name: "web", props: { metadata: { name: "web" }, spec } };
}
