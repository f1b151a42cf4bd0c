/** Kubernetes, "Network Policies": an empty rule, or one for 0.0.0.0/0, lets everything through. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { kubernetesTypes } from "../../lift/kubernetes.ts";
import { eachPolicyRule, isEverybody, opensEveryPort } from "../shared/network-policy-rules.ts";

export const KN03: Rule = {
  id: "KN03",
  sentence: "No NetworkPolicy lets everybody through on every port.",
  why: "Policies only add up: one such rule takes away what all the others shut.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Name the peers under from or to, or at least the ports.",
  subjects: [kubernetesTypes.networkPolicy],
  needs: "resource",
  check: (subject, judge) =>
    eachPolicyRule(subject, judge, ["ingress", "egress"], (rule, at) => {
      if (!isEverybody(rule) || !opensEveryPort(rule)) return;
      judge.fail(at, "a connection with anybody on any port");
    }),
  examples: [
    {
      kind: "violating",
      says: "an empty rule",
      expect: "fail",
      resources: [policy({ ingress: [{}] })],
      path: "spec.ingress[0]",
    },
    {
      kind: "violating",
      says: "all addresses in two halves",
      expect: "fail",
      resources: [policy({ egress: [{ to: blocks("0.0.0.0/1", "128.0.0.0/1") }] })],
      path: "spec.egress[0]",
    },
    {
      kind: "violating",
      says: "every pod of every namespace",
      expect: "fail",
      resources: [policy({ ingress: [{ from: [{ namespaceSelector: {} }] }] })],
      path: "spec.ingress[0]",
    },
    {
      kind: "violating",
      says: "everybody but one address",
      expect: "fail",
      resources: [
        policy({
          egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.169.254/32"] } }] }],
        }),
      ],
      path: "spec.egress[0]",
    },
    {
      kind: "clean",
      says: "everybody, on one port",
      expect: "pass",
      resources: [policy({ ingress: [{ ports: [{ port: 443 }] }] })],
    },
    {
      kind: "clean",
      says: "the pods of the same namespace",
      expect: "pass",
      resources: [policy({ ingress: [{ from: [{ podSelector: {} }] }] })],
    },
    {
      kind: "unknown",
      says: "the peers are not known",
      expect: "unknown",
      resources: [policy({ ingress: [{ from: unknownHere }] })],
    },
    { kind: "absent", says: "no rules", expect: "pass", resources: [policy({})] },
  ],
};

function policy(rules: { readonly [key: string]: Json }): ExampleResource {
  const props = {
    metadata: { name: "web", namespace: "shop" },
    spec: { podSelector: {}, ...rules },
  };
  return { type: kubernetesTypes.networkPolicy, name: "web", props };
}

function blocks(...cidrs: string[]) {
  return cidrs.map((cidr) => ({ ipBlock: { cidr } }));
}
