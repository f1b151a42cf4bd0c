/**
 * What a caller of no relation to the account can make a condition's key read. AWS global condition
 * context keys, and AWS KMS, Amazon EFS and Amazon S3 in the Service Authorization Reference.
 */
import type { Condition, Truth } from "./condition.ts";
import { parseOperator } from "./condition.ts";
import { matchesPattern, parsePattern } from "./wildcard.ts";

/** An account, and an organisation, that no policy means. */
const account = "999999999999";
const organisation = "o-stranger99";

type Test = (pattern: string) => Truth;

/** The keys that tell a stranger from others: which of the compared values are his as well. */
const telling: Readonly<Record<string, Test>> = {
  "aws:principalaccount": like(account),
  "aws:sourceaccount": like(account),
  "aws:sourceowner": like(account),
  "aws:vpceaccount": like(account),
  "kms:calleraccount": like(account),
  "s3:dataaccesspointaccount": like(account),
  "aws:principalorgid": like(organisation),
  "aws:sourceorgid": like(organisation),
  "aws:vpceorgid": like(organisation),
  "aws:principalorgpaths": like(`${organisation}/r-9999/ou-9999-99999999/`),
  "aws:sourceorgpaths": like(`${organisation}/r-9999/ou-9999-99999999/`),
  "aws:vpceorgpaths": like(`${organisation}/r-9999/ou-9999-99999999/`),
  "aws:principalarn": isHisArn,
  "aws:sourcearn": isHisArn,
  "s3:dataaccesspointarn": isHisArn,
  "aws:userid": like("AROA99999999999999999:stranger"),
  "aws:sourcevpc": like("vpc-99999999999999999"),
  "aws:sourcevpce": like("vpce-99999999999999999"),
  "aws:sourceip": (range) => /\/0$/.test(range),
  "aws:viaawsservice": (flag) => flag.toLowerCase() === "false",
  // Amazon EFS User Guide, "Blocking public access": who mounts through it is in the network.
  "elasticfilesystem:accessedviamounttarget": (flag) => flag.toLowerCase() === "false",
};

const comparing =
  /^(string(not)?(equals|like)(ignorecase)?|arn(not)?(equals|like)|(not)?ipaddress|bool)$/;

/** Whether a stranger can make the condition true. */
export function canSatisfy(condition: Condition): Truth {
  const { base, quantifier, ifExists } = parseOperator(condition.operator);
  const test = telling[condition.key.toLowerCase()];
  if (test === undefined) return isChosen(condition.key) ? true : "undecided";
  // He may come with the key or without it: unsigned, from no organisation, by no endpoint.
  if (base.toLowerCase() === "null" || ifExists || quantifier === "all") return true;
  if (!comparing.test(base.toLowerCase())) return "undecided";
  const his = anyOf(condition.values.map(test));
  if (!isNegated(base)) return his;
  return his === "undecided" ? his : !his;
}

/** Whether the condition is true of a stranger whatever he does: then a Deny cannot be avoided. */
export function cannotAvoid(condition: Condition): Truth {
  const { base, quantifier } = parseOperator(condition.operator);
  const test = telling[condition.key.toLowerCase()];
  if (test === undefined) return isChosen(condition.key) ? false : "undecided";
  // Positive comparisons are false without the key, and so is ForAnyValue.
  if (!isNegated(base) || quantifier === "any") return false;
  if (!comparing.test(base.toLowerCase())) return "undecided";
  const his = anyOf(condition.values.map(test));
  return his === "undecided" ? his : !his;
}

function isNegated(base: string): boolean {
  return /not/i.test(base);
}

/**
 * Keys that say how one calls, when, and for what are the caller's choice. Keys of tokens of other
 * issuers, which have a host's name, are not looked into here, nor is whether a service calls.
 */
function isChosen(key: string): boolean {
  const prefix = key.slice(0, key.indexOf(":")).toLowerCase();
  return !prefix.includes(".") && key.toLowerCase() !== "aws:principalisawsservice";
}

function like(value: string): Test {
  return (pattern) => {
    // His account and organisation are never those of the resource.
    if (/\$\{aws:Resource(OrgID|OrgPaths|Account)\}/i.test(pattern)) return false;
    const parts = parsePattern(pattern);
    return parts === undefined ? "undecided" : matchesPattern(parts, value);
  };
}

/** Whether the pattern covers something that a stranger can make in an account of his own. */
function isHisArn(pattern: string): Truth {
  if (/^\*+$/.test(pattern)) return true;
  const [, , service = "*", , owner = "*", ...rest] = pattern.split(":");
  const hasWildcard = rest.join(":").includes("*");
  // Names of buckets are unique in the world, and their ARNs say no account.
  if (service === "s3") return hasWildcard;
  if (owner === "") return hasWildcard;
  return like(account)(owner);
}

function anyOf(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes("undecided") ? "undecided" : false;
}
