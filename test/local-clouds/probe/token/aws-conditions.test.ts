/** Conditions of trust policies, operator by operator. */

import type { JsonObject } from "../../../../local-clouds/protocol/value.ts";
import { idp, policy, privately, provider, role, sts, trusting, under } from "./aws-world.ts";
import { type Row, table } from "./kit.ts";

const operators = "IAM user guide, IAM JSON policy elements: Condition operators";
const sets = "IAM user guide, Multivalued context keys";
const logic = "IAM user guide, Conditions with multiple context keys or values";
const global = "IAM user guide, AWS global condition context keys";
const sub = `${idp}:sub`;
const amr = `${idp}:amr`;
const becomes = { outcome: "becomes", by: "trust policy: statement 1" } as const;

function refused(by: string, got?: string): Row["expect"] {
  return {
    outcome: "refused",
    by: `trust policy: statement 1: ${by}`,
    ...(got === undefined ? {} : { got }),
  };
}

/** A row about one condition. */
function when(
  says: string,
  source: string,
  condition: JsonObject,
  expect: Row["expect"],
  claims: JsonObject = {},
  context?: JsonObject,
): Row {
  return { says, source, set: under(condition, claims, context), expect };
}

/** A policy variable. */
function variable(inside: string): string {
  return `\${${inside}}`;
}

const strings: readonly Row[] = [
  when("StringEquals matches exactly", operators, { StringEquals: { [sub]: "subject" } }, becomes),
  when(
    "StringEquals does not match another value",
    operators,
    { StringEquals: { [sub]: "other" } },
    refused(`StringEquals ${sub}`, "subject"),
  ),
  when(
    "StringEquals is case-sensitive",
    operators,
    { StringEquals: { [sub]: "Subject" } },
    refused(`StringEquals ${sub}`),
  ),
  when(
    "StringEquals takes a star literally",
    operators,
    { StringEquals: { [sub]: "sub*" } },
    refused(`StringEquals ${sub}`),
  ),
  when(
    "StringEqualsIgnoreCase ignores case",
    operators,
    { StringEqualsIgnoreCase: { [sub]: "SUBJECT" } },
    becomes,
  ),
  when(
    "StringNotEqualsIgnoreCase is its negation",
    operators,
    { StringNotEqualsIgnoreCase: { [sub]: "SUBJECT" } },
    refused(`StringNotEqualsIgnoreCase ${sub}`),
  ),
  when(
    "StringLike takes a star for any characters",
    operators,
    { StringLike: { [sub]: "s*t" } },
    becomes,
  ),
  when(
    "a star of StringLike also stands for no character",
    operators,
    { StringLike: { [sub]: "subject*" } },
    becomes,
  ),
  when(
    "StringLike takes a question mark for one character",
    operators,
    { StringLike: { [sub]: "subjec?" } },
    becomes,
  ),
  when(
    "a question mark of StringLike does not stand for no character",
    operators,
    { StringLike: { [sub]: "subject?" } },
    refused(`StringLike ${sub}`),
  ),
  when(
    "StringLike without wildcards matches the whole value only",
    operators,
    { StringLike: { [sub]: "sub" } },
    refused(`StringLike ${sub}`),
  ),
  when(
    "StringLike is case-sensitive",
    operators,
    { StringLike: { [sub]: "SUB*" } },
    refused(`StringLike ${sub}`),
  ),
  when(
    "StringNotLike is its negation",
    operators,
    { StringNotLike: { [sub]: "sub*" } },
    refused(`StringNotLike ${sub}`),
  ),
  when(
    "StringNotEquals holds for another value",
    operators,
    { StringNotEquals: { [sub]: "other" } },
    becomes,
  ),
  when(
    "StringNotEquals with several values refuses each of them",
    logic,
    { StringNotEquals: { [sub]: ["other", "subject"] } },
    refused(`StringNotEquals ${sub}`),
  ),
  when(
    "several values of a key are joined by or",
    logic,
    { StringEquals: { [sub]: ["other", "subject"] } },
    becomes,
  ),
  when(
    "several keys of an operator are joined by and",
    logic,
    { StringEquals: { [sub]: "subject", [`${idp}:aud`]: "other" } },
    refused(`StringEquals ${idp}:aud`, sts),
  ),
  when(
    "several operators are joined by and",
    logic,
    { StringLike: { [sub]: "s*" }, StringEquals: { [sub]: "other" } },
    refused(`StringEquals ${sub}`),
  ),
  when(
    "names of context keys are not case-sensitive",
    "IAM user guide, IAM JSON policy elements: Condition",
    { StringEquals: { "IDP.example.com:SUB": "subject" } },
    becomes,
  ),
];

