/** AWS Systems Manager User Guide, "Session Manager": people log in by their own identity, where the machine has a role. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { isNamed } from "../shared/given-rule.ts";

const instance = "aws:ec2/instance:Instance";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const configuration = "aws:ec2/launchConfiguration:LaunchConfiguration";

export const AI67: Rule = {
  id: "AI67",
  sentence: "A machine that people log in to has a role, and not a key pair alone.",
  why: "The private key names nobody and never ends, and without a role nobody can log in by his identity, nor any agent report.",
  severity: "low",
  tenets: ["T3", "T6"],
  controls: ["IA-2", "IA-5", "AC-17"],
  fix: "Set iamInstanceProfile to a role with AmazonSSMManagedInstanceCore, log in by Session Manager, and take keyName out.",
  subjects: [instance, template, configuration],
  needs: "plan",
  check: (subject, judge, plan) => {
    const pair = subject.inputs.at("keyName");
    if (!isNamed(pair, plan)) return judge.notApplicable("nobody logs in by a key pair");
    if (subject.inputs.at("launchTemplate").state !== "absent") {
      return judge.notApplicable("its launch template says which role it has");
    }
    if (!hasRole(subject, plan)) judge.fail(pair, "ssh with a copied private key");
  },
  examples: [
    {
      kind: "violating",
      says: "a key pair and no role",
      expect: "fail",
      resources: alone(instance, { keyName: "ops" }),
      path: "keyName",
    },
    {
      kind: "violating",
      says: "in a template",
      expect: "fail",
      resources: alone(template, { keyName: "ops" }),
      path: "keyName",
    },
    {
      kind: "clean",
      says: "a role",
      expect: "pass",
      resources: alone(instance, { keyName: "ops", iamInstanceProfile: "web" }),
    },
    {
      kind: "clean",
      says: "a role in a template",
      expect: "pass",
      resources: alone(template, { keyName: "ops", iamInstanceProfile: { name: "web" } }),
    },
    {
      kind: "unknown",
      says: "nothing of a template's role is known",
      expect: "unknown",
      resources: alone(template, { keyName: "ops", iamInstanceProfile: unknownHere }),
      path: "iamInstanceProfile",
    },
    {
      kind: "absent",
      says: "no key pair",
      expect: "not-applicable",
      resources: alone(instance, {}),
    },
  ],
};

/** By name, or in templates by name or ARN. Throws `Undecided`. */
function hasRole({ type, inputs }: PlannedResource, plan: Plan): boolean {
  const profile = inputs.at("iamInstanceProfile");
  const places = type === template ? [profile.at("name"), profile.at("arn")] : [profile];
  return places.some((place) => isNamed(place, plan));
}
