/** Amazon ECR User Guide, "Private repository policies": a private repository may be opened to every account. */
import { publicPolicyRule } from "../shared/resource-policies.ts";

export const AI32e = publicPolicyRule({
  id: "AI32e",
  sentence: "No container repository's policy lets everybody in.",
  why: "Anybody pulls the images and what is left in them, or pushes one that we then run.",
  fix: "Name the accounts in Principal, or ask for aws:PrincipalOrgID.",
  policies: {
    "aws:ecr/registryPolicy:RegistryPolicy": "policy",
    "aws:ecr/repositoryPolicy:RepositoryPolicy": "policy",
  },
  action: "ecr:BatchGetImage",
});
