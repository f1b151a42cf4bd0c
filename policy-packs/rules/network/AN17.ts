/** Amazon VPC User Guide, "VPC Flow Logs". */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource } from "../../../model/policy/view.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import { referring } from "../shared/log-stores.ts";
import { someOf } from "../shared/some-of.ts";

const vpc = "aws:ec2/vpc:Vpc";
const flowLog = "aws:ec2/flowLog:FlowLog";

export const AN17: Rule = {
  id: "AN17",
  sentence: "Every VPC has a flow log of all traffic.",
  why: "What moved through the network, and what was refused, cannot be told afterwards.",
  severity: "medium",
  tenets: ["T7"],
  controls: ["AU-12", "SI-4"],
  frameworks: [
    cis("cis-aws-3.0.0", "3.7"),
    iso("aws", "A.8.15", "vpc_flow_logs_enabled"),
    iso("aws", "A.8.16", "vpc_flow_logs_enabled"),
  ],
  fix: "Plan a FlowLog with the VPC's id and trafficType ALL.",
  subjects: [vpc],
  needs: "plan",
  check: (subject, judge, plan) => {
    const logs = (log: PlannedResource) => {
      const target = plan.follow(log.inputs.at("vpcId"), vpc);
      if (target.state !== "resource" || target.resource !== subject) return false;
      return (log.inputs.at("trafficType").text() ?? "ALL") === "ALL";
    };
    if (someOf(judge, plan.ofType(flowLog), logs) === "no") {
      judge.fail({ urn: subject.urn, path: "" }, "a connection that leaves no record");
    }
  },
  examples: [
    {
      kind: "violating",
      says: "a log of what was refused only",
      expect: "fail",
      resources: [network(), log("REJECT")],
      path: "",
    },
    { kind: "clean", says: "a log of all", expect: "pass", resources: [network(), log("ALL")] },
    {
      kind: "unknown",
      says: "what is logged is not known",
      expect: "unknown",
      resources: [network(), log(unknownHere)],
      path: "trafficType",
    },
    { kind: "absent", says: "no log", expect: "fail", resources: [network()] },
  ],
};

function network(): ExampleResource {
  return { type: vpc, name: "vpc", props: {} };
}

function log(trafficType: Json) {
  return referring(flowLog, "log", "vpcId", "vpc", { trafficType });
}
