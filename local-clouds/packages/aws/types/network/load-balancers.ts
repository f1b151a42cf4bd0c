/** Load balancers of both generations (Elastic Load Balancing API references). */

import type { Json } from "../../../../protocol/value.ts";
import type { Resource } from "../../../../types/resource.ts";
import type { Computed, InputFault, ServiceError, TypeEntry } from "../../../../types/type.ts";
import { oneOf, others, textOf } from "../common.ts";
import { toGroup, toSubnet } from "../ec2-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { bucketTokens } from "../s3-references.ts";
import { bothModules, kinds, networkZones, zones } from "./balancer-common.ts";

const balancerDefaults: Readonly<Record<string, Computed>> = {
  clientKeepAlive: 3600,
  desyncMitigationMode: "defensive",
  dropInvalidHeaderFields: false,
  enableCrossZoneLoadBalancing: false,
  enableDeletionProtection: false,
  enableHttp2: true,
  enableTlsVersionAndCipherSuiteHeaders: false,
  enableWafFailOpen: false,
  enableXffClientPort: false,
  enableZonalShift: false,
  idleTimeout: 60,
  loadBalancerType: "application",
  preserveHostHeader: false,
  xffHeaderProcessingMode: "append",
};

function balancer(token: string, alias: string): TypeEntry {
  return ordinary(token, {
    aliases: [alias],
    arn: "elasticloadbalancing:loadbalancer/",
    id: (r) => form(`arn:{partition}:elasticloadbalancing:{region}:{account}:${suffixOf(r)}`)(r),
    name: 32,
    prefixed: true,
    defaults: balancerDefaults,
    keep: (r) =>
      refuseIf(
        r.flag("enableDeletionProtection"),
        "OperationNotPermitted",
        `Load balancer '${r.id}' cannot be deleted because deletion protection is enabled`,
      ),
    forceNew: ["customerOwnedIpv4Pool", "internal", "loadBalancerType"],
    check: balancerFaults,
    normalised: {
      // Always on for application load balancers ("Target group attributes", cross-zone load balancing).
      enableCrossZoneLoadBalancing: (r, given) =>
        r.text("loadBalancerType", "application") === "application" || given,
    },
    outputs: {
      arn: (r) => r.id,
      arnSuffix: (r) => suffixOf(r).replace("loadbalancer/", ""),
      dnsName: (r) => dnsName(r),
      internal: false,
      ipAddressType: "ipv4",
      customerOwnedIpv4Pool: "",
      dnsRecordClientRoutingPolicy: "any_availability_zone",
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "",
      securityGroups: defaultGroups,
      subnets: (r) => r.every("subnetMappings[*].subnetId"),
      subnetMappings: (r) => subnetsOf(r).map((subnetId) => ({ subnetId })),
      vpcId: vpcOf,
      zoneId: (r) => (r.text("loadBalancerType") === "network" ? networkZones : zones)[r.region],
      accessLogs: { bucket: "", enabled: false, prefix: "" },
      connectionLogs: { bucket: "", enabled: false, prefix: "" },
    },
    references: [
      toSubnet("subnets[*]"),
      toSubnet("subnetMappings[*].subnetId"),
      toGroup("securityGroups[*]"),
      refer(
        "accessLogs.bucket",
        bucketTokens,
        error(
          "InvalidConfigurationRequest",
          "Access Denied for bucket: {value}. Please check S3bucket permission",
        ),
        { within: "world" },
      ),
    ],
    admit: refuseBalancer,
    inUse: error("OperationNotPermitted", "Load balancer '{id}' is in use by {value}"),
    timeouts: { create: 600, update: 600, delete: 600 },
  });
}

function suffixOf(r: Resource): string {
  const { short } = kinds[r.text("loadBalancerType", "application")] ?? { short: "app" };
  return `loadbalancer/${short}/${r.text("name")}/${r.hex("balancer", 16)}`;
}

function dnsName(r: Resource): string {
  const inner = r.flag("internal") ? "internal-" : "";
  const host = `${inner}${r.text("name")}-${r.digits("dns", 10)}`;
  return r.text("loadBalancerType") === "application"
    ? form(`${host}.{region}.elb.{suffix}`)(r)
    : form(`${r.text("name")}-${r.hex("balancer", 16)}.elb.{region}.{suffix}`)(r);
}

function subnetsOf(r: Resource): readonly string[] {
  return [...r.list("subnets"), ...r.every("subnetMappings[*].subnetId")].map(String);
}

function propertiesOf(r: Resource, subnet: string): Readonly<Record<string, Json>> {
  return r.find("aws:ec2/subnet:Subnet", subnet)?.properties ?? {};
}

function vpcOf(r: Resource): Json | undefined {
  return propertiesOf(r, subnetsOf(r)[0] ?? "")["vpcId"];
}

