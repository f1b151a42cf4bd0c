/**
 * Amazon SQS and Amazon SNS Developer Guides, "Enforce encryption of data in transit": both answer
 * http:// as well. AWS's own services call by TLS always, so what admits only them is left alone.
 */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { deniesPlaintext, isByTlsAlone } from "../shared/plaintext-denial.ts";
import { statementsOf } from "../shared/policy-document.ts";

/** By canonical type the service whose actions its policy speaks of. */
const services: Readonly<Record<string, string>> = {
  "aws:sns/topic:Topic": "sns",
  "aws:sns/topicPolicy:TopicPolicy": "sns",
  "aws:sqs/queue:Queue": "sqs",
  "aws:sqs/queuePolicy:QueuePolicy": "sqs",
};
const type = "aws:sqs/queuePolicy:QueuePolicy";

export const AD53: Rule = {
  id: "AD53",
  sentence: "A policy that lets people or roles use a queue or topic lets them come by TLS only.",
  why: "Whoever listens on the way reads the messages, and sends his own in another's name.",
  severity: "medium",
  tenets: ["T2"],
  controls: ["SC-8", "SC-8(1)"],
  fix: 'Add a statement that denies sqs:* or sns:* to everybody where aws:SecureTransport is "false".',
  subjects: Object.keys(services),
  needs: "resource",
  check: ({ type: subject, inputs }, judge) => {
    const policy = inputs.at("policy");
    if (policy.state === "absent") return judge.notApplicable("it has no policy in itself");
    const statements = statementsOf(policy);
    const open = statements.filter((one) => admitsCallers(one) && !isByTlsAlone(one));
    if (open.length === 0) return;
    if (statements.some((one) => deniesPlaintext(one, services[subject] ?? ""))) return;
    judge.fail(policy, "a message sent by http://");
  },
  examples: [
    {
      kind: "violating",
      says: "a role by whatever way",
      expect: "fail",
      resources: policy([admitting({ AWS: "arn:aws:iam::111122223333:role/shop" })]),
      path: "policy",
      witness: "http://",
    },
    {
      kind: "clean",
      says: "plaintext is denied",
      expect: "pass",
      resources: policy([
        admitting({ AWS: "111122223333" }),
        {
          Effect: "Deny",
          Principal: "*",
          Action: "sqs:*",
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]),
    },
    {
      kind: "clean",
      says: "by TLS alone",
      expect: "pass",
      resources: policy([
        { ...admitting("*"), Condition: { Bool: { "aws:SecureTransport": "true" } } },
      ]),
    },
    {
      kind: "clean",
      says: "a service of AWS",
      expect: "pass",
      resources: policy([admitting({ Service: "events.amazonaws.com" })]),
    },
    {
      kind: "clean",
      says: "a topic, as it used to be written",
      expect: "pass",
      resources: policy([
        {
          ...admitting("*"),
          Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:t" } },
        },
      ]),
    },
    {
      kind: "unknown",
      says: "the policy is not known",
      expect: "unknown",
      resources: alone(type, { policy: unknownHere }),
      path: "policy",
    },
    {
      kind: "absent",
      says: "no policy",
      expect: "not-applicable",
      resources: alone("aws:sqs/queue:Queue", { name: "orders" }),
    },
  ],
};

/** Whether callers other than AWS's own services get in by the statement. */
function admitsCallers(statement: View): boolean {
  if (statement.at("Effect").text() !== "Allow") return false;
  const principal = statement.at("Principal");
  if (isServiceAlone(principal)) return false;
  const conditions = statement.at("Condition");
  const keys = conditions.keys().flatMap((operator) => conditions.at(operator).keys());
  return !keys.some((key) => /^aws:Source(Arn|Account|Org)/i.test(key));
}

function isServiceAlone(principal: View): boolean {
  const value = principal.plain();
  if (typeof value !== "object" || value === null) return false;
  return Object.keys(value).every((kind) => kind === "Service");
}

function admitting(Principal: string | { readonly [key: string]: string }) {
  return { Effect: "Allow", Principal, Action: "sqs:SendMessage", Resource: "*" };
}

function policy(Statement: readonly object[]) {
  return alone(type, { policy: JSON.stringify({ Statement }) });
}
