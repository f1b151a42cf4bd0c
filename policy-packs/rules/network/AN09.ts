/** Calls out to every address in AWS. A group of the provider without egress lets nothing out. */
import { covers } from "../../../model/base/interval-set.ts";
import { everyLayer4 } from "../../../model/base/layer4.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { awsRulesOf, awsRuleTypes } from "../../lift/aws-rules.ts";
import { alone } from "../shared/alone.ts";
import { flowsDecide, groupOf, isDeclared } from "../shared/declared-segment.ts";
import { judgePeers } from "../shared/open-port.ts";
import { isWide } from "../shared/service-ports.ts";

const all = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };

export const AN09: Rule = {
  id: "AN09",
  sentence: "No group lets calls out to every address on every port.",
  why: "Who has taken over one machine fetches his tools and sends the data out by any way he likes.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Name what is called: groups, prefix lists of services, or the one port that must reach the internet.",
  subjects: [awsRuleTypes.group, awsRuleTypes.defaultGroup, awsRuleTypes.rule, awsRuleTypes.egress],
  needs: "plan",
  check: (subject, judge, plan) => {
    for (const { read } of awsRulesOf(subject)) {
      judge.part(() => {
        const { direction, selectors, peers } = read();
        if (direction !== "out") return;
        if (!covers(selectors, everyLayer4) && !isWide(selectors)) return;
        judgePeers(judge, peers, (at, who) => {
          if (isDeclared(groupOf(subject, plan), plan)) return judge.notApplicable(flowsDecide);
          judge.fail(at, `a packet to ${who} on any port is let out`);
        });
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "all protocols, inline",
      expect: "fail",
      resources: alone(awsRuleTypes.group, { egress: [all] }),
      path: "egress[0].cidrBlocks[0]",
      witness: "203.0.113.7",
    },
    {
      kind: "violating",
      says: "a standalone rule over IPv6",
      expect: "fail",
      resources: alone(awsRuleTypes.egress, {
        securityGroupId: "sg-1",
        ipProtocol: "tcp",
        fromPort: 0,
        toPort: 65535,
        cidrIpv6: "::/0",
      }),
      path: "cidrIpv6",
    },
    {
      kind: "violating",
      says: "the older rule resource",
      expect: "fail",
      resources: alone(awsRuleTypes.rule, { type: "egress", securityGroupId: "sg-1", ...all }),
    },
    {
      kind: "clean",
      says: "one port, and everything in a network of one's own",
      expect: "pass",
      resources: alone(awsRuleTypes.group, {
        egress: [
          { ...all, protocol: "tcp", fromPort: 443, toPort: 443 },
          { ...all, cidrBlocks: ["10.1.0.0/16"] },
        ],
      }),
    },
    {
      kind: "unknown",
      says: "where calls may go is not known",
      expect: "unknown",
      resources: alone(awsRuleTypes.group, { egress: [{ ...all, cidrBlocks: unknownHere }] }),
      path: "egress[0].cidrBlocks",
    },
    {
      kind: "absent",
      says: "no list: the provider takes away AWS's own rule",
      expect: "pass",
      resources: alone(awsRuleTypes.group, {}),
    },
  ],
};
