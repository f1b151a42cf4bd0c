/** An action in AWS: who, on what, whether, and what then. */

import type { LiveWorld } from "../../probe/token/live.ts";
import { textAt } from "../../probe/token/live.ts";
import type { Check } from "../../probe/token/verdict.ts";
import type { JsonObject } from "../../protocol/value.ts";
import type { Acting } from "../acting.ts";
import type { Question } from "../question.ts";
import { type AwsActor, awsActorText, awsCaller } from "./actor.ts";
import { ownershipStage, publicAccessStage } from "./bucket-access.ts";
import { decideAws } from "./decide.ts";
import { awsChange } from "./deeds.ts";
import { awsResource } from "./resource.ts";

/** Region of a call that names none and whose resource has none. */
const usualRegion = "us-east-1";

/** Looks at everything that an action in AWS needs; nothing is changed yet. */
export function actInAws(
  live: LiveWorld,
  actor: AwsActor,
  asked: Question,
  nowSeconds: number,
): Acting {
  const question = { ...asked, with: smallFirst(asked.with) };
  const region = textAt(question.context, "region") || usualRegion;
  const resource = awsResource(live, question.resource, { account: actor.account, region });
  const check = decideAws(live, actor, resource, question, nowSeconds);
  return {
    cloud: "aws",
    as: awsActorText(actor),
    caller: awsCaller(actor),
    resource: resource.arn,
    account: resource.account,
    region: resource.region,
    check,
    change: () => awsChange(question.action, { live, actor, resource, with: question.with }),
    request: requestOf(question, resource.arn),
    refusal: refusalOf(question.action, awsActorText(actor), resource.arn, check),
  };
}

/** `PolicyArn` and `policyArn` are the same parameter: records write it small. */
function smallFirst(given: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => [
      key.charAt(0).toLowerCase() + key.slice(1),
      value,
    ]),
  );
}

function requestOf({ action, with: given }: Question, arn: string): JsonObject {
  if (action.startsWith("s3:")) {
    const [bucketName = "", ...key] = arn.replace(/^arn:[\w-]+:s3:::/, "").split("/");
    return { bucketName, ...(key.length === 0 ? {} : { key: key.join("/") }), ...given };
  }
  const [, key, name = ""] =
    /^arn:[\w-]+:iam::\d+:(role|user|policy)\/(?:.*\/)?(.+)$/.exec(arn) ?? [];
  if (action.startsWith("sts:")) return { roleArn: arn, roleSessionName: "session", ...given };
  if (key === "role") return { roleName: name, ...given };
  if (key === "user") return { userName: name, ...given };
  if (action === "secretsmanager:GetSecretValue") return { secretId: arn, ...given };
  return arn === "*" ? given : { resource: arn, ...given };
}

/** What the service answers (IAM user guide, "Troubleshoot access denied error messages"). */
function refusalOf(action: string, who: string, arn: string, check: Check) {
  const explicit = check.says === "no" && check.reason.rule.startsWith("explicit deny");
  const by = check.says === "no" ? check.reason.stage : "";
  if (check.says === "no" && by === ownershipStage)
    return { code: check.reason.rule, message: check.reason.got };
  const ending =
    check.says === "no" && by === publicAccessStage
      ? check.reason.got
      : explicit
        ? `with an explicit deny in ${by}`
        : `because no ${by} allows the ${action} action`;
  return {
    code: action.startsWith("ec2:") ? "Client.UnauthorizedOperation" : "AccessDenied",
    message: `User: ${who} is not authorized to perform: ${action} on resource: ${arn} ${ending}`,
  };
}
