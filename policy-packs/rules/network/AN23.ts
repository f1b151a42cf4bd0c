/** AWS PrivateLink Guide, "Control access to VPC endpoints using endpoint policies". */
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { PlannedResource, View } from "../../../model/policy/view.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import { endpointPolicyExamples, endpointPolicyType } from "../shared/endpoint-policy-examples.ts";
import { speaksOfEverybody, statementsOf, textsOf } from "../shared/policy-document.ts";
import { refersTo } from "../shared/refers-to.ts";
import { someOf } from "../shared/some-of.ts";

const witness = "a call with an attacker's own key to an account of his own";

export const AN23: Rule = {
  id: "AN23",
  sentence: "The policy of a VPC endpoint names who may do what.",
  why: "By an open endpoint, data leaves for anybody's account, over a path that no firewall sees.",
  severity: "medium",
  tenets: ["T2", "T6"],
  controls: ["AC-4", "AC-3", "SC-7"],
  fix: "Write a policy with the principals, actions and resources, or with aws:PrincipalOrgID and aws:ResourceOrgID.",
  subjects: [awsTypes.vpcEndpoint, endpointPolicyType],
  needs: "plan",
  check: (subject, judge, plan) => {
    const policy = subject.inputs.at("policy");
    if (subject.type === endpointPolicyType) return judgePolicy(judge, policy);
    if (!takesPolicy(subject)) return judge.notApplicable("such an endpoint takes no policy");
    if (policy.state !== "absent") return judgePolicy(judge, policy);
    const own = (other: PlannedResource) =>
      refersTo(plan, other.inputs.at("vpcEndpointId"), subject);
    if (someOf(judge, plan.ofType(endpointPolicyType), own) === "no") {
      judge.fail(policy, `${witness} (no policy: AWS's own allows everything)`);
    }
  },
  examples: endpointPolicyExamples,
};

/** Gateway endpoints, and interfaces of AWS's services; not those of others or of appliances. */
function takesPolicy({ inputs }: PlannedResource): boolean {
  const type = inputs.at("vpcEndpointType").text() ?? "Gateway";
  if (type === "Gateway") return true;
  return type === "Interface" && !/\.vpce\./.test(inputs.at("serviceName").text() ?? "");
}

function judgePolicy(judge: Judge, policy: View): void {
  for (const statement of statementsOf(policy)) {
    judge.part(() => {
      if (statement.at("Effect").text() !== "Allow") return;
      // Conditions narrow; whether enough is a person's to say.
      if (statement.at("Condition").plain() !== undefined) return;
      const actions = textsOf(statement.at("Action"));
      const every = actions.some((action) => /^([a-z0-9-]+:)?\*$/.test(action));
      if (!every || !textsOf(statement.at("Resource")).includes("*")) return;
      if (speaksOfEverybody(statement)) judge.fail(statement.at("Action"), witness);
    });
  }
}
