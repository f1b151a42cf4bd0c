/** Defaults of a region, with the block of public access and without. */
import type { Example } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "./alone.ts";

/** The block, and what is left out of it. */
export const blockTypes = {
  options: "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
  exclusion: "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion",
} as const;

const { options, exclusion } = blockTypes;

const setting = (name: string) => ({
  type: "aws:ebs/encryptionByDefault:EncryptionByDefault",
  name,
  props: { enabled: true },
});
const block = (internetGatewayBlockMode: string) => ({
  type: options,
  name: "block",
  props: { internetGatewayBlockMode },
});

/** With what the rule asks for, and without. */
export const publicAccessExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "switched off",
    expect: "fail",
    resources: [block("off")],
    path: "internetGatewayBlockMode",
  },
  {
    kind: "violating",
    says: "a VPC left out in both directions",
    expect: "fail",
    resources: alone(exclusion, {
      vpcId: "vpc-1",
      internetGatewayExclusionMode: "allow-bidirectional",
    }),
    path: "internetGatewayExclusionMode",
  },
  {
    kind: "clean",
    says: "only answers come in",
    expect: "pass",
    resources: [block("block-ingress")],
  },
  {
    kind: "clean",
    says: "a region's defaults with the block",
    expect: "pass",
    resources: [setting("encryption"), block("block-bidirectional")],
  },
  {
    kind: "unknown",
    says: "the mode is not known",
    expect: "unknown",
    resources: [block(unknownHere)],
    path: "internetGatewayBlockMode",
  },
  {
    kind: "absent",
    says: "a region's defaults without the block",
    expect: "fail",
    resources: [setting("encryption")],
  },
];
