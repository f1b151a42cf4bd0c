/** Security properties that a program tells the engine not to look at. */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { awsRuleTypes } from "../../lift/aws-rules.ts";
import { azureRuleTypes } from "../../lift/azure-rules.ts";
import { gcpRuleTypes } from "../../lift/gcp-rules.ts";
import { kubernetesTypes } from "../../lift/kubernetes.ts";

/** Properties that decide who gets in or what is recorded; `*` is all of them. */
const securityProperties: Readonly<Record<string, readonly string[]>> = {
  [awsRuleTypes.group]: ["ingress", "egress"],
  [awsRuleTypes.defaultGroup]: ["ingress", "egress"],
  [awsRuleTypes.ingress]: ["*"],
  [awsRuleTypes.egress]: ["*"],
  [awsRuleTypes.rule]: ["*"],
  [azureRuleTypes.group]: ["securityRules"],
  [azureRuleTypes.rule]: ["*"],
  [azureRuleTypes.subnet]: ["networkSecurityGroup"],
  [gcpRuleTypes.firewall]: ["*"],
  [gcpRuleTypes.policyRule]: ["*"],
  "aws:iam/role:Role": ["assumeRolePolicy", "inlinePolicies", "permissionsBoundary"],
  "aws:iam/policy:Policy": ["policy"],
  "aws:cloudtrail/trail:Trail": ["*"],
  "azure-native:managedidentity:FederatedIdentityCredential": ["*"],
  "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider": [
    "attributeCondition",
    "attributeMapping",
    "oidc",
  ],
  [kubernetesTypes.peerAuthentication]: ["spec"],
  [kubernetesTypes.authorizationPolicy]: ["spec"],
  [kubernetesTypes.networkPolicy]: ["spec"],
};

export const X11: Rule = {
  id: "X11",
  sentence: "No security property is excluded from comparison.",
  why: "What the engine ignores stays as somebody left it by hand, and every preview says that nothing changed.",
  severity: "high",
  tenets: ["T4", "T5"],
  controls: ["CA-7", "CM-6"],
  fix: "Take the property out of ignoreChanges; declare what it shall be.",
  subjects: Object.keys(securityProperties),
  needs: "resource",
  check: (subject, judge) => {
    const guarded = securityProperties[subject.type] ?? [];
    for (const ignored of subject.options.ignoreChanges) {
      const top = /^[^.[]+/.exec(ignored)?.[0] ?? "";
      if (!guarded.includes("*") && ignored !== "*" && !guarded.includes(top)) continue;
      judge.fail(
        { urn: subject.urn, path: ignored },
        `a change of ${ignored} outside the program, which no preview shows`,
      );
    }
  },
  examples: [
    {
      kind: "violating",
      says: "the rules of a group",
      expect: "fail",
      resources: [group(["ingress[0].cidrBlocks"])],
      path: "ingress[0].cidrBlocks",
    },
    { kind: "clean", says: "tags", expect: "pass", resources: [group(["tags"])] },
    {
      kind: "unknown",
      says: "options are always known, whatever the inputs are",
      expect: "fail",
      resources: [{ ...group(["egress"]), props: { egress: unknownHere } }],
    },
    { kind: "absent", says: "nothing ignored", expect: "pass", resources: [group([])] },
  ],
};

function group(ignoreChanges: readonly string[]): ExampleResource {
  return { type: awsRuleTypes.group, name: "web", props: { vpcId: "vpc-1" }, ignoreChanges };
}
