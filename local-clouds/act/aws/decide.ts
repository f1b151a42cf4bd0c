/**
 * Whether AWS lets a request through (IAM user guide, "Policy evaluation logic", "Cross-account policy
 * evaluation logic"): organization, resource policy, identity policies, boundary and session; a Deny
 * anywhere ends it.
 */

import { namesItself } from "../../probe/token/aws/assume-role.ts";
import { evaluatePolicy } from "../../probe/token/aws/evaluate.ts";
import { controlsAllow } from "../../probe/token/aws/organization.ts";
import { type Policy, parsePolicy } from "../../probe/token/aws/policy.ts";
import type { Request } from "../../probe/token/aws/request.ts";
import { type LiveWorld, textAt } from "../../probe/token/live.ts";
import { type Check, every, no, type Reason, unclear, yes } from "../../probe/token/verdict.ts";
import type { JsonObject } from "../../protocol/value.ts";
import type { Question } from "../question.ts";
import type { AwsActor } from "./actor.ts";
import { aclAllows, publicAllows, settingsAllow } from "./bucket-access.ts";
import { awsContext } from "./context.ts";
import { grantsAllow } from "./grants.ts";
import {
  boundaryAllows,
  identityAllows,
  isExplicitDeny,
  sessionAllows,
} from "./identity-policies.ts";
import type { AwsResource } from "./resource.ts";
import { type ResourcePolicy, resourcePolicyOf } from "./resource-policies.ts";

const crossAccount = "IAM user guide, Cross-account policy evaluation logic";

/** Whether an actor may take an action on a resource. */
export function decideAws(
  live: LiveWorld,
  actor: AwsActor,
  resource: AwsResource,
  question: Question,
  nowSeconds: number,
): Check {
  const { arn, account, kind, session } = actor;
  const request: Request = {
    principal: { kind: "AWS", arn, account, ...(kind === "role" ? { session } : {}) },
    action: question.action,
    resource: resource.arn,
    context: awsContext(live, actor, resource, question, nowSeconds),
  };
  const identity = identityAllows(live, actor, request);
  if (isExplicitDeny(identity)) return identity;
  return every([
    () => controlsAllow(live, account, request, "SERVICE_CONTROL_POLICY"),
    () => controlsAllow(live, resource.account, request, "RESOURCE_CONTROL_POLICY"),
    () => sessionAllows(textAt(question.context, "sessionPolicy"), request),
    () => settingsAllow(live, resource, question.action, question.with),
    () => byPolicies(live, actor, resource, request, identity, question.with),
  ]);
}

function byPolicies(
  live: LiveWorld,
  actor: AwsActor,
  resource: AwsResource,
  request: Request,
  identity: Check,
  given: JsonObject,
): Check {
  const held = resourcePolicyOf(live, request.action, resource);
  const boundary = () => boundaryAllows(live, actor, request);
  const own = () => every([boundary, () => identity]);
  const policy = held?.document === undefined ? undefined : parsePolicy(held.document);
  const said = held === undefined ? undefined : wordOf(held, policy, request);
  if (said !== undefined && isExplicitDeny(said.check)) return said.check;
  const word = firstYes([
    said,
    wordIn(grantsAllow(live, actor, resource, request.action, given)),
    wordIn(aclAllows(live, actor, resource, request.action)),
  ]);
  const isOpen = () => publicAllows(live, actor, resource, policy);
  if (actor.kind === "anonymous") return every([() => word?.check ?? identity, isOpen]);
  if (actor.account !== resource.account) {
    return every([own, () => word?.check ?? noPolicy(held, resource, crossAccount), isOpen]);
  }
  if (held?.needed === true) return neededPolicy(held, resource, word, own);
  if (word?.check.says === "yes") {
    // A resource policy that names the user suffices; the boundary limits roles all the same.
    const bounded = actor.kind === "role" ? boundary() : yes;
    return every([() => bounded, () => word.check]);
  }
  const answer = own();
  return answer.says === "no" && word?.check.says === "unclear" ? word.check : answer;
}

/** The first that lets the request through, else what was said first. */
function firstYes(words: readonly (Word | undefined)[]): Word | undefined {
  return words.find((one) => one?.check.says === "yes") ?? words.find((one) => one !== undefined);
}

/** Grants and lists name the actor, or everybody. */
function wordIn(check: Check | undefined): Word | undefined {
  return check === undefined ? undefined : { check, itself: true };
}

interface Word {
  readonly check: Check;
  /** The policy names the actor itself, not only its account. */
  readonly itself: boolean;
}

function wordOf(
  held: ResourcePolicy,
  policy: Policy | undefined,
  request: Request,
): Word | undefined {
  if (held.document === undefined) return undefined;
  if (policy === undefined) {
    const reason = {
      stage: held.name,
      rule: "document",
      got: "NotPrincipal or no policy",
      wanted: "a policy document",
    };
    return {
      check: unclear({ ...reason, source: "IAM user guide, IAM JSON policy elements reference" }),
      itself: false,
    };
  }
  return {
    check: evaluatePolicy(policy, request, held.name),
    itself: namesItself(policy, request),
  };
}

/** Trust and key policies: what they give to the account as a whole, its own policies hand on. */
function neededPolicy(
  held: ResourcePolicy,
  resource: AwsResource,
  word: Word | undefined,
  own: () => Check,
): Check {
  if (word === undefined)
    return noPolicy(held, resource, "IAM user guide, How to use trust policies with IAM roles");
  if (word.check.says === "no" || word.itself) return word.check;
  return every([() => word.check, own]);
}

function noPolicy(
  held: ResourcePolicy | undefined,
  { arn, account }: AwsResource,
  source: string,
): Check {
  const reason: Reason = {
    stage: held?.name ?? "resource policy",
    rule: "implicit deny",
    got: "no policy on the resource",
    wanted: `one on ${arn} that lets other accounts than ${account} in`,
    source,
  };
  return no(reason);
}
