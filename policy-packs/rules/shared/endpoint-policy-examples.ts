/** Endpoints of AWS's services, and what their policies let through. */
import type { Example, ExampleResource } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import { referring } from "./log-stores.ts";

/** A policy planned beside its endpoint. */
export const endpointPolicyType = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy";

const open = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
const endpoint = (props: { readonly [key: string]: Json }): ExampleResource => ({
  type: awsTypes.vpcEndpoint,
  name: "endpoint",
  props: { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-central-1.s3", ...props },
});
const withPolicy = (statement: Json) =>
  endpoint({ policy: JSON.stringify({ Version: "2012-10-17", Statement: statement }) });
const apart = (statement: Json) =>
  referring(endpointPolicyType, "policy", "vpcEndpointId", "endpoint", {
    policy: { Statement: statement },
  });
const narrow = { ...open, Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::shop/*"] };

/** With what the rule asks for, and without. */
export const endpointPolicyExamples: readonly Example[] = [
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
