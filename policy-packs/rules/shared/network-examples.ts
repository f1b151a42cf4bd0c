/** The declared flows against plans of all clouds, right and wrong. */
import type { Example } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { awsRuleTypes } from "../../lift/aws-rules.ts";
import {
  awsPlan,
  awsRule,
  azureBareSubnet,
  azurePlan,
  azureRule,
  gcpAll,
  gcpFirewall,
  gcpPlan,
  gcpPolicyFirst,
  gcpPolicyLast,
  gcpRule,
  plan,
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
    resources: without(azurePlan(), "app-subnet", azureBareSubnet),
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
    says: "the default group of a VPC, as AWS makes it",
    expect: "fail",
    resources: without(awsPlan(), "default-group"),
    witness: "default group of vpc (10.1.0.4) → internet (203.0.113.7) tcp/22",
  },
  {
    kind: "violating",
    says: "a VPC firewall beside the policy in GCP",
    expect: "fail",
    resources: gcpPlan(
      gcpPolicyLast,
      gcpFirewall("shortcut", { allows: [{ protocol: "tcp", ports: ["5432"] }] }),
    ),
    witness: "tcp/5432 is let through",
  },
  {
    kind: "violating",
    says: "a policy in GCP that is attached to no network",
    expect: "fail",
    resources: without(gcpPlan(gcpPolicyLast), "attached"),
    witness: "implied rule: egress is allowed (65535)",
  },
  { kind: "clean", says: "AWS as declared", expect: "pass", resources: awsPlan() },
  { kind: "clean", says: "Azure as declared", expect: "pass", resources: azurePlan() },
  { kind: "clean", says: "GCP as declared", expect: "pass", resources: gcpPlan(gcpPolicyLast) },
  {
    kind: "clean",
    says: "GCP: a VPC firewall that denies wins over one that allows at the same priority",
    expect: "pass",
    resources: gcpPlan(
      gcpPolicyLast,
      gcpFirewall("allows", { allows: [{ protocol: "tcp", ports: ["5432"] }] }),
      gcpFirewall("denies", { denies: [{ protocol: "tcp", ports: ["5432"] }] }),
    ),
  },
  {
    kind: "clean",
    says: "GCP: a VPC firewall that is read after the policy's own deny",
    expect: "pass",
    resources: gcpPlan(
      gcpPolicyFirst,
      gcpRule("deny-in", 9002, "INGRESS", gcpAll("0.0.0.0/0"), undefined, "deny"),
      gcpFirewall("allows", { allows: [{ protocol: "tcp", ports: ["5432"] }] }),
    ),
  },
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