const presence: readonly Row[] = [
  when(
    "a key that is not in the request does not match",
    operators,
    { StringEquals: { [amr]: "mfa" } },
    refused(`StringEquals ${amr}`, "no such key"),
  ),
  when(
    "a negated operator holds where the key is not in the request",
    operators,
    { StringNotEquals: { [amr]: "mfa" } },
    becomes,
  ),
  when(
    "IfExists holds where the key is not in the request",
    `${operators}, IfExists`,
    { StringEqualsIfExists: { [amr]: "mfa" } },
    becomes,
  ),
  when(
    "IfExists compares where the key is there",
    `${operators}, IfExists`,
    { StringLikeIfExists: { [sub]: "other*" } },
    refused(`StringLikeIfExists ${sub}`),
  ),
  when(
    "IfExists on a misspelt key lets everybody in",
    `${operators}, IfExists`,
    { StringEqualsIfExists: { [`${idp}:subject`]: "other" } },
    becomes,
  ),
  when(
    "Null true wants the key absent",
    `${operators}, Null`,
    { Null: { [amr]: "true" } },
    becomes,
  ),
  when(
    "Null false wants the key there",
    `${operators}, Null`,
    { Null: { [amr]: "false" } },
    refused(`Null ${amr}`),
  ),
  when(
    "Null false holds where the key is there",
    `${operators}, Null`,
    { Null: { [sub]: "false" } },
    becomes,
  ),
  when(
    "a key of another provider is not in the request",
    "IAM user guide, IAM and AWS STS condition context keys",
    { StringEquals: { "gitlab.com:sub": "subject" } },
    refused("StringEquals gitlab.com:sub", "no such key"),
  ),
  when(
    "an operator that no document names is not guessed",
    operators,
    { StringMatches: { [sub]: "subject" } },
    { outcome: "unclear", by: "StringMatches" },
  ),
];

const many: readonly Row[] = [
  when(
    "ForAllValues holds where the key is not in the request",
    sets,
    { "ForAllValues:StringEquals": { [amr]: "mfa" } },
    becomes,
  ),
  when(
    "ForAllValues holds for an empty value",
    sets,
    { "ForAllValues:StringEquals": { [amr]: "mfa" } },
    becomes,
    { amr: [""] },
  ),
  when(
    "ForAllValues wants every value listed",
    sets,
    { "ForAllValues:StringEquals": { [amr]: ["pwd", "mfa"] } },
    refused(`ForAllValues:StringEquals ${amr}`, "pwd, sms"),
    { amr: ["pwd", "sms"] },
  ),
  when(
    "ForAllValues holds where every value is listed",
    sets,
    { "ForAllValues:StringEquals": { [amr]: ["pwd", "mfa", "otp"] } },
    becomes,
    { amr: ["pwd", "mfa"] },
  ),
  when(
    "ForAllValues with Null false wants the key there",
    sets,
    { "ForAllValues:StringEquals": { [amr]: "mfa" }, Null: { [amr]: "false" } },
    refused(`Null ${amr}`),
  ),
  when(
    "ForAnyValue does not hold where the key is not in the request",
    sets,
    { "ForAnyValue:StringEquals": { [amr]: "mfa" } },
    refused(`ForAnyValue:StringEquals ${amr}`),
  ),
  when(
    "ForAnyValue wants one value listed",
    sets,
    { "ForAnyValue:StringEquals": { [amr]: ["mfa", "otp"] } },
    becomes,
    { amr: ["pwd", "otp"] },
  ),
  when(
    "ForAnyValue with StringLike compares by wildcards",
    sets,
    { "ForAnyValue:StringLike": { [amr]: "urn:*:mfa" } },
    becomes,
    { amr: ["pwd", "urn:idp:mfa"] },
  ),
  when(
    "ForAnyValue with a negated operator wants one value that is not listed",
    sets,
    { "ForAnyValue:StringNotEquals": { [amr]: "pwd" } },
    becomes,
    { amr: ["pwd", "mfa"] },
  ),
  when(
    "ForAllValues with a negated operator wants no value listed",
    sets,
    { "ForAllValues:StringNotEquals": { [amr]: "pwd" } },
    refused(`ForAllValues:StringNotEquals ${amr}`),
    { amr: ["pwd", "mfa"] },
  ),
  when(
    "a multivalued key needs a set operator",
    sets,
    { StringEquals: { [amr]: "mfa" } },
    { outcome: "unclear", by: `StringEquals ${amr}` },
    { amr: ["pwd", "mfa"] },
  ),
  when(
    "what IfExists adds to ForAnyValue is not said",
    sets,
    { "ForAnyValue:StringEqualsIfExists": { [amr]: "mfa" } },
    { outcome: "unclear", by: "ForAnyValue:StringEqualsIfExists" },
  ),
];

