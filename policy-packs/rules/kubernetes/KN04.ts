/**
 * All three clouds answer for a machine's identity at 169.254.169.254, port 80. Google, "Network
 * policies and Workload Identity Federation for GKE": there pods need that one address by name.
 */
import { cidrSet, tryParseCidr } from "../../../model/base/address.ts";
import { covers } from "../../../model/base/interval-set.ts";
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { kubernetesTypes } from "../../lift/kubernetes.ts";
import { addressesOf, eachPolicyRule, opensTcp } from "../shared/network-policy-rules.ts";

const port = 80;
const service = cidrSet([tryParseCidr("169.254.169.254/32")].filter((one) => one !== undefined));

export const KN04: Rule = {
  id: "KN04",
  sentence: "No NetworkPolicy opens the metadata service, unless it names that one address.",
  why: "A request that a pod is tricked into sends back the node's credentials for the cloud.",
  severity: "high",
  tenets: ["T2", "T6"],
  controls: ["SC-7", "AC-4", "IA-5"],
  fix: "Write except: [169.254.169.254/32] into the ipBlock, or name the ports that are needed.",
  subjects: [kubernetesTypes.networkPolicy],
  needs: "resource",
  check: (subject, judge) =>
    eachPolicyRule(subject, judge, ["egress"], (rule, at) => {
      const named = (rule.peers ?? []).some(
        (peer) => peer.kind === "addresses" && covers(service, peer.addresses),
      );
      if (named || !covers(addressesOf(rule), service) || !opensTcp(rule, port, port)) return;
      judge.fail(at, "GET http://169.254.169.254/ from a pod");
    }),
  examples: [
    {
      kind: "violating",
      says: "all addresses on every port",
      expect: "fail",
      resources: [policy([{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }])],
      path: "spec.egress[0]",
    },
    {
      kind: "violating",
      says: "nobody named, and the web's port",
      expect: "fail",
      resources: [policy([{ ports: [{ port: 80 }] }])],
      path: "spec.egress[0]",
    },
    {
      kind: "clean",
      says: "all addresses but that one",
      expect: "pass",
      resources: [
        policy([{ to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.169.254/32"] } }] }]),
      ],
    },
    {
      kind: "clean",
      says: "the names' port",
      expect: "pass",
      resources: [policy([{ ports: [{ port: 53, protocol: "UDP" }] }])],
    },
    {
      kind: "clean",
      says: "that one by name, as GKE needs it",
      expect: "pass",
      resources: [policy([{ to: [{ ipBlock: { cidr: "169.254.169.254/32" } }] }])],
    },
    {
      kind: "unknown",
      says: "the block is not known",
      expect: "unknown",
      resources: [policy([{ to: [{ ipBlock: { cidr: unknownHere } }] }])],
    },
    { kind: "absent", says: "no egress rules", expect: "pass", resources: [policy([])] },
  ],
};

function policy(egress: Json): ExampleResource {
  const spec = { podSelector: {}, policyTypes: ["Egress"], egress };
  const props = { metadata: { name: "web", namespace: "shop" }, spec };
  return { type: kubernetesTypes.networkPolicy, name: "web", props };
}
