/** AWS PrivateLink Guide, "Access AWS services through AWS PrivateLink". */
import { internet } from "../../../model/network/intent.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import { marksOf } from "../../lift/marks.ts";
import { endpointExamples } from "../shared/endpoint-examples.ts";
import { segmentationType } from "../shared/network-plans.ts";
import { networkIntentOf } from "../shared/network-proof.ts";
import { privateSubnets } from "../shared/private-subnets.ts";
import { quietly, refersTo, tellDoubts } from "../shared/refers-to.ts";

/** What every workload calls: for its identity, its keys and its logs. */
const services = ["sts", "kms", "logs"];

export const X20: Rule = {
  id: "X20",
  sentence: "Private subnets reach STS, KMS and logs by endpoints, or by a declared flow.",
  why: "A way to the internet is kept open for the cloud's own interfaces, and whoever takes over a machine leaves by it.",
  // Requests are signed and encrypted on either way: what is missing is a limit, not protection.
  severity: "low",
  level: "advisory",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  fix: "Plan VpcEndpoints of type Interface for sts, kms and logs, with policies of their own; or declare the flow to the internet.",
  subjects: [awsTypes.vpc],
  needs: "plan",
  check: (subject, judge, plan) => {
    const { of, doubts } = privateSubnets(plan);
    const subnets = of(subject).filter((subnet) => !callsByFlow(subnet, plan));
    if (subnets.length === 0) {
      for (const doubt of doubts) judge.open(doubt);
      return judge.notApplicable("no subnet that reaches the internet by translation only");
    }
    const answers = services.map((service) => {
      const serves = ({ inputs }: PlannedResource) =>
        refersTo(plan, inputs.at("vpcId"), subject) &&
        (inputs.at("serviceName").text() ?? "").replace(/-fips$/, "").endsWith(`.${service}`);
      return { service, answer: quietly(judge, plan.ofType(awsTypes.vpcEndpoint), serves) };
    });
    const missing = answers.filter(({ answer }) => answer.is === "no");
    if (missing.length > 0) {
      const names = missing.map(({ service }) => service).join(", ");
      judge.fail(
        { urn: subject.urn, path: "" },
        `a call from ${subnets[0]?.name} to ${names} through the NAT gateway, like one to anybody`,
      );
    }
    tellDoubts(judge, ...answers.map(({ answer }) => answer));
  },
  examples: endpointExamples,
};

/** Whether an intent in the plan says that the subnet's segment calls the internet. */
function callsByFlow(subnet: PlannedResource, plan: Plan): boolean {
  const intents = plan.ofType(segmentationType);
  if (intents.length === 0) return false;
  const segment = marksOf(subnet)?.segment;
  return intents.some((one) =>
    networkIntentOf(one).flows.some(
      ({ from, to }) => to === internet && from.split("@")[0] === segment,
    ),
  );
}
