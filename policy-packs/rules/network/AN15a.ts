/** Amazon EC2 User Guide, "Amazon EC2 instance IP addressing": by launch, or by an elastic address. */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import { alone } from "../shared/alone.ts";
import { iso } from "../shared/benchmarks.ts";

const spot = "aws:ec2/spotInstanceRequest:SpotInstanceRequest";
const witness = "a packet from 203.0.113.7 to the machine's public address";

export const AN15a: Rule = {
  id: "AN15a",
  sentence: "No machine has a public address.",
  why: "The machine can be called by everybody whom its groups do not stop, and one mistake in them is enough.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  frameworks: [iso("aws", "A.8.20", "ec2_instance_public_ip")],
  fix: "Set associatePublicIpAddress to false in a private subnet, and let a load balancer or a session service lead to it.",
  subjects: [awsTypes.instance, spot, awsTypes.address, awsTypes.addressUse],
  needs: "plan",
  check: (subject, judge, plan) => {
    if (subject.type === awsTypes.address) return judgeAddress(subject, judge, plan, "instance");
    if (subject.type === awsTypes.addressUse) {
      return judgeAddress(subject, judge, plan, "instanceId");
    }
    judgeMachine(subject, judge);
  },
  examples: [
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
      resources: alone(spot, { instanceType: "t3.micro" }),
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
  ],
};

function judgeAddress(subject: PlannedResource, judge: Judge, plan: Plan, key: string): void {
  const property = subject.inputs.at(key);
  const target = plan.follow(property, awsTypes.instance, spot);
  if (target.state === "absent" || (target.state === "outside" && target.value === "")) return;
  judge.fail(property, witness);
}

/** Where nothing is said, the subnet decides; a template or an interface may name another one. */
function judgeMachine({ inputs }: PlannedResource, judge: Judge): void {
  const asked = inputs.at("associatePublicIpAddress");
  if (asked.flag() === true) judge.fail(asked, witness);
  if (asked.state === "known") return;
  const elsewhere = ["subnetId", "launchTemplate", "networkInterfaces", "primaryNetworkInterface"];
  if (elsewhere.some((key) => inputs.at(key).state !== "absent")) return;
  judge.fail(asked, `${witness}, which the default subnet gives`);
}

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
