/** Amazon API Gateway Developer Guide, "Control access to a REST API with resource policies". */
import { publicPolicyRule } from "../shared/resource-policies.ts";

export const AI32k = publicPolicyRule({
  id: "AI32k",
  sentence: "No REST API's policy lets everybody in.",
  why: "A policy that admits everybody decides nothing: each method that asks no more is open to the world.",
  fix: "Name the accounts in Principal, or ask for aws:SourceVpce or aws:PrincipalOrgID.",
  policies: {
    "aws:apigateway/restApi:RestApi": "policy",
    "aws:apigateway/restApiPolicy:RestApiPolicy": "policy",
  },
  action: "execute-api:Invoke",
});
