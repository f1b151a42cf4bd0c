/** A GitHub subject with a wildcard before the end of the repository's name. */
import { awsAudience } from "../../../model/identity/aws/trust-policy.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import {
  asksForSubject,
  githubKeys,
  isForGithub,
  roleTrust,
  roleType,
  webIdentityGrants,
} from "../../lift/role-trust.ts";
import { alone } from "../shared/alone.ts";
import { githubTrust } from "../shared/github-role.ts";
import { tryOutsiders } from "../shared/outsiders.ts";

export const AI02: Rule = {
  id: "AI02",
  sentence: "A role that trusts GitHub admits one repository, not what is named like it.",
  why: "Names in front of a wildcard are free to register: acme* is also acme-evil, and acme/* is every repository of the organisation.",
  severity: "critical",
  tenets: ["T6"],
  controls: ["AC-3", "AC-6", "IA-8"],
  fix: "Compare sub by StringEquals with the whole repo:OWNER@ID/REPOSITORY@ID:environment:NAME.",
  subjects: [roleType],
  needs: "resource",
  check: (subject, judge) => {
    const trust = roleTrust(subject);
    const grants = webIdentityGrants(trust).filter(isForGithub);
    // Without any condition on the subject the trust is AI01's.
    if (!grants.some(asksForSubject)) return judge.notApplicable("names no GitHub subject");
    const words = grants.flatMap(({ conditions }) => conditions.flatMap(({ values }) => values));
    const verdict = tryOutsiders({ cloud: "aws", document: trust.document }, words, awsAudience);
    if (verdict.state === "admitted") judge.fail(trust.at, verdict.witness);
    if (verdict.state === "undecided") {
      throw new Undecided(trust.at.urn, trust.at.path, "unreadable");
    }
  },
  examples: [
    {
      kind: "violating",
      says: "a wildcard before the repository",
      expect: "fail",
      resources: role({ StringLike: { [githubKeys.sub]: "repo:acme*/api:*" } }),
      path: "assumeRolePolicy",
      witness: "repo:acme-evil",
    },
    {
      kind: "violating",
      says: "every repository of the organisation",
      expect: "fail",
      resources: role({ StringLike: { [githubKeys.sub]: "repo:acme/*" } }),
      witness: "repository=acme/",
    },
    {
      kind: "clean",
      says: "the whole subject by ids",
      expect: "pass",
      resources: role({
        StringEquals: { [githubKeys.sub]: "repo:acme@1/api@2:environment:production" },
      }),
    },
    {
      kind: "clean",
      says: "StringEquals takes a star literally",
      expect: "pass",
      resources: role({ StringEquals: { [githubKeys.sub]: "repo:acme*" } }),
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
      says: "no condition on the subject is another rule's finding",
      expect: "not-applicable",
      resources: role({}),
    },
  ],
};

function role(condition: Json) {
  return alone(roleType, { assumeRolePolicy: githubTrust(condition) });
}
