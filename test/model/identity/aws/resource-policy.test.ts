/** Who of no relation to an account gets in by a resource's policy. */
import assert from "node:assert/strict";
import { parseDocument } from "../../../../model/identity/aws/document.ts";
import { admitStranger } from "../../../../model/identity/aws/resource-policy.ts";

interface Case {
  readonly says: string;
  readonly outcome: "admitted" | "refused" | "undecided";
  /** Of an Allow for everybody to read. */
  readonly condition?: object;
  /** Instead of the Allow's principal. */
  readonly principal?: unknown;
  /** Further statements. */
  readonly denials?: readonly object[];
}

const deny = (Condition: object, Action = "*") => ({
  Effect: "Deny",
  Principal: "*",
  Action,
  Condition,
});

const cases: readonly Case[] = [
  { says: "everybody", outcome: "admitted" },
  { says: "every account", outcome: "admitted", principal: { AWS: ["*"] } },
  { says: "one account", outcome: "refused", principal: { AWS: "111122223333" } },
  { says: "a service", outcome: "refused", principal: { Service: "sns.amazonaws.com" } },
  {
    says: "an organisation",
    outcome: "refused",
    condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
  },
  {
    says: "the key's own spelling",
    outcome: "refused",
    condition: { StringLike: { "AWS:PRINCIPALORGID": "o-acme*" } },
  },
  {
    says: "any organisation",
    outcome: "admitted",
    condition: { StringLike: { "aws:PrincipalOrgID": "o-*" } },
  },
  {
    says: "an organisation, if there is one",
    outcome: "admitted",
    condition: { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } },
  },
  {
    says: "all of none",
    outcome: "admitted",
    condition: { "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": "o-1/*" } },
  },
  {
    says: "any of some",
    outcome: "refused",
    condition: { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-1/*" } },
  },
  {
    says: "the resource's organisation",
    outcome: "refused",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of IAM policies
    condition: { StringEquals: { "aws:PrincipalOrgID": "${aws:ResourceOrgID}" } },
  },
  {
    says: "not one account",
    outcome: "admitted",
    condition: { StringNotEquals: { "aws:PrincipalAccount": "1" } },
  },
  {
    says: "an endpoint",
    outcome: "refused",
    condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } },
  },
  {
    says: "an office",
    outcome: "refused",
    condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
  },
  {
    says: "the world",
    outcome: "admitted",
    condition: { IpAddress: { "aws:SourceIp": ["0.0.0.0/0"] } },
  },
  {
    says: "not an office",
    outcome: "admitted",
    condition: { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
  },
  {
    says: "a bucket's messages",
    outcome: "refused",
    condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:shop" } },
  },
  {
    says: "any bucket called alike",
    outcome: "admitted",
    condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::shop*" } },
  },
  {
    says: "a topic of one account",
    outcome: "refused",
    condition: { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:111122223333:*" } },
  },
  {
    says: "a topic of any account",
    outcome: "admitted",
    condition: { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:*" } },
  },
  {
    says: "roles of any account",
    outcome: "admitted",
    condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/app" } },
  },
  { says: "by TLS", outcome: "admitted", condition: { Bool: { "aws:SecureTransport": "true" } } },
  {
    says: "through a mount target",
    outcome: "refused",
    condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
  },
  {
    says: "a word that is no secret",
    outcome: "admitted",
    condition: { StringEquals: { "sts:ExternalId": "x" } },
  },
  {
    says: "a token of another issuer",
    outcome: "undecided",
    condition: { StringEquals: { "idp.example.com:sub": "x" } },
  },
  {
    says: "two conditions, one of which stops",
    outcome: "refused",
    condition: {
      Bool: { "aws:SecureTransport": "true" },
      StringEquals: { "aws:PrincipalOrgID": "o-1" },
    },
  },
  {
    says: "denied outside the organisation",
    outcome: "refused",
    denials: [deny({ StringNotEquals: { "aws:PrincipalOrgID": "o-1" } })],
  },
  {
    says: "denied outside it, if he has one",
    outcome: "refused",
    denials: [deny({ StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } })],
  },
  {
    says: "denied by plaintext only",
    outcome: "admitted",
    denials: [deny({ Bool: { "aws:SecureTransport": "false" } })],
  },
  {
    says: "denied by any of none",
    outcome: "admitted",
    denials: [deny({ "ForAnyValue:StringNotLike": { "aws:PrincipalOrgPaths": "o-1/*" } })],
  },
  {
    says: "denied for another action",
    outcome: "admitted",
    denials: [deny({ StringNotEquals: { "aws:PrincipalOrgID": "o-1" } }, "s3:Put*")],
  },
  {
    says: "denied on two conditions, one of which he avoids",
    outcome: "admitted",
    denials: [
      deny({
        StringNotEquals: { "aws:PrincipalOrgID": "o-1" },
        Bool: { "aws:SecureTransport": "false" },
      }),
    ],
  },
  {
    says: "denied to all but one",
    outcome: "refused",
    denials: [{ Effect: "Deny", NotPrincipal: { AWS: "111122223333" }, Action: "s3:*" }],
  },
  {
    says: "denied to one",
    outcome: "admitted",
    denials: [{ Effect: "Deny", Principal: { AWS: "111122223333" }, Action: "s3:*" }],
  },
];

describe("a stranger at a resource's policy", () => {
  for (const { says, outcome, condition = {}, principal = "*", denials = [] } of cases) {
    it(`${says}: ${outcome}`, () => {
      const grant = {
        Effect: "Allow",
        Principal: principal,
        Action: "s3:GetObject",
        Condition: condition,
      };
      const statements = parseDocument({ Statement: [grant, ...denials] });
      assert.ok(statements);
      const admission = admitStranger(statements);
      assert.equal(admission.outcome, outcome, admission.because);
    });
  }

  it("is allowed all that is not his by NotPrincipal", () => {
    const statements = parseDocument({
      Statement: { Effect: "Allow", NotPrincipal: { AWS: "1" }, Action: "s3:GetObject" },
    });
    assert.equal(admitStranger(statements ?? []).outcome, "admitted");
  });
});
