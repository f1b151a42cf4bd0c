/** Route 53: zones, records, and the resolver of networks (Route 53 and Route 53 Resolver API references). */

import type { Resource } from "../../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../../types/type.ts";
import { oneOf, others, textOf } from "../common.ts";
import { toGroup, toSubnet, toVpc } from "../ec2-references.ts";
import { error, ordinary, refer, refuseIf } from "../ordinary.ts";
import { toKey, toLogGroupArn } from "../references.ts";

const zone = ordinary("aws:route53/zone:Zone", {
  global: true,
  id: "Z{upper20}",
  arn: "arn:{partition}:route53:::hostedzone/{id}",
  autoname: { property: "name", charactersMax: 255 },
  defaults: {
    comment: "Managed by Pulumi",
    enableAcceleratedRecovery: false,
    forceDestroy: false,
  },
  forceNew: ["delegationSetId", "name"],
  outputs: {
    zoneId: (r) => r.id,
    delegationSetId: "",
    nameServers: nameServers,
    primaryNameServer: (r) => nameServers(r)[0],
    "vpcs[*].vpcRegion": (r) => r.region,
  },
  normalised: { name: (_r, given) => withoutDot(String(given)) },
  keys: ["zoneId", "name"],
  references: [{ ...toVpc("vpcs[*].vpcId"), holds: false }],
  inUse: error(
    "HostedZoneNotEmpty",
    "The specified hosted zone contains non-required resource record sets and so cannot be deleted.",
  ),
  timeouts: { create: 1800, update: 1800, delete: 1800 },
});

function nameServers(r: Resource): string[] {
  if (r.list("vpcs").length > 0)
    return ["ns-0", "ns-512", "ns-1024", "ns-1536"].map(
      (host, i) => `${host}.awsdns-00.${domains[i]}`,
    );
  return domains.map((domain, i) => {
    const number = Number.parseInt(r.hex(`server ${i}`, 4), 16) % 512;
    return `ns-${i * 512 + number}.awsdns-${String(number % 64).padStart(2, "0")}.${domain}`;
  });
}

const domains = ["com", "net", "org", "co.uk"];

function withoutDot(name: string): string {
  return name.replace(/\.$/, "").toLowerCase();
}

const noZone = error("NoSuchHostedZone", "No hosted zone found with ID: {value}");
const toZone = (at = "zoneId") =>
  refer(at, zone.token, noZone, {
    within: "world",
    key: (_r, value) => value.replace("/hostedzone/", ""),
  });

const recordTypes = [
  "A",
  "AAAA",
  "CAA",
  "CNAME",
  "DS",
  "HTTPS",
  "MX",
  "NAPTR",
  "NS",
  "PTR",
  "SOA",
  "SPF",
  "SRV",
  "SSHFP",
  "SVCB",
  "TLSA",
  "TXT",
];

const record = ordinary("aws:route53/record:Record", {
  global: true,
  untagged: true,
  id: recordId,
  forceNew: ["name", "setIdentifier", "type", "zoneId"],
  check: (r) => [
    ...oneOf(r.text("type"), "type", recordTypes),
    ...(r.given("records") === undefined && r.given("aliases") === undefined
      ? [{ property: "aliases", reason: "one of `alias,records` must be specified" }]
      : []),
    ...(r.given("records") !== undefined && r.given("ttl") === undefined
      ? [{ property: "ttl", reason: "all of `records,ttl` must be specified" }]
      : []),
  ],
  outputs: { fqdn: fullName },
  references: [{ ...toZone(), holds: true }],
  taken: error(
    "InvalidChangeBatch",
    "[Tried to create resource record set but it already exists: {id}]",
  ),
  admit: refuseRecord,
  timeouts: { create: 1800, update: 1800, delete: 1800 },
  schemaVersion: 2,
});

function recordId(r: Resource): string {
  const set = r.text("setIdentifier", "");
  const name = withoutDot(r.text("name")).replace("\\052", "*");
  return [r.text("zoneId"), name, r.text("type"), ...(set === "" ? [] : [set])].join("_");
}

function zoneName(r: Resource): string {
  return textOf(r.target("zoneId")?.properties ?? {}, "name") ?? "";
}

function fullName(r: Resource): string {
  const [name, suffix] = [withoutDot(r.text("name")), zoneName(r)];
  if (name === "" || name === suffix || name.endsWith(`.${suffix}`)) return name || suffix;
  return `${name}.${suffix}`;
}

/** A name is held by one CNAME alone, and a zone's own name never by one (RFC 1034, section 3.6.2). */
function refuseRecord(r: Resource): ServiceError | undefined {
  const name = fullName(r);
  if (r.text("type") === "CNAME" && name === zoneName(r)) {
    return error(
      "InvalidChangeBatch",
      `[RRSet of type CNAME with DNS name ${name}. is not permitted at apex in zone ${zoneName(r)}.]`,
    );
  }
  const clash = others(r).find(
    ({ properties }) =>
      properties["zoneId"] === r.given("zoneId") &&
      properties["fqdn"] === name &&
      properties["type"] !== r.given("type") &&
      (properties["type"] === "CNAME" || r.text("type") === "CNAME"),
  );
  return refuseIf(
    clash !== undefined,
    "InvalidChangeBatch",
    `[RRSet of type ${r.text("type")} with DNS name ${name}. is not permitted as it conflicts with other records with the same DNS name in zone ${zoneName(r)}.]`,
  );
}

