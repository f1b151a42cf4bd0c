/** The resolver of networks: endpoints, rules, its firewall and its logs (Amazon Route 53 Resolver API reference). */

import { isList, isObject, type Value } from "../../../../protocol/value.ts";
import type { Resource } from "../../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../../types/type.ts";
import { freeAddress, oneOf, others } from "../common.ts";
import { toGroup, toSubnet, toVpc } from "../ec2-references.ts";
import { error, ordinary, refer, refuseIf } from "../ordinary.ts";
import { withoutDot } from "./dns.ts";

/** Addresses of one endpoint (Route 53 Resolver quotas). */
const addressesMax = 6;

const resolverEndpoint = ordinary("aws:route53/resolverEndpoint:ResolverEndpoint", {
  id: (r) => `rslvr-${r.text("direction") === "OUTBOUND" ? "out" : "in"}-${r.hex("endpoint", 17)}`,
  arn: "route53resolver:resolver-endpoint/{id}",
  autoname: { property: "name", charactersMax: 64 },
  defaults: { rniEnhancedMetricsEnabled: false, targetNameServerMetricsEnabled: false },
  forceNew: ["direction", "securityGroupIds"],
  check: (r) =>
    oneOf(r.text("direction"), "direction", ["INBOUND", "OUTBOUND", "INBOUND_DELEGATION"]),
  outputs: {
    hostVpcId: (r) => {
      const subnet = String(r.every("ipAddresses[*].subnetId")[0]);
      return r.find("aws:ec2/subnet:Subnet", subnet)?.properties["vpcId"];
    },
    protocols: ["Do53"],
    resolverEndpointType: "IPV4",
    "ipAddresses[*].ipId": (r) => `rni-${r.hex("address", 17)}`,
  },
  complete: (r, live) => ({ ...live, ipAddresses: placed(r, live["ipAddresses"]) }),
  references: [toSubnet("ipAddresses[*].subnetId"), toGroup("securityGroupIds[*]")],
  admit: (r) => {
    const count = r.list("ipAddresses").length;
    if (count > addressesMax) {
      return error(
        "LimitExceededException",
        `The limit of ${addressesMax} IP addresses is reached`,
      );
    }
    return refuseIf(
      count < 2,
      "InvalidRequestException",
      "Resolver endpoint needs to have at least 2 IP addresses",
    );
  },
  inUse: error("InvalidRequestException", "Resolver endpoint '{id}' is in use by {value}"),
  timeouts: { create: 600, update: 600, delete: 600 },
});

/** Each address lies in its subnet; the service takes a free one where none is given. */
function placed(r: Resource, addresses: Value | undefined): Value {
  if (!isList(addresses)) return addresses ?? [];
  return addresses.map((address, i) => {
    if (!isObject(address) || typeof address["ip"] === "string") return address;
    const subnet = r.find("aws:ec2/subnet:Subnet", String(address["subnetId"]));
    const ip = freeAddress(r, subnet?.properties["cidrBlock"], `address ${i}`);
    return { ...address, ip };
  });
}

const resolverMissing = (what: string) =>
  error(
    "ResourceNotFoundException",
    `[RSLVR-00701] The ${what} with the ID '{value}' does not exist`,
  );

const resolverRule = ordinary("aws:route53/resolverRule:ResolverRule", {
  id: (r) => `rslvr-rr-${r.hex("rule", 17)}`,
  arn: "route53resolver:resolver-rule/{id}",
  autoname: { property: "name", charactersMax: 64 },
  forceNew: ["domainName", "ruleType"],
  check: (r) =>
    oneOf(r.text("ruleType"), "ruleType", ["FORWARD", "SYSTEM", "RECURSIVE", "DELEGATE"]),
  outputs: { ownerId: (r) => r.account, shareStatus: "NOT_SHARED", "targetIps[*].port": 53 },
  normalised: { domainName: (_r, given) => (given === "." ? given : withoutDot(String(given))) },
  references: [
    refer("resolverEndpointId", resolverEndpoint.token, resolverMissing("resolver endpoint"), {
      holds: true,
    }),
  ],
  admit: (r) =>
    refuseIf(
      r.text("ruleType") === "FORWARD" && r.given("resolverEndpointId") === undefined,
      "InvalidParameterException",
      "Resolver endpoint ID is required for rules of type FORWARD",
    ),
  inUse: error("ResourceInUseException", "Please disassociate this resolver rule from VPC first"),
});

const named = { property: "name", charactersMax: 64 };

const ruleAssociation = ordinary("aws:route53/resolverRuleAssociation:ResolverRuleAssociation", {
  id: (r) => `rslvr-rrassoc-${r.hex("association", 17)}`,
  untagged: true,
  autoname: named,
  forceNew: ["name", "resolverRuleId", "vpcId"],
  references: [
    refer("resolverRuleId", resolverRule.token, resolverMissing("resolver rule"), {
      within: "world",
      holds: true,
    }),
    { ...toVpc("vpcId"), holds: false },
  ],
  admit: (r) =>
    refuseIf(
      others(r).some(
        ({ properties }) =>
          properties["vpcId"] === r.given("vpcId") &&
          properties["resolverRuleId"] === r.given("resolverRuleId"),
      ),
      "ResourceExistsException",
      `Resolver rule ${r.text("resolverRuleId")} is already associated with VPC ${r.text("vpcId")}`,
    ),
});

const domainList = ordinary("aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList", {
  id: (r) => `rslvr-fdl-${r.hex("list", 17)}`,
  arn: "route53resolver:firewall-domain-list/{id}",
  name: 64,
  inUse: error("ConflictException", "The domain list {id} is in use by {value}"),
});

