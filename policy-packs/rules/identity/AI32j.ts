/**
 * Amazon OpenSearch Service Developer Guide, "Identity and access management": a domain in a VPC, or
 * one with fine-grained access control, asks callers otherwise and is meant to have an open policy.
 */
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { referring } from "../shared/log-stores.ts";
import { openTo, publicPolicyRule } from "../shared/resource-policies.ts";

const domains = ["aws:elasticsearch/domain:Domain", "aws:opensearch/domain:Domain"];
const [, domain = ""] = domains;
const policy = "aws:opensearch/domainPolicy:DomainPolicy";
const open = { accessPolicies: openTo("es:ESHttpGet") };

export const AI32j = publicPolicyRule({
  id: "AI32j",
  sentence: "No search domain's policy lets everybody in.",
  why: "Open indexes are found by scanning and copied or held to ransom the same day.",
  fix: "Name the roles in Principal, or put the domain into a VPC by vpcOptions.",
  policies: {
    "aws:elasticsearch/domain:Domain": "accessPolicies",
    "aws:elasticsearch/domainPolicy:DomainPolicy": "accessPolicies",
    "aws:opensearch/domain:Domain": "accessPolicies",
    [policy]: "accessPolicies",
  },
  action: "es:ESHttpGet",
  unless: askedOtherwise,
  more: [
    {
      kind: "clean",
      says: "a domain inside a VPC",
      expect: "not-applicable",
      resources: alone(domain, { ...open, vpcOptions: { subnetIds: ["subnet-1"] } }),
    },
    {
      kind: "clean",
      says: "the policy of a planned domain that asks users itself",
      expect: "not-applicable",
      resources: [
        referring(policy, "policy", "domainName", "logs", open),
        { type: domain, name: "logs", props: { advancedSecurityOptions: { enabled: true } } },
      ],
    },
    {
      kind: "unknown",
      says: "whether it lies in a VPC is not known",
      expect: "unknown",
      resources: alone(domain, { ...open, vpcOptions: unknownHere }),
      path: "vpcOptions",
    },
  ],
});

function askedOtherwise(subject: PlannedResource, plan: Plan): string | undefined {
  const target = domains.includes(subject.type) ? subject : planned(plan, subject);
  if (target === undefined) return undefined;
  const { inputs } = target;
  if (inputs.at("vpcOptions").keys().length > 0) return "the domain lies in a VPC";
  const asks = inputs.at("advancedSecurityOptions", "enabled").flag() === true;
  return asks ? "the domain asks its users itself" : undefined;
}

function planned(plan: Plan, subject: PlannedResource): PlannedResource | undefined {
  const target = plan.follow(subject.inputs.at("domainName"), ...domains);
  return target.state === "resource" ? target.resource : undefined;
}
