/**
 * The policy of a Lambda function, whose statements are made one by one (AWS Lambda API reference, "AddPermission"; AWS Lambda developer
 * guide, "Viewing resource-based IAM policies in Lambda").
 */

import { type Live, type LiveWorld, textAt } from "../../probe/token/live.ts";
import type { Json, JsonObject } from "../../protocol/value.ts";

const permissionToken = "aws:lambda/permission:Permission";

/** The document; `undefined` for a function that lets nobody in. */
export function functionPolicyOf(live: LiveWorld, called: Live): Json | undefined {
  const arn = textAt(called.properties, "arn");
  const names = [called.id, arn, textAt(called.properties, "name")];
  const statements = live
    .of(permissionToken)
    .filter((one) => one.account === called.account && one.region === called.region)
    .filter(({ properties }) => names.includes(textAt(properties, "function")))
    .map(({ properties }) => statementOf(properties, arn));
  return statements.length === 0 ? undefined : { Version: "2012-10-17", Statement: statements };
}

function statementOf(permission: JsonObject, arn: string): JsonObject {
  const text = (key: string) => textAt(permission, key);
  const qualifier = text("qualifier");
  const condition = conditionOf(text);
  return {
    Sid: text("statementId"),
    Effect: "Allow",
    Principal: principalOf(text("principal")),
    Action: text("action"),
    Resource: qualifier === "" ? arn : `${arn}:${qualifier}`,
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
}

/** A service's host, an account, an ARN, or everybody. */
function principalOf(principal: string): Json {
  if (principal === "*") return "*";
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  return principal.startsWith("arn:") ? { AWS: principal } : { Service: principal };
}

function conditionOf(text: (key: string) => string): JsonObject {
  const equals = Object.entries({
    "AWS:SourceAccount": text("sourceAccount"),
    "aws:PrincipalOrgID": text("principalOrgId"),
    "lambda:EventSourceToken": text("eventSourceToken"),
    "lambda:FunctionUrlAuthType": text("functionUrlAuthType"),
  }).filter(([, value]) => value !== "");
  const source = text("sourceArn");
  return {
    ...(equals.length === 0 ? {} : { StringEquals: Object.fromEntries(equals) }),
    ...(source === "" ? {} : { ArnLike: { "AWS:SourceArn": source } }),
  };
}
