/** Microsoft Learn, "Network security groups": the lowest priority number that matches decides. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { azureRuleTypes } from "../../lift/azure-rules.ts";
import { rulesInGroup } from "../shared/azure-group-rules.ts";
import { referring } from "../shared/log-stores.ts";
import { allowAll, azureGroupOfRules } from "../shared/open-azure-examples.ts";
import { overtakenDenies } from "../shared/overtaken-denies.ts";

const ssh = { access: "Deny", priority: 200, destinationPortRange: "22" };

export const ZN08: Rule = {
  id: "ZN08",
  sentence: "No deny is overtaken by allows that let in all that it denies.",
  why: "Who reads the deny believes the port to be shut; it is open, and nobody looks there any more.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4", "CM-6"],
  fix: "Give the deny a lower priority number than the allow, or delete the one that is not meant.",
  subjects: [azureRuleTypes.group],
  needs: "plan",
  check: (subject, judge, plan) => {
    const rules = rulesInGroup(subject, plan);
    const { overtaken, doubts } = overtakenDenies(rules);
    // One rule overtakes nothing, whatever it says; a list that is not known may hold several.
    const alone = rules.length === 1 && rules[0]?.at.path !== "securityRules";
    for (const doubt of alone ? [] : doubts) judge.open(doubt);
    for (const { at, by } of overtaken) {
      judge.fail(
        at,
        `every packet that it denies is let through before, by ${by.path || "a rule"}`,
      );
    }
  },
  examples: [
    {
      kind: "violating",
      says: "an allow of everything before a deny of SSH",
      expect: "fail",
      resources: [azureGroupOfRules(allowAll({ protocol: "*" }), allowAll(ssh))],
      path: "securityRules[1]",
      witness: "securityRules[0]",
    },
    {
      kind: "violating",
      says: "two halves of everywhere, one of them standalone",
      expect: "fail",
      resources: [
        azureGroupOfRules(
          allowAll({ sourceAddressPrefix: "0.0.0.0/1" }),
          allowAll({ ...ssh, sourceAddressPrefix: "0.0.0.0/0" }),
        ),
        referring(
          azureRuleTypes.rule,
          "half",
          "networkSecurityGroupName",
          "group",
          allowAll({ priority: 150, sourceAddressPrefix: "128.0.0.0/1" }),
        ),
      ],
      path: "securityRules[1]",
    },
    {
      kind: "violating",
      says: "the same tag",
      expect: "fail",
      resources: [
        azureGroupOfRules(
          allowAll({ sourceAddressPrefix: "VirtualNetwork" }),
          allowAll({ ...ssh, sourceAddressPrefix: "VirtualNetwork" }),
        ),
      ],
    },
    {
      kind: "clean",
      says: "exceptions before a deny, a deny before an allow, an allow of some source ports",
      expect: "pass",
      resources: [
        azureGroupOfRules(
          allowAll({ destinationPortRange: "443" }),
          allowAll({ sourceAddressPrefix: "10.0.0.0/8", priority: 101 }),
          allowAll({ sourcePortRange: "53", priority: 102 }),
          allowAll(ssh),
          allowAll({ priority: 300 }),
          allowAll({ access: "Deny", priority: 4096, protocol: "*" }),
        ),
      ],
    },
    {
      kind: "unknown",
      says: "which comes first is not known",
      expect: "unknown",
      resources: [azureGroupOfRules(allowAll({ priority: unknownHere }), allowAll(ssh))],
      path: "securityRules[0].priority",
    },
    { kind: "absent", says: "no rules", expect: "pass", resources: [azureGroupOfRules()] },
  ],
};
