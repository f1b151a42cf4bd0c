/**
 * What a user or role holds (IAM user guide, "Identity-based policies and resource-based policies",
 * "IAM user groups", "Permissions boundaries for IAM entities").
 */

import { evaluatePolicy } from "../../probe/token/aws/evaluate.ts";
import { parsePolicy } from "../../probe/token/aws/policy.ts";
import type { Request } from "../../probe/token/aws/request.ts";
import {
  boundaryOf,
  type HeldPolicy,
  managedPolicy,
  policiesOf,
} from "../../probe/token/aws/roles.ts";
import { type Live, type LiveWorld, textAt, textsAt } from "../../probe/token/live.ts";
import { because, type Check, no, type Reason, unclear, yes } from "../../probe/token/verdict.ts";
import type { AwsActor } from "./actor.ts";

const evaluation = "IAM user guide, Policy evaluation logic";
const boundaries = "IAM user guide, Permissions boundaries for IAM entities";

/** What the actor's own policies say: an explicit deny, an allow, nothing, or that it cannot be told. */
export function identityAllows(live: LiveWorld, actor: AwsActor, request: Request): Check {
  if (actor.kind === "anonymous") return nobodyAllows(request);
  if (actor.live === undefined) return rootAllows(actor);
  const held =
    actor.kind === "user" ? policiesOfUser(live, actor.live) : policiesOf(live, actor.live);
  const answers = held.map(({ name, policy }) =>
    policy === undefined ? undefined : evaluatePolicy(policy, request, name),
  );
  const find = (test: (answer: Check) => boolean) =>
    answers.find((one) => one !== undefined && test(one));
  const decided =
    find(isExplicitDeny) ??
    find(({ says }) => says === "yes") ??
    find(({ says }) => says === "unclear");
  if (decided !== undefined) return decided;
  const unread = held.find(({ policy }) => policy === undefined);
  const reason: Reason = {
    stage: "identity policies",
    rule: "implicit deny",
    got: unread?.name ?? (held.map(({ name }) => name).join(", ") || "no policy"),
    wanted: `an Allow for ${request.action} on ${request.resource}`,
    source: evaluation,
  };
  return unread === undefined
    ? no(reason)
    : unclear({ ...reason, rule: "a document that is not in the world" });
}

/** Who does not sign has no policies. */
function nobodyAllows({ action, resource }: Request): Check {
  return no({
    stage: "identity policies",
    rule: "implicit deny",
    got: "a request without signature",
    wanted: `a resource policy that lets everybody do ${action} on ${resource}`,
    source: evaluation,
  });
}

/** The root of an account may do what no organization forbids ("AWS account root user"). */
function rootAllows(actor: AwsActor): Check {
  return because({
    stage: "identity policies",
    rule: "the root user has all permissions in its account",
    got: actor.arn,
    wanted: "",
    source: "IAM user guide, AWS account root user",
  });
}

/** What the boundary does not allow is not allowed. */
export function boundaryAllows(live: LiveWorld, actor: AwsActor, request: Request): Check {
  const boundary = actor.live === undefined ? undefined : boundaryOf(live, actor.live);
  if (boundary === undefined) return yes;
  const reason: Reason = {
    stage: "permissions boundary",
    rule: boundary.name,
    got: "a document that is not in the world",
    wanted: `${request.action} on ${request.resource}`,
    source: boundaries,
  };
  if (boundary.policy === undefined) return unclear(reason);
  const answer = evaluatePolicy(boundary.policy, request, "permissions boundary");
  return answer.says === "no" ? no({ ...answer.reason, source: boundaries }) : answer;
}

/** A session policy limits the session ("Session policies"). */
export function sessionAllows(document: string, request: Request): Check {
  if (document === "") return yes;
  const source = "IAM user guide, Policies and permissions: Session policies";
  const policy = parsePolicy(document);
  const reason = {
    stage: "session policy",
    rule: "sessionPolicy",
    got: document,
    wanted: "a policy",
    source,
  };
  if (policy === undefined) return unclear(reason);
  const answer = evaluatePolicy(policy, request, "session policy");
  return answer.says === "no" ? no({ ...answer.reason, source }) : answer;
}

/** Whether a refusal is by a Deny statement, which nothing outweighs. */
export function isExplicitDeny(check: Check): boolean {
  return check.says === "no" && /^explicit deny/.test(check.reason.rule);
}

/** Own policies of a user, and those of its groups. */
function policiesOfUser(live: LiveWorld, user: Live): readonly HeldPolicy[] {
  const name = textAt(user.properties, "name");
  const groups = groupsOf(live, user.account, name);
  const inAccount = (token: string) => live.of(token).filter((one) => one.account === user.account);
  const of = (token: string, key: string, names: readonly string[]) =>
    inAccount(token).filter((one) => names.includes(textAt(one.properties, key)));
  const attached = [
    ...of("aws:iam/userPolicyAttachment:UserPolicyAttachment", "user", [name]),
    ...of("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "group", groups),
    ...inAccount("aws:iam/policyAttachment:PolicyAttachment").filter(
      ({ properties }) =>
        textsAt(properties, "users").includes(name) ||
        textsAt(properties, "groups").some((group) => groups.includes(group)),
    ),
  ].map(({ properties }) => textAt(properties, "policyArn"));
  const inline = [
    ...of("aws:iam/userPolicy:UserPolicy", "user", [name]),
    ...of("aws:iam/groupPolicy:GroupPolicy", "group", groups),
  ];
  return [
    ...[...new Set(attached)].map((arn) => ({
      name: `policy ${arn}`,
      policy: managedPolicy(live, arn),
    })),
    ...inline.map(({ properties }) => ({
      name: `inline ${textAt(properties, "name")}`,
      policy: parsePolicy(properties["policy"]),
    })),
  ];
}

function groupsOf(live: LiveWorld, account: string, user: string): readonly string[] {
  const near = (token: string) => live.of(token).filter((one) => one.account === account);
  return [
    ...near("aws:iam/userGroupMembership:UserGroupMembership")
      .filter(({ properties }) => textAt(properties, "user") === user)
      .flatMap(({ properties }) => textsAt(properties, "groups")),
    ...near("aws:iam/groupMembership:GroupMembership")
      .filter(({ properties }) => textsAt(properties, "users").includes(user))
      .map(({ properties }) => textAt(properties, "group")),
  ];
}
