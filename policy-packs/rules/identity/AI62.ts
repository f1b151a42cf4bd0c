/** IAM User Guide, "Cross-account resource access": a policy on a resource may name principals of other accounts. */
import { textList } from "../../../model/policy/parameter.ts";
import type { Example, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { namedBy, statementsOf, textsOf } from "../shared/policy-document.ts";
import { resourcePolicies } from "../shared/resource-policies.ts";
import { isNarrowed } from "../shared/statement-rule.ts";

const topic = "aws:sns/topicPolicy:TopicPolicy";

export const AI62: Rule = {
  id: "AI62",
  sentence: "No policy on a resource lets in an account that nobody reviewed.",
  why: "Whoever holds the other account, or takes it over, reads and writes here without being seen by anybody of ours.",
  severity: "high",
  tenets: ["T4", "T6"],
  controls: ["AC-3", "AC-4", "AC-20"],
  fix: "Take the account out of Principal, ask for aws:PrincipalOrgID, or have it reviewed and added to the parameter accounts.",
  parameters: {
    accounts: textList(
      "AWS accounts that were reviewed, those of one's own among them",
      "a list of account ids such as 111122223333",
      /^\d{12}$/,
    ),
  },
  subjects: Object.keys(resourcePolicies),
  needs: "resource",
  check: ({ type, inputs }, judge) => {
    const document = inputs.at(resourcePolicies[type] ?? "policy");
    if (document.state === "absent") return judge.notApplicable("no policy stands here");
    const reviewed = judge.parameter("accounts") as readonly string[];
    for (const statement of statementsOf(document)) {
      judge.part(() => {
        const named = accountsIn(statement);
        // The resource's own account is in its ARN; where that says nothing, the list alone tells.
        const own = accountsOf(
          textsOf(statement.at("Resource")),
          /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/,
        );
        if (own.length === 0 && reviewed.length === 0) return;
        const strange = named.find((one) => ![...own, ...reviewed].includes(one));
        if (strange === undefined || isNarrowed(statement)) return;
        judge.fail(statement.at("Principal"), `a call by any identity that ${strange} lets`);
      });
    }
  },
  examples: examples(),
};

/** Accounts that an allowing statement names. */
function accountsIn(statement: View): readonly string[] {
  if (statement.at("Effect").text() !== "Allow") return [];
  const named = namedBy(statement.at("Principal"));
  if (named.includes("*")) return [];
  return accountsOf(named, /^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::|$)/);
}

function accountsOf(texts: readonly string[], pattern: RegExp): readonly string[] {
  return texts.flatMap((text) => pattern.exec(text)?.[1] ?? []);
}

function examples(): Example[] {
  const ours = "arn:aws:sns:eu-central-1:111122223333:orders";
  const policy = (account: string, more: { readonly [key: string]: Json } = {}) => ({
    policy: JSON.stringify({
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${account}:root` },
          Action: "sns:Subscribe",
          Resource: ours,
          ...more,
        },
      ],
    }),
  });
  return [
    {
      kind: "violating",
      says: "another account",
      expect: "fail",
      resources: alone(topic, policy("444455556666")),
      path: "policy.Statement[0].Principal",
      witness: "444455556666",
    },
    {
      kind: "violating",
      says: "an account that is not on the list, where the resource says nothing",
      expect: "fail",
      parameters: { accounts: ["111122223333"] },
      resources: alone(topic, policy("444455556666", { Resource: "*" })),
    },
    {
      kind: "clean",
      says: "its own account",
      expect: "pass",
      resources: alone(topic, policy("111122223333")),
    },
    {
      kind: "clean",
      says: "a reviewed account",
      expect: "pass",
      parameters: { accounts: ["444455556666"] },
      resources: alone(topic, policy("444455556666")),
    },
    {
      kind: "unknown",
      says: "the policy is not known",
      expect: "unknown",
      resources: alone(topic, { policy: unknownHere }),
      path: "policy",
    },
    {
      kind: "absent",
      says: "no policy",
      expect: "not-applicable",
      resources: alone(topic, {}),
    },
  ];
}
