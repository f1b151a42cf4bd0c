/** IAM User Guide, "Configuring a role for GitHub OIDC": without `sub`, anybody's job gets in. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import {
  asksForSubject,
  githubKeys,
  roleTrust,
  roleType,
  webIdentityGrants,
} from "../../lift/role-trust.ts";
import { alone } from "../shared/alone.ts";
import { githubTrust } from "../shared/github-role.ts";

const audience = { StringEquals: { [githubKeys.aud]: "sts.amazonaws.com" } };

export const AI01: Rule = {
  id: "AI01",
  sentence: "A role that trusts an OpenID Connect provider says whose tokens it accepts.",
  why: "Providers such as GitHub serve everybody: without a condition on the subject, any of their users becomes the role.",
  severity: "critical",
  tenets: ["T6"],
  controls: ["AC-3", "IA-8"],
  fix: "Add a StringEquals condition on the provider's sub with the exact repository, by its ids, and environment.",
  subjects: [roleType],
  needs: "resource",
  check: (subject, judge) => {
    const trust = roleTrust(subject);
    const grants = webIdentityGrants(trust);
    if (grants.length === 0) return judge.notApplicable("no OpenID Connect provider is trusted");
    for (const statement of grants.filter((grant) => !asksForSubject(grant))) {
      const providers = statement.principals.map(({ value }) => value.split("/").at(-1));
      judge.fail(
        trust.at,
        `a token about anybody from ${providers.join(", ")}, let in by ${statement.label}`,
      );
    }
  },
  examples: [
    {
      kind: "violating",
      says: "GitHub with nothing but an audience",
      expect: "fail",
      resources: alone(roleType, { assumeRolePolicy: githubTrust(audience) }),
      path: "assumeRolePolicy",
      witness: "token.actions.githubusercontent.com",
    },
    {
      kind: "clean",
      says: "one repository and environment",
      expect: "pass",
      resources: alone(roleType, {
        assumeRolePolicy: githubTrust({
          StringEquals: {
            [githubKeys.aud]: "sts.amazonaws.com",
            [githubKeys.sub]: "repo:acme@1/api@2:environment:production",
          },
        }),
      }),
    },
    {
      kind: "unknown",
      says: "the policy is not known",
      expect: "unknown",
      resources: alone(roleType, { assumeRolePolicy: unknownHere }),
      path: "assumeRolePolicy",
    },
    {
      kind: "absent",
      says: "a role for a service",
      expect: "not-applicable",
      resources: alone(roleType, {
        assumeRolePolicy: {
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "eks.amazonaws.com" },
              Action: "sts:AssumeRole",
            },
          ],
        },
      }),
    },
  ],
};