function defaultGroups(r: Resource): string[] {
  if (r.text("loadBalancerType") !== "application") return [];
  const vpc = r.find("aws:ec2/vpc:Vpc", String(vpcOf(r)));
  const group = textOf(vpc?.properties ?? {}, "defaultSecurityGroupId");
  return group === undefined ? [] : [group];
}

function balancerFaults(r: Resource): InputFault[] {
  const name = r.text("name");
  const formed =
    /^[0-9A-Za-z-]{1,32}$/.test(name) && !/^-|-$/.test(name) && !name.startsWith("internal-");
  return [
    ...oneOf(r.text("loadBalancerType", "application"), "loadBalancerType", Object.keys(kinds)),
    ...(formed
      ? []
      : [
          {
            property: "name",
            reason: `"name" may have at most 32 letters, digits and hyphens, none at its ends, and must not begin with "internal-": ${name}`,
          },
        ]),
  ];
}

function refuseBalancer(r: Resource): ServiceError | undefined {
  const taken = others(r).some(({ properties }) => properties["name"] === r.given("name"));
  if (taken) {
    return error(
      "DuplicateLoadBalancerName",
      `A load balancer with the same name '${r.text("name")}' exists, but with different settings`,
    );
  }
  const subnets = subnetsOf(r);
  if (subnets.length === 0) {
    return error("ValidationError", "At least one subnet must be specified");
  }
  const of = subnets.map((subnet) => propertiesOf(r, subnet));
  const spread = new Set(of.map((subnet) => subnet["availabilityZone"])).size;
  if (r.text("loadBalancerType") === "application" && spread < 2) {
    return error(
      "ValidationError",
      "At least two subnets in two different Availability Zones must be specified",
    );
  }
  if (spread < subnets.length) {
    return error(
      "InvalidConfigurationRequest",
      "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
    );
  }
  return refuseReach(r, of);
}

/** All subnets are of one network, and one that the internet is to reach has a gateway. */
function refuseReach(
  r: Resource,
  subnets: readonly Readonly<Record<string, Json>>[],
): ServiceError | undefined {
  const networks = new Set(subnets.map((subnet) => subnet["vpcId"]));
  if (networks.size > 1) {
    return error("InvalidConfigurationRequest", "The subnets are not all of one VPC");
  }
  const vpc = [...networks][0];
  const strangers = r
    .list("securityGroups")
    .map((id) => r.find("aws:ec2/securityGroup:SecurityGroup", String(id)))
    .find((group) => group !== undefined && group.properties["vpcId"] !== vpc);
  if (strangers !== undefined) {
    return error(
      "InvalidConfigurationRequest",
      `One or more security groups are invalid: ${strangers.id}`,
    );
  }
  const gateway =
    r
      .all("aws:ec2/internetGateway:InternetGateway")
      .some(({ properties }) => properties["vpcId"] === vpc) ||
    r
      .all("aws:ec2/internetGatewayAttachment:InternetGatewayAttachment")
      .some(({ properties }) => properties["vpcId"] === vpc);
  return refuseIf(
    !r.flag("internal") && !gateway,
    "InvalidSubnet",
    `VPC ${String(vpc)} has no internet gateway`,
  );
}

const classic = ordinary("aws:elb/loadBalancer:LoadBalancer", {
  aliases: ["aws:elasticloadbalancing/loadBalancer:LoadBalancer"],
  id: "{name}",
  arn: "elasticloadbalancing:loadbalancer/{name}",
  name: 32,
  prefixed: true,
  defaults: {
    connectionDraining: false,
    connectionDrainingTimeout: 300,
    crossZoneLoadBalancing: true,
    desyncMitigationMode: "defensive",
    idleTimeout: 60,
  },
  forceNew: ["internal"],
  outputs: {
    dnsName: form("{name}-{digits10}.{region}.elb.{suffix}"),
    internal: false,
    instances: [],
    securityGroups: [],
    sourceSecurityGroup: "",
    sourceSecurityGroupId: (r) => String(r.list("securityGroups")[0] ?? ""),
    availabilityZones: [],
    subnets: [],
    zoneId: (r) => zones[r.region],
    healthCheck: {
      healthyThreshold: 10,
      interval: 30,
      target: "TCP:80",
      timeout: 5,
      unhealthyThreshold: 2,
    },
  },
  references: [
    toSubnet("subnets[*]"),
    toGroup("securityGroups[*]"),
    refer(
      "instances[*]",
      "aws:ec2/instance:Instance",
      error("InvalidInstance", "Could not find EC2 instance {value}."),
    ),
  ],
  taken: error("DuplicateLoadBalancerName", "Load Balancer named {id} already exists"),
});

/** The entries of load balancers. */
export const loadBalancerTypes: readonly TypeEntry[] = [
  ...bothModules("loadBalancer", balancer),
  classic,
];
