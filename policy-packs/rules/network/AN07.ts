/** Wide ranges of ports open to every address in AWS. */
import { covers } from "../../../model/base/interval-set.ts";
import { everyLayer4, formatSelector } from "../../../model/base/layer4.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { awsIngressWriters, awsRulesOf, awsRuleTypes } from "../../lift/aws-rules.ts";
import type { Props } from "../shared/alone.ts";
import { alone } from "../shared/alone.ts";
import { judgePeers } from "../shared/open-port.ts";
import { isWide, widePortsMin } from "../shared/service-ports.ts";

export const AN07: Rule = {
  id: "AN07",
  sentence: `No rule opens ${widePortsMin} ports or more to everybody.`,
  why: "Whatever somebody starts on the machine later is reachable from the internet at once.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4", "CM-7"],
  fix: "Name the ports on which something listens; groups remember connections, so replies need no rule.",
  subjects: awsIngressWriters,
  needs: "resource",
  check: (subject, judge) => {
    for (const { read } of awsRulesOf(subject)) {
      judge.part(() => {
        const { direction, selectors, peers } = read();
        // Every protocol at once is AN06's.
        if (direction !== "in" || covers(selectors, everyLayer4) || !isWide(selectors)) return;
        const last = selectors.at(-1)?.to ?? 0n;
        judgePeers(judge, peers, (at, who) =>
          judge.fail(at, `a packet from ${who} to ${formatSelector(last)}, and any port before it`),
        );
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "the ports of replies, which need no rule",
      expect: "fail",
      resources: rule({ fromPort: 1024, toPort: 65535, cidrIpv4: "0.0.0.0/0" }),
      path: "cidrIpv4",
      witness: "tcp/65535",
    },
    {
      kind: "violating",
      says: "all of UDP, inline, in halves",
      expect: "fail",
      resources: alone(awsRuleTypes.group, {
        ingress: [
          { protocol: "udp", fromPort: 0, toPort: 65535, cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"] },
        ],
      }),
      path: "ingress[0].cidrBlocks[0]",
    },
    {
      kind: "clean",
      says: "a few ports",
      expect: "pass",
      resources: rule({ fromPort: 8000, toPort: 8010, cidrIpv4: "0.0.0.0/0" }),
    },
    {
      kind: "clean",
      says: "many ports for a network of one's own",
      expect: "pass",
      resources: rule({ fromPort: 0, toPort: 65535, cidrIpv4: "10.1.0.0/16" }),
    },
    {
      kind: "unknown",
      says: "the last port is not known",
      expect: "unknown",
      resources: rule({ fromPort: 1024, toPort: unknownHere, cidrIpv4: "0.0.0.0/0" }),
      path: "toPort",
    },
    { kind: "absent", says: "no rules", expect: "pass", resources: alone(awsRuleTypes.group, {}) },
  ],
};

function rule(props: Props) {
  return alone(awsRuleTypes.ingress, { securityGroupId: "sg-1", ipProtocol: "tcp", ...props });
}
