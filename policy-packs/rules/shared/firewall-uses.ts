/** Before what a web application firewall may stand (AWS WAF Developer Guide, "Resources that you can protect"). */
import type { Judge } from "../../../model/policy/rule.ts";
import type { Plan, PlannedResource } from "../../../model/policy/view.ts";
import { someOf } from "./some-of.ts";

/** By which a firewall comes to stand before something. */
const uses = [
  "aws:wafv2/webAclAssociation:WebAclAssociation",
  "aws:wafregional/webAclAssociation:WebAclAssociation",
];

/** Distributions name their firewall themselves. */
export const guardedTypes = {
  balancer: "aws:lb/loadBalancer:LoadBalancer",
  stage: "aws:apigateway/stage:Stage",
  graph: "aws:appsync/graphQLApi:GraphQLApi",
  userPool: "aws:cognito/userPool:UserPool",
  service: "aws:apprunner/service:Service",
  access: "aws:verifiedaccess/instance:Instance",
  app: "aws:amplify/app:App",
} as const;

/** Whether a planned firewall stands before the subject; doubts are told to the judge. */
export function isGuarded(
  judge: Judge,
  plan: Plan,
  subject: PlannedResource,
): "yes" | "no" | "open" {
  const guards = ({ inputs }: PlannedResource) => {
    const target = plan.follow(inputs.at("resourceArn"), ...Object.values(guardedTypes));
    return target.state === "resource" && target.resource === subject;
  };
  return someOf(judge, plan.ofType(...uses), guards);
}