const zoneTie = (kind: "ZoneAssociation" | "VpcAssociationAuthorization") =>
  ordinary(`aws:route53/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`, {
    global: true,
    untagged: true,
    id: "{zoneId}:{vpcId}",
    forceNew: ["vpcId", "vpcRegion", "zoneId"],
    outputs: { vpcRegion: (r) => r.region },
    references: [
      toZone(),
      refer(
        "vpcId",
        "aws:ec2/vpc:Vpc",
        error("InvalidVPCId", "The VPC: {value} you provided is not valid."),
        { within: "world" },
      ),
    ],
  });

const zoneAssociation: TypeEntry = {
  ...zoneTie("ZoneAssociation"),
  admit: (r) => {
    const inside = r.target("zoneId")?.properties["vpcs"];
    return refuseIf(
      !Array.isArray(inside) || inside.length === 0,
      "PublicZoneVPCAssociation",
      `You're trying to associate a VPC with a public hosted zone: ${r.text("zoneId")}`,
    );
  },
};

const checkTypes = [
  "CALCULATED",
  "CLOUDWATCH_METRIC",
  "HTTP",
  "HTTPS",
  "HTTPS_STR_MATCH",
  "HTTP_STR_MATCH",
  "RECOVERY_CONTROL",
  "TCP",
];

const healthCheck = ordinary("aws:route53/healthCheck:HealthCheck", {
  global: true,
  id: "{uuid}",
  arn: "arn:{partition}:route53:::healthcheck/{id}",
  defaults: { disabled: false },
  forceNew: ["measureLatency", "referenceName", "requestInterval", "routingControlArn", "type"],
  check: (r) => oneOf(r.text("type"), "type", checkTypes),
  outputs: {
    enableSni: (r) => r.text("type").startsWith("HTTPS"),
    failureThreshold: (r) => (/^(HTTP|TCP)/.test(r.text("type")) ? 3 : 0),
    requestInterval: (r) => (/^(HTTP|TCP)/.test(r.text("type")) ? 30 : undefined),
    measureLatency: false,
    invertHealthcheck: false,
  },
});

const queryLog = ordinary("aws:route53/queryLog:QueryLog", {
  global: true,
  untagged: true,
  id: "{uuid}",
  arn: "arn:{partition}:route53:::queryloggingconfig/{id}",
  forceNew: ["cloudwatchLogGroupArn", "zoneId"],
  references: [
    { ...toZone(), cascades: true },
    {
      ...toLogGroupArn(
        "cloudwatchLogGroupArn",
        error(
          "NoSuchCloudWatchLogsLogGroup",
          "The specified CloudWatch Logs log group does not exist.",
        ),
      ),
      within: "world",
    },
  ],
  admit: (r) =>
    refuseIf(
      r.text("cloudwatchLogGroupArn").split(":")[3] !== "us-east-1",
      "InvalidInput",
      "The CloudWatch Logs log group must be in us-east-1.",
    ),
});

const keySigningKey = ordinary("aws:route53/keySigningKey:KeySigningKey", {
  global: true,
  untagged: true,
  id: "{hostedZoneId},{name}",
  name: 128,
  defaults: { status: "ACTIVE" },
  forceNew: ["hostedZoneId", "keyManagementServiceArn"],
  check: (r) => oneOf(r.text("status", "ACTIVE"), "status", ["ACTIVE", "INACTIVE"]),
  outputs: {
    digestAlgorithmMnemonic: "SHA-256",
    digestAlgorithmType: 2,
    flag: 257,
    signingAlgorithmMnemonic: "ECDSAP256SHA256",
    signingAlgorithmType: 13,
    keyTag: (r) => Number.parseInt(r.hex("tag", 4), 16),
    digestValue: (r) => r.hex("digest", 64).toUpperCase(),
  },
  references: [
    { ...toZone("hostedZoneId"), holds: true },
    toKey("keyManagementServiceArn", "InvalidKMSArn", "The KMS key {value} is not valid."),
  ],
});

const zoneSigning = ordinary("aws:route53/hostedZoneDnsSec:HostedZoneDnsSec", {
  global: true,
  untagged: true,
  id: "{hostedZoneId}",
  defaults: { signingStatus: "SIGNING" },
  forceNew: ["hostedZoneId"],
  check: (r) =>
    oneOf(r.text("signingStatus", "SIGNING"), "signingStatus", ["SIGNING", "NOT_SIGNING"]),
  references: [{ ...toZone("hostedZoneId"), cascades: true }],
  admit: (r) =>
    refuseIf(
      !r
        .all(keySigningKey.token)
        .some(({ properties }) => properties["hostedZoneId"] === r.given("hostedZoneId")),
      "KeySigningKeyWithActiveStatusNotFound",
      `A key-signing key (KSK) with ACTIVE status wasn't found for hosted zone ${r.text("hostedZoneId")}.`,
    ),
});

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

/** The entries of DNS. */
export const dnsTypes: readonly TypeEntry[] = [
  zone,
  record,
  zoneAssociation,
  zoneTie("VpcAssociationAuthorization"),
  healthCheck,
  queryLog,
  keySigningKey,
  zoneSigning,
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
