/**
 * Amazon EC2 User Guide, "Configure the Instance Metadata Service options": what a launch does not
 * say its template says, else the defaults of the account in the region.
 */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { View } from "../../../model/policy/view.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";
import { sameRegion } from "../shared/refers-to.ts";
import { someOf } from "../shared/some-of.ts";

const defaults = "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults";
const instance = "aws:ec2/instance:Instance";
const tokensOf = (inputs: View) => inputs.at("metadataOptions", "httpTokens");

const isOn = (inputs: View) => inputs.at("metadataOptions", "httpEndpoint").text() !== "disabled";

const options: readonly Demand[] = [
  {
    path: ["metadataOptions", "httpTokens"],
    // What its template says is judged there.
    when: (inputs) =>
      isOn(inputs) &&
      (tokensOf(inputs).state !== "absent" || inputs.at("launchTemplate").state === "absent"),
    holds: (value) => value === "required",
    witness:
      "GET http://169.254.169.254/latest/meta-data/iam/security-credentials/ by a proxied request",
    good: "required",
    bad: "optional",
  },
  {
    path: ["metadataOptions", "httpPutResponseHopLimit"],
    when: isOn,
    holds: (value) => value === undefined || Number(value) <= 1,
    witness: "a token for the machine's role, asked for by a container on it",
    good: 1,
    bad: 2,
  },
];

const settings = demandRule({
  id: "AN16",
  sentence: "The metadata service asks for a token and answers one hop away.",
  why: "Whoever makes an application fetch an address of his choice, or runs in a container, takes the machine's role.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-3", "IA-5", "SC-7"],
  fix: "Set metadataOptions.httpTokens to required and httpPutResponseHopLimit to 1, of a notebook the minimum version to 2; give pods and tasks roles of their own.",
  frameworks: [cis("cis-aws-3.0.0", "5.6"), iso("aws", "A.8.20", "ec2_instance_imdsv2_enabled")],
  demands: {
    [instance]: options,
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest": options,
    "aws:ec2/launchTemplate:LaunchTemplate": options,
    "aws:ec2/launchConfiguration:LaunchConfiguration": options,
    // Amazon SageMaker Developer Guide, "Notebook instances and the instance metadata service".
    "aws:sagemaker/notebookInstance:NotebookInstance": [
      {
        path: ["instanceMetadataServiceConfiguration", "minimumInstanceMetadataServiceVersion"],
        holds: (value) => value === "2",
        witness: "the notebook's role, by a request that a page made it send",
        good: "2",
        bad: "1",
      },
    ],
  },
  // Software that asks without a token, and containers that use the machine's role, would fail.
  remedy: "opt-in",
});

export const AN16: Rule = {
  ...settings,
  needs: "plan",
  check: (subject, judge, plan) => {
    const asks = tokensOf(subject.inputs).state === "absent" && subject.type.startsWith("aws:ec2/");
    const required = asks
      ? someOf(judge, plan.ofType(defaults), (one) => {
          return sameRegion(one, subject) && one.inputs.at("httpTokens").text() === "required";
        })
      : "no";
    settings.check(subject, required === "no" ? judge : withoutTokens(judge), plan);
  },
  examples: [
    ...settings.examples,
    {
      kind: "clean",
      says: "the account's default in the region",
      expect: "pass",
      resources: [
        { type: instance, name: "web", props: { ami: "ami-1" } },
        { type: defaults, name: "defaults", props: { httpTokens: "required" } },
      ],
    },
    {
      kind: "violating",
      says: "the default of another region",
      expect: "fail",
      resources: [
        { type: instance, name: "web", props: { ami: "ami-1", region: "eu-west-1" } },
        { type: defaults, name: "defaults", props: { httpTokens: "required" } },
      ],
    },
    {
      kind: "clean",
      says: "its template decides",
      expect: "pass",
      resources: [{ type: instance, name: "web", props: { launchTemplate: { id: "lt-1" } } }],
    },
  ],
};

/** A judge who hears nothing of tokens. */
function withoutTokens(judge: Judge): Judge {
  const fail: Judge["fail"] = (at, witness) => {
    if (!at.path.endsWith("httpTokens")) judge.fail(at, witness);
  };
  return { ...judge, fail };
}