const firewallGroup = ordinary("aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup", {
  id: (r) => `rslvr-frg-${r.hex("group", 17)}`,
  arn: "route53resolver:firewall-rule-group/{id}",
  name: 64,
  outputs: { ownerId: (r) => r.account, shareStatus: "NOT_SHARED" },
  inUse: error("ConflictException", "The firewall rule group {id} is associated with {value}"),
});

const toFirewallGroup = (how: object) =>
  refer("firewallRuleGroupId", firewallGroup.token, resolverMissing("firewall rule group"), how);

const samePriority = (r: Resource, key: string): ServiceError | undefined =>
  refuseIf(
    others(r).some(
      ({ properties }) =>
        properties[key] === r.given(key) && properties["priority"] === r.given("priority"),
    ),
    "ConflictException",
    `The priority ${String(r.given("priority"))} is taken`,
  );

const firewallRule = ordinary("aws:route53/resolverFirewallRule:ResolverFirewallRule", {
  // A rule on what Route 53 itself finds dangerous has no list; the service numbers it.
  id: (r) => `${r.text("firewallRuleGroupId")}:${r.text("firewallDomainListId", threatId(r))}`,
  untagged: true,
  autoname: named,
  defaults: { firewallDomainRedirectionAction: "INSPECT_REDIRECTION_DOMAIN" },
  forceNew: ["firewallDomainListId", "firewallRuleGroupId", "dnsThreatProtection", "qType"],
  check: (r) => oneOf(r.text("action"), "action", ["ALLOW", "BLOCK", "ALERT"]),
  outputs: {
    firewallThreatProtectionId: (r) =>
      r.given("dnsThreatProtection") === undefined ? "" : threatId(r),
  },
  references: [
    toFirewallGroup({ cascades: true }),
    refer("firewallDomainListId", domainList.token, resolverMissing("firewall domain list"), {
      holds: true,
      // AWS's own lists are the same for every account of a region.
      unless: (value: string) => value.startsWith("rslvr-fdl-aws"),
    }),
  ],
  admit: (r) =>
    r.text("action") === "BLOCK" && r.given("blockResponse") === undefined
      ? error("ValidationException", "BlockResponse is required when Action is BLOCK")
      : samePriority(r, "firewallRuleGroupId"),
});

function threatId(r: Resource): string {
  return `rslvr-ftp-${r.hex("threat", 17)}`;
}

const firewallAssociation = ordinary(
  "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation",
  {
    id: (r) => `rslvr-frgassoc-${r.hex("association", 17)}`,
    arn: "route53resolver:firewall-rule-group-association/{id}",
    autoname: named,
    forceNew: ["firewallRuleGroupId", "vpcId"],
    outputs: { mutationProtection: "DISABLED" },
    references: [
      toFirewallGroup({ holds: true, within: "world" }),
      { ...toVpc("vpcId"), holds: false },
    ],
    admit: (r) => samePriority(r, "vpcId"),
  },
);

const queryLogConfig = ordinary("aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig", {
  id: (r) => `rqlc-${r.hex("config", 17)}`,
  arn: "route53resolver:resolver-query-log-config/{id}",
  name: 64,
  forceNew: ["destinationArn"],
  outputs: { ownerId: (r) => r.account, shareStatus: "NOT_SHARED" },
  admit: refuseDestination,
  inUse: error("InvalidRequestException", "The query log config {id} is associated with {value}"),
});

/** Logs go to a bucket, a log group or a delivery stream that is there. */
function refuseDestination(r: Resource): ServiceError | undefined {
  const arn = r.text("destinationArn");
  const tokens: Readonly<Record<string, string>> = {
    s3: "aws:s3/bucket:Bucket",
    logs: "aws:cloudwatch/logGroup:LogGroup",
    firehose: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  };
  const token = tokens[arn.split(":")[2] ?? ""];
  const bare = arn.replace(/:\*$/, "");
  const there =
    token !== undefined &&
    (token === tokens["s3"] || r.all(token).some(({ properties }) => properties["arn"] === bare));
  return refuseIf(
    !there,
    "InvalidParameterException",
    `[RSLVR-01014] The destination ${arn} does not exist or is not supported`,
  );
}

const queryLogAssociation = ordinary(
  "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation",
  {
    id: (r) => `rqlca-${r.hex("association", 17)}`,
    untagged: true,
    forceNew: ["resolverQueryLogConfigId", "resourceId"],
    references: [
      refer(
        "resolverQueryLogConfigId",
        queryLogConfig.token,
        resolverMissing("resolver query log config"),
        { holds: true, within: "world" },
      ),
      { ...toVpc("resourceId"), holds: false },
    ],
  },
);

const validation = ordinary("aws:route53/resolverDnsSecConfig:ResolverDnsSecConfig", {
  id: (r) => `rdsc-${r.hex("config", 16)}`,
  arn: "route53resolver:resolver-dnssec-config/{id}",
  untagged: true,
  forceNew: ["resourceId"],
  outputs: { ownerId: (r) => r.account, validationStatus: "ENABLED" },
  references: [{ ...toVpc("resourceId"), holds: false, cascades: true }],
});

/** The entries of the resolver. */
export const resolverTypes: readonly TypeEntry[] = [
  resolverEndpoint,
  resolverRule,
  ruleAssociation,
  domainList,
  firewallGroup,
  firewallRule,
  firewallAssociation,
  queryLogConfig,
  queryLogAssociation,
  validation,
];
