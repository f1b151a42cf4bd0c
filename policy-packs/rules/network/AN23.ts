/** AWS PrivateLink Guide, "Control access to VPC endpoints using endpoint policies". */
import type { Example, ExampleResource, Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, PlannedResource, View } from "../../../model/policy/view.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import { referring } from "../shared/log-stores.ts";
import { statementsOf, textsOf } from "../shared/policy-document.ts";
import { refersTo } from "../shared/refers-to.ts";
import { someOf } from "../shared/some-of.ts";

const policyType = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy";
const witness = "a call with an attacker's own key to an account of his own";

export const AN23: Rule = {
  id: "AN23",
  sentence: "The policy of a VPC endpoint names who may do what.",
  why: "By an open endpoint, data leaves for anybody's account, over a path that no firewall sees.",
  severity: "medium",
  tenets: ["T2", "T6"],
  controls: ["AC-4", "AC-3", "SC-7"],
  fix: "Write a policy with the principals, actions and resources, or with aws:PrincipalOrgID and aws:ResourceOrgID.",
  subjects: [awsTypes.vpcEndpoint, policyType],
  needs: "plan",
  check: (subject, judge, plan) => {
    const policy = subject.inputs.at("policy");
    if (subject.type === policyType) return judgePolicy(judge, policy);
    if (!takesPolicy(subject)) return judge.notApplicable("such an endpoint takes no policy");
    if (policy.state !== "absent") return judgePolicy(judge, policy);
    const own = (other: PlannedResource) =>
      refersTo(plan, other.inputs.at("vpcEndpointId"), subject);
    if (someOf(judge, plan.ofType(policyType), own) === "no") {
      judge.fail(policy, `${witness} (no policy: AWS's own allows everything)`);
    }
  },
  examples: examples(),
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
      if (isAnybody(statement.at("Principal"))) judge.fail(statement.at("Action"), witness);
    });
  }
}

function isAnybody(principal: View): boolean {
  const plain = principal.plain();
  if (typeof plain === "string") return plain === "*";
  return textsOf(principal.at("AWS")).includes("*");
}

function examples(): readonly Example[] {
  const open = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
  const endpoint = (props: { readonly [key: string]: Json }): ExampleResource => ({
    type: awsTypes.vpcEndpoint,
    name: "endpoint",
    props: { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-central-1.s3", ...props },
  });
  const withPolicy = (statement: Json) =>
    endpoint({ policy: JSON.stringify({ Version: "2012-10-17", Statement: statement }) });
  const apart = (statement: Json) =>
    referring(policyType, "policy", "vpcEndpointId", "endpoint", {
      policy: { Statement: statement },
    });
  const narrow = { ...open, Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::shop/*"] };
  return [
    {
      kind: "violating",
      says: "what AWS itself writes",
      expect: "fail",
      resources: [withPolicy([open])],
      path: "policy.Statement[0].Action",
    },
    {
      kind: "violating",
      says: "every action of the service, in a policy of its own",
      expect: "fail",
      resources: [
        apart([narrow, { ...open, Principal: { AWS: ["*"] }, Action: "s3:*" }]),
        endpoint({}),
      ],
      path: "policy.Statement[1].Action",
    },
    { kind: "clean", says: "one bucket", expect: "pass", resources: [withPolicy(narrow)] },
    {
      kind: "clean",
      says: "one's own organisation",
      expect: "pass",
      resources: [
        withPolicy({ ...open, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
      ],
    },
    {
      kind: "clean",
      says: "a policy planned beside it",
      expect: "pass",
      resources: [endpoint({}), apart([narrow])],
    },
    {
      kind: "clean",
      says: "a service of somebody else",
      expect: "not-applicable",
      resources: [
        endpoint({
          vpcEndpointType: "Interface",
          serviceName: "com.amazonaws.vpce.eu-central-1.vpce-svc-1",
        }),
      ],
    },
    {
      kind: "unknown",
      says: "the policy is not known",
      expect: "unknown",
      resources: [endpoint({ policy: unknownHere })],
      path: "policy",
    },
    {
      kind: "absent",
      says: "no policy",
      expect: "fail",
      resources: [endpoint({})],
      path: "policy",
    },
  ];
}
