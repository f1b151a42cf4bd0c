/** Google Cloud, "Best practices for workload identity federation": a multi-tenant issuer needs a condition. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";
import { isAlwaysTrue } from "../shared/always-true.ts";

const type = "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider";

export const GI01: Rule = {
  id: "GI01",
  sentence: "A workload identity provider has a condition on the tokens it takes.",
  why: "Everybody whom the issuer serves gets an identity in the pool, and with it whatever the pool's members may do.",
  severity: "critical",
  tenets: ["T6"],
  controls: ["AC-3", "IA-8"],
  fix: "Set attributeCondition to the repository's immutable ids, e.g. assertion.repository_id == '2'.",
  subjects: [type],
  needs: "resource",
  check: (subject, judge) => {
    const condition = subject.inputs.at("attributeCondition");
    if (!isAlwaysTrue(condition.text() ?? "")) return;
    const issuer = subject.inputs.at("oidc", "issuerUri");
    const who = issuer.state === "known" ? (issuer.text() ?? "") : "the issuer";
    judge.fail(condition, `any token that ${who === "" ? "the issuer" : who} signs`);
  },
  examples: [
    {
      kind: "violating",
      says: "a constant",
      expect: "fail",
      resources: alone(type, {
        oidc: { issuerUri: "https://token.actions.githubusercontent.com" },
        attributeCondition: "true",
      }),
      path: "attributeCondition",
      witness: "token.actions.githubusercontent.com",
    },
    {
      kind: "violating",
      says: "a constant beside what is asked for",
      expect: "fail",
      resources: alone(type, {
        attributeCondition: "assertion.repository_id == '2' || (1 == 1)",
      }),
      path: "attributeCondition",
    },
    {
      kind: "clean",
      says: "one of two repositories, in production",
      expect: "pass",
      resources: alone(type, {
        attributeCondition:
          "(assertion.repository_id == '2' || assertion.repository_id == '3') && assertion.environment == 'production'",
      }),
    },
    {
      kind: "clean",
      says: "one repository by id",
      expect: "pass",
      resources: alone(type, { attributeCondition: "assertion.repository_id == '2'" }),
    },
    {
      kind: "unknown",
      says: "the condition is not known",
      expect: "unknown",
      resources: alone(type, { attributeCondition: unknownHere }),
      path: "attributeCondition",
    },
    {
      kind: "absent",
      says: "no condition",
      expect: "fail",
      resources: alone(type, {}),
      path: "attributeCondition",
    },
  ],
};
