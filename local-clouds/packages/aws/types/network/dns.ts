/** Route 53 zones and records (Amazon Route 53 API reference). */

import { tryParseAddress } from "../../../../../model/base/address.ts";
import type { Resource } from "../../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../../types/type.ts";
import { oneOf, others, textOf } from "../common.ts";
import { toVpc } from "../ec2-references.ts";
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

/** A domain name as Route 53 keeps it. */
export function withoutDot(name: string): string {
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
  return refuseAddresses(r) ?? refusePlace(r);
}

/** Values of address records are addresses of their family ("Supported DNS record types"). */
function refuseAddresses(r: Resource): ServiceError | undefined {
  const family = { A: 4, AAAA: 6 }[r.text("type")];
  if (family === undefined) return undefined;
  const values = r.list("records").map(String);
  const bad = values.find((value) => tryParseAddress(value)?.family !== family);
  const kind = family === 4 ? "ARRDATAIllegalIPv4Address" : "AAAARRDATAIllegalIPv6Address";
  return refuseIf(
    bad !== undefined,
    "InvalidChangeBatch",
    `[Invalid Resource Record: 'FATAL problem: ${kind} (Value is not a valid IPv${family} address) encountered with '${bad}'']`,
  );
}

function refusePlace(r: Resource): ServiceError | undefined {
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

/** The entries of zones and records. */
export const dnsTypes: readonly TypeEntry[] = [
  zone,
  record,
  zoneAssociation,
  zoneTie("VpcAssociationAuthorization"),
  healthCheck,
  queryLog,
  keySigningKey,
  zoneSigning,
];
