/** AWS Secrets Manager User Guide, "Resource-based policies": BlockPublicPolicy refuses such a policy, where it is asked for. */
import { publicPolicyRule } from "../shared/resource-policies.ts";

export const AI32f = publicPolicyRule({
  id: "AI32f",
  sentence: "No secret's policy lets everybody in.",
  why: "The secret is read from any account, and nobody has to break in for it.",
  fix: "Name the roles in Principal, and set blockPublicPolicy to true.",
  policies: {
    "aws:secretsmanager/secret:Secret": "policy",
    "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
  },
  action: "secretsmanager:GetSecretValue",
});
