/** Amazon EKS API, RemoteAccessConfig: a key without source groups opens SSH to everybody. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { isEmpty } from "../../lift/entries.ts";
import type { Props } from "../shared/alone.ts";
import { alone } from "../shared/alone.ts";

const type = "aws:eks/nodeGroup:NodeGroup";

export const AN29a: Rule = {
  id: "AN29a",
  sentence: "Nodes of EKS that take SSH take it from named groups.",
  why: "EKS makes a rule of its own that lets everybody try keys and flaws of every node's SSH server.",
  severity: "critical",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4", "AC-17"],
  fix: "Leave remoteAccess out and use Session Manager, or name remoteAccess.sourceSecurityGroupIds.",
  subjects: [type],
  needs: "resource",
  check: (subject, judge) => {
    const access = subject.inputs.at("remoteAccess");
    const key = access.at("ec2SshKey");
    // A key that is not known yet is still a key.
    if (key.state === "absent" || (key.state === "known" && key.text() === "")) return;
    const groups = access.at("sourceSecurityGroupIds");
    if (isEmpty(groups)) judge.fail(groups, "a packet from 203.0.113.7 to tcp/22 of every node");
  },
  examples: [
    {
      kind: "violating",
      says: "a key and no groups",
      expect: "fail",
      resources: nodes({ remoteAccess: { ec2SshKey: "admin" } }),
      path: "remoteAccess.sourceSecurityGroupIds",
    },
    {
      kind: "clean",
      says: "a group of administrators",
      expect: "pass",
      resources: nodes({
        remoteAccess: { ec2SshKey: "admin", sourceSecurityGroupIds: [unknownHere] },
      }),
    },
    {
      kind: "unknown",
      says: "who may come is not known",
      expect: "unknown",
      resources: nodes({ remoteAccess: unknownHere }),
      path: "remoteAccess",
    },
    { kind: "absent", says: "no SSH", expect: "pass", resources: nodes({}) },
  ],
};

function nodes(props: Props) {
  return alone(type, { clusterName: "shop", ...props });
}
