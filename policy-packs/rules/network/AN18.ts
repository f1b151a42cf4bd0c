/** Amazon VPC User Guide, "Block public access to VPCs and subnets": one setting for a whole region. */
import type { Rule } from "../../../model/policy/rule.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { blockTypes, publicAccessExamples } from "../shared/public-access-examples.ts";
import { sameRegion } from "../shared/refers-to.ts";
import { someOf } from "../shared/some-of.ts";

const { options, exclusion } = blockTypes;

/** Settings of a whole region: a stack with one of them is where the others belong too. */
const regionSettings = [
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
  "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
  "aws:ec2/serialConsoleAccess:SerialConsoleAccess",
  "aws:ebs/encryptionByDefault:EncryptionByDefault",
  "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
  "aws:emr/blockPublicAccessConfiguration:BlockPublicAccessConfiguration",
];

const incoming = "a packet from 203.0.113.7 to a machine in any VPC with an internet gateway";

export const AN18: Rule = {
  id: "AN18",
  sentence: "Where a region's defaults are planned, public access to its VPCs is blocked.",
  why: "Without the block one internet gateway and one route open a network, whoever makes them.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4", "CM-6"],
  fix: "Plan VpcBlockPublicAccessOptions with block-ingress or block-bidirectional, and exclude VPCs with allow-egress.",
  subjects: [options, exclusion, ...regionSettings],
  needs: "plan",
  check: (subject, judge, plan) => {
    const mode = ({ inputs }: PlannedResource) => inputs.at("internetGatewayBlockMode");
    if (subject.type === options) {
      if (mode(subject).text() === "off") judge.fail(mode(subject), incoming);
      return;
    }
    if (subject.type === exclusion) {
      const excluded = subject.inputs.at("internetGatewayExclusionMode");
      if (excluded.text() === "allow-egress") return;
      return judge.fail(excluded, "a packet from 203.0.113.7 to a machine that is left out");
    }
    // One finding for a region, whatever else is set there.
    const settings = plan.ofType(...regionSettings);
    const first = settings.find((other) => sameRegion(other, subject));
    if (first !== subject) return judge.notApplicable("said of the region's first setting");
    const blocks = plan.ofType(options).filter((other) => sameRegion(other, subject));
    if (someOf(judge, blocks, () => true) === "no") {
      judge.fail({ urn: subject.urn, path: "" }, incoming);
    }
  },
  examples: publicAccessExamples,
};
