/** Policies that stand on AWS resources and say who else may use them. */
import { parseDocument } from "../../../model/identity/aws/document.ts";
import { admitStranger } from "../../../model/identity/aws/resource-policy.ts";
import type { Example, Judge, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json, Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { alone } from "./alone.ts";
import { statementsOf } from "./policy-document.ts";

/** By canonical type the property with the policy. */
export const resourcePolicies: Readonly<Record<string, string>> = {
  "aws:backup/vaultPolicy:VaultPolicy": "policy",
  "aws:ecr/repositoryPolicy:RepositoryPolicy": "policy",
  "aws:efs/fileSystemPolicy:FileSystemPolicy": "policy",
  "aws:glacier/vault:Vault": "accessPolicy",
  "aws:kms/key:Key": "policy",
  "aws:kms/keyPolicy:KeyPolicy": "policy",
  "aws:s3/bucket:Bucket": "policy",
  "aws:s3/bucketPolicy:BucketPolicy": "policy",
  "aws:secretsmanager/secret:Secret": "policy",
  "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
  "aws:sns/topic:Topic": "policy",
  "aws:sns/topicPolicy:TopicPolicy": "policy",
  "aws:sqs/queue:Queue": "policy",
  "aws:sqs/queuePolicy:QueuePolicy": "policy",
};

const elements = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Condition"];

/** Why the document lets strangers in, on whatever resources, if it does. Throws `Undecided`. */
export function strangersBecause(document: View): string | undefined {
  const Statement = statementsOf(document).map((statement) =>
    Object.fromEntries(
      elements
        .map((element) => [element, statement.at(element).plain()])
        .filter(([, value]) => value !== undefined),
    ),
  );
  if (Statement.length === 0) return undefined;
  const statements = parseDocument({ Statement });
  const verdict = statements === undefined ? undefined : admitStranger(statements);
  if (verdict === undefined || verdict.outcome === "undecided") {
    throw new Undecided(document.urn, document.path, "unreadable");
  }
  return verdict.outcome === "admitted" ? verdict.because : undefined;
}

/** Fails where the document lets strangers in. Throws `Undecided`. */
export function judgeStrangers(document: View, judge: Judge): void {
  const because = strangersBecause(document);
  if (because !== undefined) {
    judge.fail(document, `a call from anybody's account, let in by ${because}`);
  }
}

interface Words extends Pick<Rule, "id" | "sentence" | "why" | "fix"> {
  /** By canonical type the property with the policy. */
  readonly policies: Readonly<Record<string, string>>;
  /** By canonical type of single permissions with a `principal` the properties that narrow it. */
  readonly permissions?: Readonly<Record<string, readonly [string, ...string[]]>>;
  /** An action of the service, for the examples. */
  readonly action: string;
  /** Why the policy does not decide alone, where something else asks callers. */
  readonly unless?: (subject: PlannedResource, plan: Plan) => string | undefined;
  readonly more?: readonly Example[];
}

/** A rule about the policies on the resources of one service. */
export function publicPolicyRule(rule: Words): Rule {
  const { policies, permissions = {}, action, unless, more = [], ...words } = rule;
  return {
    ...words,
    severity: "critical",
    tenets: ["T2", "T6"],
    controls: ["AC-3", "SC-7"],
    subjects: [...Object.keys(policies), ...Object.keys(permissions)],
    needs: unless === undefined ? "resource" : "plan",
    check: (subject, judge, plan) => {
      const narrowing = permissions[subject.type];
      if (narrowing !== undefined) return judgePermission(subject, narrowing, judge);
      const document = subject.inputs.at(policies[subject.type] ?? "policy");
      if (document.state === "absent") return judge.notApplicable("no policy stands here");
      const reason = unless?.(subject, plan);
      if (reason !== undefined) return judge.notApplicable(reason);
      judgeStrangers(document, judge);
    },
    examples: [
      ...Object.entries(policies).flatMap(([type, property]) => examplesOf(type, property, action)),
      ...Object.entries(permissions).flatMap(([type, [narrowing]]) =>
        permissionExamples(type, narrowing),
      ),
      ...more,
    ],
  };
}

/** A permission for `*` is for everybody, unless it says of which organisation or source. */
function judgePermission(
  { inputs }: PlannedResource,
  narrowing: readonly string[],
  judge: Judge,
): void {
  const principal = inputs.at("principal");
  if (principal.text() !== "*") return;
  const narrowed = narrowing.some((key) => {
    const plain = inputs.at(key).plain() ?? "";
    return plain !== "" && plain !== "*";
  });
  if (!narrowed) judge.fail(principal, "a call from anybody's account");
}

function permissionExamples(type: string, narrowing: string): Example[] {
  return [
    {
      kind: "violating",
      says: `every account, in ${type}`,
      expect: "fail",
      resources: alone(type, { principal: "*" }),
      path: "principal",
    },
    {
      kind: "clean",
      says: `every account of an organisation, in ${type}`,
      expect: "pass",
      resources: alone(type, { principal: "*", [narrowing]: "o-acme12345" }),
    },
    {
      kind: "unknown",
      says: `the caller is not known, in ${type}`,
      expect: "unknown",
      resources: alone(type, { principal: unknownHere }),
      path: "principal",
    },
    {
      kind: "absent",
      says: `one account, in ${type}`,
      expect: "pass",
      resources: alone(type, { principal: "111122223333" }),
    },
  ];
}

/** A document of one statement about everybody. */
export function openTo(action: string, more: { readonly [key: string]: Json } = {}): string {
  const statement = { Effect: "Allow", Principal: "*", Action: action, Resource: "*", ...more };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

function examplesOf(type: string, property: string, action: string): Example[] {
  const own = (Condition: Json) => alone(type, { [property]: openTo(action, { Condition }) });
  return [
    {
      kind: "violating",
      says: `everybody, in ${type}`,
      expect: "fail",
      resources: alone(type, { [property]: openTo(action) }),
      path: property,
      witness: "anybody's account",
    },
    {
      kind: "violating",
      says: `every account, by TLS, in ${type}`,
      expect: "fail",
      resources: alone(type, {
        [property]: openTo(action, {
          Principal: { AWS: ["*"] },
          Condition: { Bool: { "aws:SecureTransport": "true" } },
        }),
      }),
      path: property,
    },
    {
      kind: "clean",
      says: `everybody of the organisation, in ${type}`,
      expect: "pass",
      resources: own({ StringEquals: { "aws:PrincipalOrgID": "o-acme12345" } }),
    },
    {
      kind: "clean",
      says: `by one endpoint, in ${type}`,
      expect: "pass",
      resources: own({ StringEquals: { "aws:SourceVpce": "vpce-1a2b3c4d" } }),
    },
    {
      kind: "unknown",
      says: `the policy of ${type} is not known`,
      expect: "unknown",
      resources: alone(type, { [property]: unknownHere }),
      path: property,
    },
    {
      kind: "absent",
      says: `no policy in ${type}`,
      expect: "not-applicable",
      resources: alone(type, {}),
    },
  ];
}
