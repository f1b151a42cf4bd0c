/** Kubernetes, "Ports and Protocols": a cluster's own ports open to every address in AWS. */
import { openPortRule } from "../shared/open-port-rule.ts";
import { controlPlanePorts } from "../shared/service-ports.ts";

export const AN05 = openPortRule({
  id: "AN05",
  sentence: "No port of a cluster's control plane or kubelet is open to everybody.",
  why: "Who is let in by the kubelet or etcd runs what he likes on every node and reads every secret.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Let in the nodes' group and the administrators' segment only.",
  cloud: "aws",
  ports: controlPlanePorts,
  example: 10250,
});
