/** Calls out to every address in GCP, by a rule of one's own; Google's default is GN10's. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { gcpRulesOf, gcpRuleTypes, gcpRuleWriters } from "../../lift/gcp-rules.ts";
import type { Props } from "../shared/alone.ts";
import { alone } from "../shared/alone.ts";
import { isDeclaredInGcp } from "../shared/declared-rules.ts";
import { judgeEgressToAll } from "../shared/open-to-all.ts";

const firewall = (props: Props) =>
  alone(gcpRuleTypes.firewall, {
    network: "net",
    direction: "EGRESS",
    allows: [{ protocol: "all" }],
    ...props,
  });

export const GN09: Rule = {
  id: "GN09",
  sentence: "No firewall rule lets calls out to every address on every port.",
  why: "Who has taken over one machine fetches his tools and sends the data out by any way he likes.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Name what is called: ranges, address groups, or the one port that must reach the internet.",
  subjects: gcpRuleWriters,
  needs: "plan",
  check: (subject, judge, plan) =>
    judgeEgressToAll(judge, gcpRulesOf(subject), () => isDeclaredInGcp(subject, plan)),
  examples: [
    {
      kind: "violating",
      says: "every protocol",
      expect: "fail",
      resources: firewall({ destinationRanges: ["0.0.0.0/0"] }),
      path: "destinationRanges[0]",
      witness: "203.0.113.7",
    },
    {
      kind: "violating",
      says: "all of TCP in a rule of a policy",
      expect: "fail",
      resources: alone(gcpRuleTypes.policyRule, {
        priority: 100,
        direction: "EGRESS",
        action: "allow",
        match: { destIpRanges: ["::/0"], layer4Configs: [{ ipProtocol: "tcp" }] },
      }),
      path: "match.destIpRanges[0]",
    },
    {
      kind: "clean",
      says: "one port",
      expect: "pass",
      resources: firewall({
        destinationRanges: ["0.0.0.0/0"],
        allows: [{ protocol: "tcp", ports: ["443"] }],
      }),
    },
    {
      kind: "clean",
      says: "a network of one's own",
      expect: "pass",
      resources: firewall({ destinationRanges: ["10.0.0.0/8"] }),
    },
    {
      kind: "unknown",
      says: "where calls may go is not known",
      expect: "unknown",
      resources: firewall({ destinationRanges: unknownHere }),
      path: "destinationRanges",
    },
    {
      kind: "absent",
      says: "no ranges at all mean everywhere",
      expect: "fail",
      resources: firewall({}),
      path: "destinationRanges",
    },
  ],
};
