/** Web firewalls, network firewalls, Shield (their API references). */

import type { Resource } from "../../../../types/resource.ts";
import type { InputFault, Reference, ServiceError, TypeEntry } from "../../../../types/type.ts";
import { objectsIn, oneOf, others, textsIn } from "../common.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";

const scopes = ["CLOUDFRONT", "REGIONAL"];
const wafTaken = error(
  "WAFDuplicateItemException",
  "AWS WAF couldn’t perform the operation because some resource in your request is a duplicate of an existing one.",
);

/** What web firewalls are made of: named within a scope, that of CloudFront in us-east-1 alone. */
function waf(type: string, path: string, said: Partial<TypeEntry>): TypeEntry {
  return ordinary(`aws:wafv2/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`, {
    name: 128,
    prefixed: true,
    id: "{uuid}",
    ...said,
    forceNew: ["scope", ...(said.forceNew ?? [])],
    check: (r) => [...oneOf(r.text("scope"), "scope", scopes), ...(said.check?.(r) ?? [])],
    outputs: {
      arn: (r) =>
        form(
          `arn:{partition}:wafv2:{region}:{account}:${r.text("scope") === "CLOUDFRONT" ? "global" : "regional"}/${path}/{name}/{id}`,
        )(r),
      lockToken: (r) => r.uuid(r.content()),
      ...said.outputs,
    },
    keys: ["arn"],
    admit: (r) => refuseScope(r) ?? said.admit?.(r),
    inUse: error(
      "WAFAssociatedItemException",
      "AWS WAF couldn’t perform the operation because your resource is being used by another resource or it’s associated with another resource.",
    ),
  });
}

function refuseScope(r: Resource): ServiceError | undefined {
  if (r.text("scope") === "CLOUDFRONT" && r.region !== "us-east-1") {
    return error(
      "WAFInvalidParameterException",
      "Error reason: The scope is not valid., field: SCOPE_VALUE, parameter: CLOUDFRONT",
    );
  }
  return others(r).some(
    ({ properties }) =>
      properties["name"] === r.given("name") && properties["scope"] === r.given("scope"),
  )
    ? wafTaken
    : undefined;
}

/** Web ACL capacity units of one ACL without extra charge is 1,500; 5,000 is the most (AWS WAF quotas). */
const capacityUnitsMax = 5000;

const noItem = error(
  "WAFNonexistentItemException",
  "AWS WAF couldn’t perform the operation because your resource doesn’t exist.",
);
const statements = (path: string): Reference[] => [
  refer(`${path}.ruleGroupReferenceStatement.arn`, "aws:wafv2/ruleGroup:RuleGroup", noItem, {
    by: "arn",
    holds: true,
  }),
  refer(`${path}.ipSetReferenceStatement.arn`, "aws:wafv2/ipSet:IpSet", noItem, {
    by: "arn",
    holds: true,
  }),
  refer(
    `${path}.regexPatternSetReferenceStatement.arn`,
    "aws:wafv2/regexPatternSet:RegexPatternSet",
    noItem,
    { by: "arn", holds: true },
  ),
];

function priorities(r: Resource): ServiceError | undefined {
  const given = objectsIn(r.list("rules")).map((rule) => rule["priority"]);
  return refuseIf(
    new Set(given).size < given.length,
    "WAFInvalidParameterException",
    "Error reason: You have used none or multiple values for a field that requires exactly one value., field: RULE, parameter: priority",
  );
}

const webAcl = waf("WebAcl", "webacl", {
  outputs: {
    applicationIntegrationUrl: "",
    capacity: (r) => Math.min(capacityUnitsMax, r.list("rules").length * 2),
    rules: [],
  },
  check: (r): InputFault[] =>
    (r.given("defaultAction.allow") === undefined) ===
    (r.given("defaultAction.block") === undefined)
      ? [{ property: "defaultAction", reason: "one of `allow,block` must be specified" }]
      : [],
  references: statements("rules[*].statement"),
  admit: priorities,
});

const ruleGroup = waf("RuleGroup", "rulegroup", {
  forceNew: ["capacity"],
  references: statements("rules[*].statement").slice(1),
  admit: priorities,
});

/** Addresses of one set (AWS WAF quotas). */
const addressesMax = 10_000;

const ipSet = waf("IpSet", "ipset", {
  forceNew: ["ipAddressVersion"],
  check: (r) => [
    ...oneOf(r.text("ipAddressVersion"), "ipAddressVersion", ["IPV4", "IPV6"]),
    ...textsIn(r.list("addresses"))
      .filter((range) => !range.includes("/") || /\/0$/.test(range))
      .map((range) => ({
        property: "addresses",
        reason: `"${range}" is not a valid CIDR of a set: /0 is not allowed`,
      })),
  ],
  admit: (r) =>
    refuseIf(
      r.list("addresses").length > addressesMax,
      "WAFLimitsExceededException",
      `A set has at most ${addressesMax} addresses`,
    ),
});

const patternSet = waf("RegexPatternSet", "regexpatternset", {});

const protectedTokens = [
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:alb/loadBalancer:LoadBalancer",
  "aws:apigateway/stage:Stage",
  "aws:cognito/userPool:UserPool",
];

const webAclAssociation = ordinary("aws:wafv2/webAclAssociation:WebAclAssociation", {
  id: "{webAclArn},{resourceArn}",
  untagged: true,
  forceNew: ["resourceArn", "webAclArn"],
  references: [
    refer("webAclArn", webAcl.token, noItem, { by: "arn", holds: true }),
    refer(
      "resourceArn",
      protectedTokens,
      error(
        "WAFUnavailableEntityException",
        "AWS WAF couldn’t retrieve the resource that you requested: {value}",
      ),
      {
        by: "arn",
        cascades: true,
        unless: (value) => !/:(elasticloadbalancing|apigateway|cognito-idp):/.test(value),
      },
    ),
  ],
  timeouts: { create: 300 },
});

const logging = ordinary("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", {
  id: "{resourceArn}",
  untagged: true,
  forceNew: ["resourceArn"],
  references: [refer("resourceArn", webAcl.token, noItem, { by: "arn", cascades: true })],
  admit: (r) => {
    const named = textsIn(r.list("logDestinationConfigs")).find(
      (arn) => !/[:/]aws-waf-logs-/.test(arn),
    );
    return refuseIf(
      named !== undefined,
      "WAFInvalidParameterException",
      "Error reason: The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes., field: LOG_DESTINATION",
    );
  },
});

const protection = ordinary("aws:shield/protection:Protection", {
  global: true,
  id: "{uuid}",
  arn: "arn:{partition}:shield::{account}:protection/{id}",
  name: 128,
  forceNew: ["resourceArn"],
  admit: (r) =>
    refuseIf(
      others(r).some(({ properties }) => properties["resourceArn"] === r.given("resourceArn")),
      "ResourceAlreadyExistsException",
      "The resource is protected already",
    ),
});

/** The entries of firewalls. */
export const firewallTypes: readonly TypeEntry[] = [
  webAcl,
  ruleGroup,
  ipSet,
  patternSet,
  webAclAssociation,
  logging,
  protection,
];
