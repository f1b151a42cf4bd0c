/** Amazon VPC User Guide, "Default VPCs": every subnet of it is public. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { awsTypes, subnetTypes, vpcTypes } from "../../lift/aws/types.ts";
import { alone } from "../shared/alone.ts";

const ownTypes: readonly string[] = [awsTypes.defaultVpc, awsTypes.defaultSubnet];

export const AN12: Rule = {
  id: "AN12",
  sentence: "The VPC that AWS made by itself is not used.",
  why: "All of its subnets route to the internet and give public addresses; whoever names no network ends up in it.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4", "CM-6"],
  fix: "Plan a Vpc with Subnets for its segments, and delete the default VPC of each region.",
  subjects: [...vpcTypes, ...subnetTypes],
  needs: "resource",
  check: (subject, judge) => {
    if (!ownTypes.includes(subject.type)) return;
    judge.fail(
      { urn: subject.urn, path: "" },
      "a machine started without a subnet has a public address and a route to everybody",
    );
  },
  examples: [
    {
      kind: "violating",
      says: "the default VPC, adopted",
      expect: "fail",
      resources: alone(awsTypes.defaultVpc, { tags: { Name: "default" } }),
      path: "",
    },
    {
      kind: "violating",
      says: "a default subnet, adopted",
      expect: "fail",
      resources: alone(awsTypes.defaultSubnet, { availabilityZone: "eu-central-1a" }),
    },
    {
      kind: "clean",
      says: "a VPC of one's own",
      expect: "pass",
      resources: alone(awsTypes.vpc, { cidrBlock: "10.1.0.0/16" }),
    },
    {
      kind: "unknown",
      says: "that it is the default one is always known",
      expect: "fail",
      resources: alone(awsTypes.defaultVpc, { enableDnsHostnames: unknownHere }),
    },
    {
      kind: "absent",
      says: "nothing set",
      expect: "pass",
      resources: alone(awsTypes.subnet, {}),
    },
  ],
};
