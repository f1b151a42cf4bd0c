/** VPC documentation, "VPC firewall rules" and "Firewall policy rules": without a target, all machines. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { gcpRulesOf, gcpRuleTypes, gcpRuleWriters } from "../../lift/gcp-rules.ts";
import { alone } from "../shared/alone.ts";
import { isForAll } from "../shared/gcp-network-rules.ts";

const type = gcpRuleTypes.firewall;
const allow = { network: "net", sourceRanges: ["10.0.0.0/8"], allows: [{ protocol: "tcp" }] };

/** Those of an organisation or folder are for all its networks on purpose. */
const ofNetworks = gcpRuleWriters.filter((writer) => !writer.includes("/firewallPolicy"));

export const GN06: Rule = {
  id: "GN06",
  sentence: "A firewall rule that allows is for certain machines, not for a whole network.",
  why: "Every machine that is ever put into the network is open by it, whatever it is for.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4", "AC-6"],
  fix: "Set targetServiceAccounts, or targetSecureTags on a rule of a policy.",
  subjects: ofNetworks,
  needs: "resource",
  check: (subject, judge) => {
    for (const { at, read } of gcpRulesOf(subject)) {
      judge.part(() => {
        if (read().action !== "allow" || !isForAll(at)) return;
        judge.fail(at, "a packet that the rule allows, to a machine that nobody thought of");
      });
    }
  },
  examples: [
    { kind: "violating", says: "no target", expect: "fail", resources: alone(type, allow) },
    {
      kind: "violating",
      says: "an empty list in a policy",
      expect: "fail",
      resources: alone(gcpRuleTypes.policyRule, {
        priority: 1,
        direction: "EGRESS",
        action: "allow",
        match: { destIpRanges: ["10.0.0.0/8"], layer4Configs: [{ ipProtocol: "tcp" }] },
        targetSecureTags: [],
      }),
    },
    {
      kind: "clean",
      says: "machines of one account",
      expect: "pass",
      resources: alone(type, { ...allow, targetServiceAccounts: ["app@p.iam"] }),
    },
    {
      kind: "clean",
      says: "a deny for all",
      expect: "pass",
      resources: alone(type, { network: "net", denies: [{ protocol: "all" }] }),
    },
    {
      kind: "unknown",
      says: "the targets are not known",
      expect: "unknown",
      resources: alone(type, { ...allow, targetServiceAccounts: unknownHere }),
      path: "targetServiceAccounts",
    },
    {
      kind: "absent",
      says: "an allow and nothing else",
      expect: "fail",
      resources: alone(type, { network: "net", allows: [{ protocol: "tcp" }] }),
    },
  ],
};
