/** Amazon EC2 User Guide, "Configure the Instance Metadata Service options". */
import type { View } from "../../../model/policy/view.ts";
import { cis, iso } from "../shared/benchmarks.ts";
import type { Demand } from "../shared/flag-rule.ts";
import { demandRule } from "../shared/flag-rule.ts";

const isOn = (inputs: View) => inputs.at("metadataOptions", "httpEndpoint").text() !== "disabled";

const options: readonly Demand[] = [
  {
    path: ["metadataOptions", "httpTokens"],
    when: isOn,
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

export const AN16 = demandRule({
  id: "AN16",
  sentence: "The metadata service asks for a token and answers one hop away.",
  why: "Whoever makes an application fetch an address of his choice, or runs in a container, takes the machine's role.",
  severity: "high",
  tenets: ["T3", "T6"],
  controls: ["AC-3", "IA-5", "SC-7"],
  fix: "Set metadataOptions.httpTokens to required and httpPutResponseHopLimit to 1, of a notebook the minimum version to 2; give pods and tasks roles of their own.",
  frameworks: [cis("cis-aws-3.0.0", "5.6"), iso("aws", "A.8.20", "ec2_instance_imdsv2_enabled")],
  demands: {
    "aws:ec2/instance:Instance": options,
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
