/** Every protocol and port open to every address in AWS. */

import { covers } from "../../../model/base/interval-set.ts";
import { everyLayer4 } from "../../../model/base/layer4.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { awsIngressWriters, awsRulesOf, awsRuleTypes } from "../../lift/aws-rules.ts";
import { iso } from "../shared/benchmarks.ts";
import { judgePeers } from "../shared/open-port.ts";

export const AN06: Rule = {
  id: "AN06",
  sentence: "No group lets every address in on every protocol.",
  why: "The group then separates nothing: whatever listens can be called by anybody.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  frameworks: [
    iso("aws", "A.8.20", "ec2_securitygroup_allow_ingress_from_internet_to_all_ports"),
    iso("aws", "A.8.22", "ec2_securitygroup_allow_ingress_from_internet_to_all_ports"),
  ],
  fix: "Name the protocol, the ports and the segment that needs them.",
  subjects: awsIngressWriters,
  needs: "resource",
  check: (subject, judge) => {
    for (const { read } of awsRulesOf(subject)) {
      judge.part(() => {
        const rule = read();
        if (rule.direction !== "in" || !covers(rule.selectors, everyLayer4)) return;
        judgePeers(judge, rule.peers, (at, who) =>
          judge.fail(at, `a packet of any protocol from ${who} is let in`),
        );
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "an inline rule of protocol -1",
      expect: "fail",
      resources: [group([{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }])],
      path: "ingress[0].cidrBlocks[0]",
      witness: "203.0.113.7",
    },
    {
      kind: "clean",
      says: "one port",
      expect: "pass",
      resources: [
        group([{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }]),
      ],
    },
    {
      kind: "unknown",
      says: "the protocol is not known",
      expect: "unknown",
      resources: [group([{ protocol: unknownHere, cidrBlocks: ["0.0.0.0/0"] }])],
      path: "ingress[0].protocol",
    },
    { kind: "absent", says: "no rules", expect: "pass", resources: [group([])] },
  ],
};

function group(ingress: { [key: string]: string | number | string[] }[]) {
  return { type: awsRuleTypes.group, name: "web", props: { ingress } };
}
