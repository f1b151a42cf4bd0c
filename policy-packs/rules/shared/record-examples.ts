/** The records of a network, complete or with a gap. */
import type { Example, ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import { referring } from "./log-stores.ts";

/** What records flows, names and changes. */
export const recordTypes = {
  flows: "aws:ec2/flowLog:FlowLog",
  names: "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation",
  trail: "aws:cloudtrail/trail:Trail",
} as const;

const vpc: ExampleResource = {
  type: awsTypes.vpc,
  name: "vpc",
  props: { cidrBlock: "10.1.0.0/16" },
};
const flows = referring(recordTypes.flows, "flows", "vpcId", "vpc");
const names = referring(recordTypes.names, "names", "resourceId", "vpc");

function trail(enableLogging: boolean | string): ExampleResource {
  return { type: recordTypes.trail, name: "trail", props: { enableLogging } };
}

/** With one of them missing, switched off or not known. */
export const recordExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "names are not recorded",
    expect: "fail",
    resources: [vpc, flows],
    path: "",
    witness: "names that",
  },
  {
    kind: "clean",
    says: "flows are not recorded, which is another rule's",
    expect: "pass",
    resources: [vpc, names],
  },
  {
    kind: "violating",
    says: "the trail is off",
    expect: "fail",
    resources: [vpc, flows, names, trail(false)],
    witness: "changes that",
  },
  { kind: "clean", says: "all three", expect: "pass", resources: [vpc, flows, names, trail(true)] },
  {
    kind: "clean",
    says: "the trail is another stack's",
    expect: "pass",
    resources: [vpc, flows, names],
  },
  {
    kind: "unknown",
    says: "whether the trail is on is not known",
    expect: "unknown",
    resources: [vpc, flows, names, trail(unknownHere)],
    path: "enableLogging",
  },
  {
    kind: "unknown",
    says: "whose names are recorded is not known",
    expect: "unknown",
    resources: [vpc, flows, { ...names, dependsOn: {} }],
    path: "resourceId",
  },
  { kind: "absent", says: "no record at all", expect: "fail", resources: [vpc] },
];
