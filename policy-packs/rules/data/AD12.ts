/**
 * AWS Lambda, Amazon ECS and EC2 user guides: environment and user data are no place for secrets, nor
 * is a parameter of Systems Manager that is no SecureString;
 * whoever may describe the resource, or call the metadata service, reads them. A finding names the
 * place and never the secret.
 */
import type { ExampleResource, Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Json } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";
import { iso } from "../shared/benchmarks.ts";
import { handedTypes, judgeHanded } from "../shared/handed-values.ts";

const fn = "aws:lambda/function:Function";
const parameter = "aws:ssm/parameter:Parameter";

export const AD12: Rule = {
  id: "AD12",
  sentence: "No machine, function, task or parameter holds a secret in plaintext.",
  why: "Whoever may only describe it reads the secret, as does every state file, log and history on the way.",
  severity: "critical",
  tenets: ["T3", "T6"],
  controls: ["IA-5", "IA-5(7)", "SC-28"],
  frameworks: [iso("aws", "A.8.20", "ec2_instance_secrets_user_data")],
  fix: "Keep the secret in Secrets Manager or a SecureString, hand over its ARN, and let the role read it.",
  subjects: handedTypes.aws,
  needs: "plan",
  check: judgeHanded,
  examples: [
    {
      kind: "violating",
      says: "a password in the environment",
      expect: "fail",
      resources: environment("correct horse battery"),
      path: "environment.variables.DB_PASSWORD",
      witness: "lambda:GetFunctionConfiguration shows a password",
    },
    {
      kind: "violating",
      says: "a password in a script",
      expect: "fail",
      resources: alone("aws:ec2/instance:Instance", { userData: "export DB_PASSWORD=hunter2\n" }),
      path: "userData",
    },
    {
      kind: "clean",
      says: "the secret's ARN",
      expect: "pass",
      resources: environment("arn:aws:secretsmanager:eu-central-1:111122223333:secret:db"),
    },
    {
      kind: "clean",
      says: "the name of a planned table",
      expect: "pass",
      resources: waiting("TABLE_NAME", { type: "aws:dynamodb/table:Table", name: "t", props: {} }),
    },
    {
      kind: "unknown",
      says: "not known",
      expect: "unknown",
      resources: environment(unknownHere),
      path: "environment.variables.DB_PASSWORD",
    },
    {
      kind: "violating",
      says: "a password that is planned as well",
      expect: "fail",
      resources: waiting("DB_PASSWORD", {
        type: "random:index/randomPassword:RandomPassword",
        name: "p",
        props: {},
      }),
    },
    {
      kind: "violating",
      says: "a password in a parameter",
      expect: "fail",
      resources: alone(parameter, { type: "String", name: "/shop/db_password", value: "hunter2" }),
      path: "value",
    },
    {
      kind: "clean",
      says: "a parameter that is encrypted, and one that is no secret",
      expect: "pass",
      resources: [
        {
          type: parameter,
          name: "password",
          props: { type: "SecureString", name: "/shop/db_password", value: "hunter2" },
        },
        {
          type: parameter,
          name: "size",
          props: { type: "String", name: "/shop/size", value: "3" },
        },
      ],
    },
    { kind: "absent", says: "no environment", expect: "pass", resources: alone(fn, {}) },
  ],
};

function environment(value: Json) {
  return alone(fn, { environment: { variables: { DB_PASSWORD: value } } });
}

function waiting(
  name: string,
  other: ExampleResource,
): readonly [ExampleResource, ExampleResource] {
  const props = { environment: { variables: { [name]: unknownHere } } };
  return [{ type: fn, name: "app", props, dependsOn: { environment: [other.name] } }, other];
}