const requests: readonly Row[] = [
  when(
    "IpAddress takes addresses of the range",
    global,
    { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
    becomes,
    {},
    { ip: "203.0.113.7" },
  ),
  when(
    "IpAddress takes no addresses outside of the range",
    global,
    { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
    refused("IpAddress aws:SourceIp", "198.51.100.9"),
    {},
    { ip: "198.51.100.9" },
  ),
  when(
    "an address without prefix is that one address",
    `${operators}, IP address`,
    { IpAddress: { "aws:SourceIp": "203.0.113.7" } },
    becomes,
    {},
    { ip: "203.0.113.7" },
  ),
  when(
    "IPv6 ranges take IPv6 addresses",
    `${operators}, IP address`,
    { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8:1234:5678::/64"] } },
    becomes,
    {},
    { ip: "2001:db8:1234:5678::9" },
  ),
  when(
    "NotIpAddress is the negation",
    `${operators}, IP address`,
    { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
    refused("NotIpAddress aws:SourceIp"),
    {},
    { ip: "203.0.113.7" },
  ),
  when(
    "the source address is always in the request, but nobody told it",
    global,
    { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
    { outcome: "unclear", by: "IpAddress aws:SourceIp" },
  ),
  when(
    "DateLessThan compares the time of the request",
    `${operators}, Date`,
    { DateLessThan: { "aws:CurrentTime": "2027-01-01T00:00:00Z" } },
    becomes,
  ),
  when(
    "after the date DateLessThan does not hold",
    `${operators}, Date`,
    { DateLessThan: { "aws:CurrentTime": "2025-01-01T00:00:00Z" } },
    refused("DateLessThan aws:CurrentTime", "2026-01-02T03:04:05"),
  ),
  when(
    "dates may be written in epoch seconds",
    `${operators}, Date`,
    { DateGreaterThan: { "aws:CurrentTime": "1735689600" } },
    becomes,
  ),
  when(
    "NumericLessThan compares as numbers",
    `${operators}, Numeric`,
    { NumericLessThan: { "aws:EpochTime": "9999999999" } },
    becomes,
  ),
  when(
    "requests to STS are encrypted",
    global,
    { Bool: { "aws:SecureTransport": "true" } },
    becomes,
  ),
  when(
    "no MFA device of IAM stands behind a web identity",
    global,
    { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    refused("Bool aws:MultiFactorAuthPresent", "no such key"),
  ),
  when(
    "BoolIfExists on MFA lets web identities in without any",
    global,
    { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } },
    becomes,
  ),
  when(
    "a global key whose value nobody told is not guessed",
    global,
    { StringEquals: { "aws:RequestedRegion": "eu-central-1" } },
    { outcome: "unclear", by: "aws:RequestedRegion" },
  ),
  when(
    "the role session name is the caller's choice",
    "IAM user guide, IAM and AWS STS condition context keys, sts:RoleSessionName",
    { StringLike: { "sts:RoleSessionName": "ci-*" } },
    becomes,
    {},
    { sessionName: "ci-17" },
  ),
  when(
    "the resource's account is that of the role",
    global,
    { StringEquals: { "aws:ResourceAccount": "210987654321" } },
    refused("StringEquals aws:ResourceAccount", "123456789012"),
  ),
];

const arn = "arn:aws:iam::210987654321:role/team/deployer";
const others: readonly Row[] = [
  when(
    "ArnLike compares each of the six parts by wildcards",
    `${operators}, ARN`,
    { ArnLike: { [sub]: "arn:aws:iam::210987654321:role/*" } },
    becomes,
    { sub: arn },
  ),
  when(
    "ArnEquals behaves as ArnLike does",
    `${operators}, ARN`,
    { ArnEquals: { [sub]: "arn:aws:iam::*:role/team/*" } },
    becomes,
    { sub: arn },
  ),
  when(
    "a star of ArnLike does not reach over a colon",
    `${operators}, ARN`,
    { ArnLike: { [sub]: "arn:aws:*:role/team/deployer" } },
    refused(`ArnLike ${sub}`),
    { sub: arn },
  ),
  when(
    "every part of an ARN must match",
    `${operators}, ARN`,
    { ArnLike: { [sub]: "arn:aws:iam::999999999999:role/*" } },
    refused(`ArnLike ${sub}`),
    { sub: arn },
  ),
  when(
    "what is no ARN matches no ARN",
    `${operators}, ARN`,
    { ArnLike: { [sub]: "*" } },
    refused(`ArnLike ${sub}`),
  ),
  {
    says: "a policy variable stands for the value of its key",
    source: "IAM user guide, IAM policy elements: Variables and tags",
    set: (world) => {
      provider(world);
      const document = policy(
        trusting(idp, { StringEquals: { [sub]: variable("aws:ResourceTag/owner") } }),
      );
      role(world, "deploy", document, { tags: { owner: "subject" } });
      return { to: "role/deploy", mint: { issuer: `https://${idp}`, audience: [sts] } };
    },
    expect: becomes,
  },
  {
    says: "policy variables are plain text in documents of the older version",
    source: "IAM user guide, IAM JSON policy elements: Version",
    set: (world) => {
      provider(world);
      const statement = trusting(idp, {
        StringEquals: { [sub]: variable("aws:ResourceTag/owner") },
      });
      role(
        world,
        "deploy",
        { Version: "2008-10-17", Statement: [statement] },
        { tags: { owner: "subject" } },
      );
      return { to: "role/deploy", mint: { issuer: `https://${idp}`, audience: [sts] } };
    },
    expect: refused(`StringEquals ${sub}`, "subject"),
  },
  when(
    "a dollar sign in braces with a star is a literal star",
    "IAM user guide, IAM policy elements: Variables and tags",
    { StringLike: { [sub]: `sub${variable("*")}` } },
    refused(`StringLike ${sub}`),
  ),
  when(
    "a variable may have a default value",
    "IAM user guide, IAM policy elements: Variables and tags, Default values",
    { StringEquals: { [sub]: variable("aws:PrincipalTag/team, 'subject'") } },
    becomes,
  ),
  {
    says: "a condition on a tag of the role reads the tag as it is now",
    source: global,
    set: (world) => {
      const made = privately([trusting(idp, { StringEquals: { "aws:ResourceTag/stage": "dev" } })])(
        world,
      );
      return made;
    },
    expect: refused("StringEquals aws:ResourceTag/stage", "no such key"),
  },
];

table(
  "conditions of AWS trust policies",
  [...strings, ...presence, ...many, ...requests, ...others],
  60,
);
