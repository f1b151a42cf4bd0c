/** Networks of GCP that deny what leaves them, and some that do not. */
import type { Example } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { gcpTypes } from "../../lift/gcp/types.ts";
import { alone } from "./alone.ts";
import { referring } from "./log-stores.ts";
import { gcpPlan, gcpPolicyFirst } from "./network-plans.ts";
import { declaredRule } from "./open-azure-examples.ts";

const network = { type: gcpTypes.network, name: "net", props: { autoCreateSubnetworks: false } };

export const egressDenyExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "a deny for some machines only",
    expect: "fail",
    resources: [network, deny({ targetTags: ["web"] })],
    path: "",
    witness: "203.0.113.7",
  },
  {
    kind: "violating",
    says: "a deny of the other family only",
    expect: "fail",
    resources: [network, deny({ destinationRanges: ["::/0"] })],
  },
  { kind: "clean", says: "a deny for all", expect: "pass", resources: [network, deny({})] },
  {
    kind: "clean",
    says: "a policy of both families",
    expect: "pass",
    resources: declaredRule("network", gcpPlan(gcpPolicyFirst)),
  },
  {
    kind: "unknown",
    says: "what is denied is not known",
    expect: "unknown",
    resources: [network, deny({ destinationRanges: [unknownHere] })],
    path: "destinationRanges[0]",
  },
  { kind: "absent", says: "no rules", expect: "fail", resources: alone(gcpTypes.network, {}) },
];
function deny(props: { readonly [key: string]: string[] }) {
  return referring(gcpTypes.firewall, "deny", "network", "net", {
    direction: "EGRESS",
    destinationRanges: ["0.0.0.0/0"],
    denies: [{ protocol: "all" }],
    ...props,
  });
}
