/** Amazon EC2 User Guide, "Amazon EC2 instance IP addressing": by launch, or by an elastic address. */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import { iso } from "../shared/benchmarks.ts";
import { publicAddressExamples, spotType } from "../shared/public-address-examples.ts";

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
  subjects: [awsTypes.instance, spotType, awsTypes.address, awsTypes.addressUse],
  needs: "plan",
  check: (subject, judge, plan) => {
    if (subject.type === awsTypes.address) return judgeAddress(subject, judge, plan, "instance");
    if (subject.type === awsTypes.addressUse) {
      return judgeAddress(subject, judge, plan, "instanceId");
    }
    judgeMachine(subject, judge);
  },
  examples: publicAddressExamples,
};

function judgeAddress(subject: PlannedResource, judge: Judge, plan: Plan, key: string): void {
  const property = subject.inputs.at(key);
  const target = plan.follow(property, awsTypes.instance, spotType);
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
