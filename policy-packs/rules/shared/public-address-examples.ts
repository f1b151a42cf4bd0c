/** Machines with public addresses of every kind, and without. */
import type { Example } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import { alone } from "./alone.ts";

/** A machine at the price of the day. */
export const spotType = "aws:ec2/spotInstanceRequest:SpotInstanceRequest";

/** By launch, by the subnet, and by an elastic address. */
export const publicAddressExamples: readonly Example[] = [
  {
    kind: "violating",
    says: "asked for",
    expect: "fail",
    resources: alone(awsTypes.instance, { associatePublicIpAddress: true, subnetId: "subnet-1" }),
    path: "associatePublicIpAddress",
  },
  {
    kind: "violating",
    says: "no subnet: AWS takes the default one, which gives addresses",
    expect: "fail",
    resources: alone(spotType, { instanceType: "t3.micro" }),
    path: "associatePublicIpAddress",
  },
  {
    kind: "violating",
    says: "an elastic address",
    expect: "fail",
    resources: address(["machine"]),
    path: "instance",
  },
  {
    kind: "violating",
    says: "an address associated afterwards",
    expect: "fail",
    resources: alone(awsTypes.addressUse, { instanceId: "i-1", allocationId: "eipalloc-1" }),
    path: "instanceId",
  },
  {
    kind: "clean",
    says: "a private one",
    expect: "pass",
    resources: alone(awsTypes.instance, { associatePublicIpAddress: false }),
  },
  {
    kind: "clean",
    says: "what the subnet gives is the subnet's (AN14)",
    expect: "pass",
    resources: alone(awsTypes.instance, { subnetId: unknownHere }),
  },
  {
    kind: "clean",
    says: "the address of a NAT gateway",
    expect: "pass",
    resources: alone(awsTypes.address, { domain: "vpc" }),
  },
  {
    kind: "unknown",
    says: "whether it is asked for is not known",
    expect: "unknown",
    resources: alone(awsTypes.instance, { associatePublicIpAddress: unknownHere }),
    path: "associatePublicIpAddress",
  },
  {
    kind: "unknown",
    says: "what gets the address is not known",
    expect: "unknown",
    resources: address([]),
    path: "instance",
  },
  {
    kind: "absent",
    says: "nothing set",
    expect: "fail",
    resources: alone(awsTypes.instance, {}),
    path: "associatePublicIpAddress",
  },
];

function address(instance: readonly string[]) {
  return [
    {
      type: awsTypes.address,
      name: "address",
      props: { instance: unknownHere },
      dependsOn: { instance },
    },
    { type: awsTypes.instance, name: "machine", props: { subnetId: "subnet-1" } },
  ] as const;
}
