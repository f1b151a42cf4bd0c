/** Any port open to every address in AWS, but for a load balancer's. */
import { covers } from "../../../model/base/interval-set.ts";
import { formatSelector } from "../../../model/base/layer4.ts";
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { awsIngressWriters, awsRulesOf } from "../../lift/aws-rules.ts";
import { iso } from "../shared/benchmarks.ts";
import { flowsDecide, groupOf, isDeclared } from "../shared/declared-segment.ts";
import { groupUsers } from "../shared/group-users.ts";
import { openGroupExamples } from "../shared/open-group-examples.ts";
import { judgePeers } from "../shared/open-port.ts";
import { webPorts } from "../shared/service-ports.ts";

const balancers: readonly string[] = [
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:elb/loadBalancer:LoadBalancer",
];

export const AN01: Rule = {
  id: "AN01",
  sentence: "No port is open to everybody, except the web ports of a load balancer.",
  why: "Whatever listens there is called by everybody on the internet, before anybody has said who he is.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  frameworks: [
    iso("aws", "A.8.20", "ec2_securitygroup_allow_ingress_from_internet_to_any_port"),
    iso("aws", "A.8.22", "ec2_securitygroup_allow_ingress_from_internet_to_any_port"),
  ],
  fix: "Name the group or the prefixes that call; let everybody come by a load balancer that checks first.",
  subjects: awsIngressWriters,
  needs: "plan",
  check: (subject, judge, plan) => {
    for (const { read } of awsRulesOf(subject)) {
      judge.part(() => {
        const rule = read();
        const [first] = rule.selectors;
        if (rule.direction !== "in" || first === undefined) return;
        judgePeers(judge, rule.peers, (at, who) => {
          const group = groupOf(subject, plan);
          if (isDeclared(group, plan)) return judge.notApplicable(flowsDecide);
          if (covers(webPorts, rule.selectors) && balances(judge, group, plan)) return;
          judge.fail(at, `a packet from ${who} to ${formatSelector(first.from)} is let in`);
        });
      });
    }
  },
  examples: openGroupExamples,
};

/** Whether load balancers carry the group, and nothing else. */
function balances(judge: Judge, group: PlannedResource | undefined, plan: Plan): boolean {
  if (group === undefined) return false;
  const { of, doubts } = groupUsers(plan);
  const users = of(group);
  if (users.length === 0 || users.some(({ type }) => !balancers.includes(type))) return false;
  for (const { view } of doubts) judge.open(view);
  return true;
}
