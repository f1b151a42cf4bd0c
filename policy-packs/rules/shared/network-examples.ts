/** The declared flows against plans of all clouds, right and wrong. */
import type { Example } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { awsRuleTypes } from "../../lift/aws-rules.ts";
import { azureRuleTypes } from "../../lift/azure-rules.ts";
import { gcpRuleTypes } from "../../lift/gcp-rules.ts";
import {
  awsPlan,
  awsRule,
  azurePlan,
  azureRule,
  gcpPlan,
  plan,
  ranges,
  without,
} from "./network-plans.ts";

const ssh = azureRule("ssh", "app", "Inbound", {
  priority: 200,
  destinationPortRange: "22",
});

/** Right and wrong plans of all clouds. */
export const networkExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "SSH from anywhere on Azure's app tier, written by hand",
    expect: "fail",
    resources: azurePlan(ssh),
    path: "sourceAddressPrefix",
    witness: "internet (203.0.113.7) → app (10.1.16.4) tcp/22 is let through",
  },
  {
    kind: "violating",
    says: "Azure's own rules let the whole network in where no deny stands before them",
    expect: "fail",
    resources: without(azurePlan(), "app-deny-Inbound"),
    witness: "AllowVnetInBound",
  },
  {
    kind: "violating",
    says: "a subnet whose group was taken away",
    expect: "fail",
    resources: without(azurePlan(), "app-subnet", {
      type: azureRuleTypes.subnet,
      name: "bare",
      props: { addressPrefixes: [ranges.app, ranges.azure6.app] },
    }),
    witness: "no planned firewall guards app",
  },
  {
    kind: "violating",
    says: "a declared flow that AWS stops",
    expect: "fail",
    resources: without(awsPlan(), "web-out"),
    path: "intent.flows",
    witness: "web (10.1.0.4) → app (10.1.16.4) tcp/8080 is declared but stopped",
  },
  {
    kind: "violating",
    says: "a group that may call out everywhere",
    expect: "fail",
    resources: awsPlan(
      awsRule("out", awsRuleTypes.egress, "app", { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" }),
    ),
    witness: "app (10.1.16.4) → internet (203.0.113.7)",
  },
  {
    kind: "violating",
    says: "a VPC firewall beside the policy in GCP",
    expect: "fail",
    resources: gcpPlan({
      type: gcpRuleTypes.firewall,
      name: "shortcut",
      props: {
        network: "net",
        allows: [{ protocol: "tcp", ports: ["5432"] }],
        sourceRanges: ["198.51.100.0/24"],
      },
    }),
    witness: "tcp/5432 is let through",
  },
  {
    kind: "violating",
    says: "a policy in GCP that is attached to no network",
    expect: "fail",
    resources: without(gcpPlan(), "attached"),
    witness: "GCP's implied rule allows what goes out",
  },
  { kind: "clean", says: "AWS as declared", expect: "pass", resources: awsPlan() },
  { kind: "clean", says: "Azure as declared", expect: "pass", resources: azurePlan() },
  { kind: "clean", says: "GCP as declared", expect: "pass", resources: gcpPlan() },
  {
    kind: "unknown",
    says: "a rule whose ports are not known",
    expect: "unknown",
    resources: awsPlan(
      awsRule("later", awsRuleTypes.ingress, "app", {
        fromPort: unknownHere,
        cidrIpv4: "10.9.0.0/16",
      }),
    ),
    path: "fromPort",
  },
  {
    kind: "unknown",
    says: "a missing flow may still be let through by what is not known",
    expect: "unknown",
    resources: without(
      awsPlan(awsRule("later", awsRuleTypes.egress, "web", { cidrIpv4: unknownHere })),
      "web-out",
    ),
    path: "cidrIpv4",
  },
  {
    kind: "absent",
    says: "no firewall planned at all",
    expect: "fail",
    resources: plan("azure"),
    witness: "no planned firewall guards",
  },
];
