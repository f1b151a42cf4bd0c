/**
 * Amazon VPC User Guide, "Security group rules": each group and rule may say what it is for. A group as
 * a peer has words of its own, everybody and one's own networks need none; a block of public addresses
 * says nothing of whose they are.
 */

import { covers } from "../../../model/base/interval-set.ts";
import { unroutedAddresses } from "../../../model/base/special-addresses.ts";
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { View } from "../../../model/policy/view.ts";
import { isEverywhere } from "../../lift/address-set.ts";
import type { AwsWrittenRule } from "../../lift/aws-rules.ts";
import { awsRulesOf, awsRuleTypes } from "../../lift/aws-rules.ts";
import { alone } from "../shared/alone.ts";

/** What tools write where a person wrote nothing. */
const fillers = ["", "Managed by Pulumi", "Managed by Terraform"];

const web = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["203.0.113.0/24"] };

export const AN13: Rule = {
  id: "AN13",
  sentence: "Every security group says what it is for, and every rule whose addresses it names.",
  why: "A rule of which nobody knows the reason is never taken away, and stays open for whoever comes.",
  severity: "medium",
  tenets: ["T5"],
  controls: ["CM-3", "AC-4"],
  fix: "Write a description: who calls whom, whose addresses these are, and why.",
  subjects: [awsRuleTypes.group, awsRuleTypes.rule, awsRuleTypes.ingress, awsRuleTypes.egress],
  needs: "resource",
  check: (subject, judge) => {
    if (subject.type === awsRuleTypes.group) says(judge, subject.inputs, "a group");
    for (const rule of awsRulesOf(subject)) {
      judge.part(() => {
        if (namesStrangers(rule)) says(judge, rule.at, "a rule");
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "an inline rule without a reason",
      expect: "fail",
      resources: alone(awsRuleTypes.group, { description: "The shop", ingress: [web] }),
      path: "ingress[0].description",
    },
    {
      kind: "violating",
      says: "the provider's own words",
      expect: "fail",
      resources: alone(awsRuleTypes.group, { description: "Managed by Pulumi" }),
      path: "description",
    },
    {
      kind: "violating",
      says: "a standalone rule with an empty text",
      expect: "fail",
      resources: alone(awsRuleTypes.ingress, {
        ipProtocol: "tcp",
        cidrIpv4: "203.0.113.0/24",
        description: "",
      }),
      path: "description",
    },
    {
      kind: "clean",
      says: "both say it",
      expect: "pass",
      resources: alone(awsRuleTypes.group, {
        description: "The shop's web tier",
        ingress: [{ ...web, description: "The load balancer hands requests on" }],
      }),
    },
    {
      kind: "clean",
      says: "another group, one's own networks, or everybody",
      expect: "pass",
      resources: alone(awsRuleTypes.group, {
        description: "The shop's web tier",
        ingress: [
          { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] },
          { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["10.1.0.0/16"] },
          { protocol: "tcp", fromPort: 80, toPort: 80, securityGroups: ["sg-1"] },
        ],
      }),
    },
    {
      kind: "unknown",
      says: "the description is not known",
      expect: "unknown",
      resources: alone(awsRuleTypes.egress, {
        ipProtocol: "tcp",
        cidrIpv4: "203.0.113.0/24",
        description: unknownHere,
      }),
      path: "description",
    },
    {
      kind: "absent",
      says: "nothing set",
      expect: "fail",
      resources: alone(awsRuleTypes.rule, { type: "ingress", cidrBlocks: ["203.0.113.7/32"] }),
      path: "description",
    },
  ],
};

/** Whether the rule is about public addresses of somebody, not of everybody. */
function namesStrangers({ peers }: AwsWrittenRule): boolean {
  return peers().some((peer) => {
    if (peer.kind !== "addresses") return false;
    const addresses = peer.addresses();
    return !isEverywhere(addresses) && !covers(unroutedAddresses, addresses);
  });
}

function says(judge: Judge, at: View, what: string): void {
  judge.part(() => {
    const description = at.at("description");
    if (!fillers.includes((description.text() ?? "").trim())) return;
    judge.fail(description, `${what} that outlives its reason`);
  });
}
