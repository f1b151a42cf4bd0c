/** Load balancers of both generations (Elastic Load Balancing API references). */

import type { Json } from "../../../../protocol/value.ts";
import type { Resource } from "../../../../types/resource.ts";
import type { Computed, InputFault, ServiceError, TypeEntry } from "../../../../types/type.ts";
import { oneOf, others, textOf } from "../common.ts";
import { toGroup, toSubnet, toVpc } from "../ec2-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { toCertificate } from "../references.ts";
import { bucketTokens } from "../s3-references.ts";

/** Rules of one listener without its default (Application Load Balancer quotas). */
const rulesPerListenerMax = 100;
/** Listeners of one load balancer (quotas). */
const listenersPerBalancerMax = 50;

const kinds: Readonly<Record<string, { short: string; protocols: readonly string[] }>> = {
  application: { short: "app", protocols: ["HTTP", "HTTPS"] },
  network: { short: "net", protocols: ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"] },
  gateway: { short: "gwy", protocols: ["GENEVE"] },
};

/** DNS zones of application load balancers (AWS General Reference, "Elastic Load Balancing endpoints and quotas"). */
const zones: Readonly<Record<string, string>> = {
  "eu-central-1": "Z215JYRZR1TBD5",
  "eu-north-1": "Z23TAZ6LKFMNIO",
  "eu-west-1": "Z32O12XQLNTSW2",
  "eu-west-2": "ZHURV8PSTC4K8",
  "eu-west-3": "Z3Q77PNBQS71R4",
  "us-east-1": "Z35SXDOTRQ7X7K",
  "us-east-2": "Z3AADJGX6KTTL2",
  "us-west-1": "Z368ELLRRE2KJ0",
  "us-west-2": "Z1H1FL5HABSF5",
};

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
    forceNew: ["customerOwnedIpv4Pool", "internal", "loadBalancerType"],
    check: balancerFaults,
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
      zoneId: (r) => zones[r.region],
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

const lb = "aws:lb/loadBalancer:LoadBalancer";
const balancerTokens = [lb, "aws:alb/loadBalancer:LoadBalancer"];

const checksOf = (r: Resource) => {
  const protocol = r.text("protocol", "HTTP");
  const http = protocol.startsWith("HTTP");
  return {
    enabled: true,
    healthyThreshold: 5,
    interval: 30,
    matcher: http ? "200" : "",
    path: http ? "/" : "",
    port: "traffic-port",
    protocol: http ? protocol : "TCP",
    timeout: http ? 5 : 10,
    unhealthyThreshold: 2,
  };
};

const groupProtocols = [
  "HTTP",
  "HTTPS",
  "TCP",
  "TLS",
  "UDP",
  "TCP_UDP",
  "GENEVE",
  "QUIC",
  "TCP_QUIC",
];

function targetGroup(token: string, alias: string): TypeEntry {
  return ordinary(token, {
    aliases: [alias],
    arn: "elasticloadbalancing:targetgroup/{name}/{hex16}",
    name: 32,
    prefixed: true,
    defaults: {
      lambdaMultiValueHeadersEnabled: false,
      proxyProtocolV2: false,
      slowStart: 0,
      targetType: "instance",
      "healthCheck.enabled": true,
      "healthCheck.healthyThreshold": 3,
      "healthCheck.interval": 30,
      "healthCheck.port": "traffic-port",
      "healthCheck.protocol": "HTTP",
      "healthCheck.unhealthyThreshold": 3,
      "stickiness.cookieDuration": 86_400,
      "stickiness.enabled": true,
    },
    forceNew: [
      "ipAddressType",
      "port",
      "protocol",
      "protocolVersion",
      "targetControlPort",
      "targetType",
      "vpcId",
    ],
    check: (r) => [
      ...oneOf(r.text("targetType", "instance"), "targetType", ["instance", "ip", "lambda", "alb"]),
      ...(r.given("protocol") === undefined
        ? []
        : oneOf(r.text("protocol"), "protocol", groupProtocols)),
    ],
    planned: { deregistrationDelay: 300 },
    outputs: {
      arnSuffix: form("targetgroup/{name}/{hex16}"),
      connectionTermination: false,
      healthCheck: checksOf,
      "healthCheck.matcher": (r) => checksOf(r).matcher,
      "healthCheck.path": (r) => checksOf(r).path,
      "healthCheck.timeout": (r) => checksOf(r).timeout,
      ipAddressType: "ipv4",
      loadBalancerArns: [],
      loadBalancingAlgorithmType: "round_robin",
      loadBalancingAnomalyMitigation: "off",
      loadBalancingCrossZoneEnabled: "use_load_balancer_configuration",
      protocolVersion: (r) => (r.text("protocol", "").startsWith("HTTP") ? "HTTP1" : ""),
      stickiness: { cookieDuration: 86_400, cookieName: "", enabled: false, type: "lb_cookie" },
      "stickiness.cookieName": "",
      targetFailovers: [],
    },
    references: [{ ...toVpc("vpcId"), holds: false }],
    admit: refuseTargetGroup,
    inUse: error(
      "ResourceInUse",
      "Target group '{id}' is currently in use by a listener or a rule",
    ),
  });
}

function refuseTargetGroup(r: Resource): ServiceError | undefined {
  if (others(r).some(({ properties }) => properties["name"] === r.given("name"))) {
    return error(
      "DuplicateTargetGroupName",
      `A target group with the same name '${r.text("name")}' exists, but with different settings`,
    );
  }
  const needed = ["port", "protocol", "vpcId"].find((property) => r.given(property) === undefined);
  return refuseIf(
    r.text("targetType") !== "lambda" && needed !== undefined,
    "ValidationError",
    `A ${needed ?? ""} must be specified`,
  );
}

const groupTokens = ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"];
const noGroup = error("TargetGroupNotFound", "Target groups '{value}' not found");
const actionGroups = (path: string) => [
  refer(`${path}[*].targetGroupArn`, groupTokens, noGroup, { by: "arn", holds: true }),
  refer(`${path}[*].forward.targetGroups[*].arn`, groupTokens, noGroup, { by: "arn", holds: true }),
];
const noCertificate = error("CertificateNotFound", "Certificate '{value}' not found");

function listener(token: string, alias: string): TypeEntry {
  return ordinary(token, {
    aliases: [alias],
    id: (r) =>
      `${r.text("loadBalancerArn").replace(":loadbalancer/", ":listener/")}/${r.hex("listener", 16)}`,
    forceNew: ["loadBalancerArn"],
    check: listenerFaults,
    outputs: {
      arn: (r) => r.id,
      protocol: (r) => (isApplication(r) ? "HTTP" : undefined),
      sslPolicy: (r) => (isEncrypted(r) ? "ELBSecurityPolicy-2016-08" : ""),
      alpnPolicy: "",
      "defaultActions[*].order": 1,
      tcpIdleTimeoutSeconds: (r) => (r.text("protocol", "HTTP") === "TCP" ? 350 : undefined),
      routingHttpResponseServerEnabled: true,
    },
    keys: ["arn"],
    references: [
      refer(
        "loadBalancerArn",
        balancerTokens,
        error("LoadBalancerNotFound", "Load balancer '{value}' not found"),
        { by: "arn", cascades: true },
      ),
      toCertificate("certificateArn", noCertificate),
      ...actionGroups("defaultActions"),
    ],
    admit: refuseListener,
    timeouts: { create: 300, update: 300 },
  });
}

function isApplication(r: Resource): boolean {
  return r.text("loadBalancerArn").includes(":loadbalancer/app/");
}

function isEncrypted(r: Resource): boolean {
  return ["HTTPS", "TLS"].includes(r.text("protocol", "HTTP"));
}

function listenerFaults(r: Resource): InputFault[] {
  const all = Object.values(kinds).flatMap(({ protocols }) => protocols);
  return [
    ...oneOf(r.text("protocol", "HTTP"), "protocol", all),
    ...r
      .every("defaultActions[*].type")
      .flatMap((type) => oneOf(String(type), "defaultActions.type", actionTypes)),
  ];
}

const actionTypes = [
  "authenticate-cognito",
  "authenticate-oidc",
  "fixed-response",
  "forward",
  "jwt-validation",
  "redirect",
];

function refuseListener(r: Resource): ServiceError | undefined {
  const protocol = r.text("protocol", isApplication(r) ? "HTTP" : "");
  const kind = Object.values(kinds).find(({ short }) =>
    r.text("loadBalancerArn").includes(`:loadbalancer/${short}/`),
  );
  if (kind !== undefined && protocol !== "" && !kind.protocols.includes(protocol)) {
    return error(
      "ValidationError",
      `Protocol '${protocol}' must be one of '${kind.protocols.join(", ")}'`,
    );
  }
  if (isEncrypted(r) && r.given("certificateArn") === undefined) {
    return error("CertificateNotFound", "A certificate must be specified for HTTPS listeners");
  }
  const mine = others(r).filter(
    ({ properties }) => properties["loadBalancerArn"] === r.given("loadBalancerArn"),
  );
  if (mine.some(({ properties }) => properties["port"] === r.given("port"))) {
    return error(
      "DuplicateListener",
      "A listener already exists on this port for this load balancer",
    );
  }
  return refuseIf(
    mine.length >= listenersPerBalancerMax,
    "TooManyListeners",
    `The maximum number of listeners (${listenersPerBalancerMax}) has been reached`,
  );
}

const listenerTokens = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"];
const toListener = refer(
  "listenerArn",
  listenerTokens,
  error("ListenerNotFound", "One or more listeners not found: {value}"),
  { by: "arn", cascades: true },
);

function listenerRule(token: string, alias: string): TypeEntry {
  return ordinary(token, {
    aliases: [alias],
    id: (r) =>
      `${r.text("listenerArn").replace(":listener/", ":listener-rule/")}/${r.hex("rule", 16)}`,
    forceNew: ["listenerArn"],
    check: (r) => {
      const priority = r.number("priority", 1);
      return [
        ...r
          .every("actions[*].type")
          .flatMap((type) => oneOf(String(type), "actions.type", actionTypes)),
        ...(priority >= 1 && priority <= 50_000
          ? []
          : [
              {
                property: "priority",
                reason: `expected priority to be in the range (1 - 50000), got ${priority}`,
              },
            ]),
      ];
    },
    outputs: { arn: (r) => r.id, "actions[*].order": 1, priority: nextPriority },
    keys: ["arn"],
    references: [toListener, ...actionGroups("actions")],
    admit: refuseRule,
  });
}

function rulesBeside(r: Resource) {
  return others(r).filter(({ properties }) => properties["listenerArn"] === r.given("listenerArn"));
}

function nextPriority(r: Resource): number {
  const taken = rulesBeside(r).map(({ properties }) => Number(properties["priority"]));
  return Math.max(0, ...taken) + 1;
}

function refuseRule(r: Resource): ServiceError | undefined {
  const beside = rulesBeside(r);
  if (beside.some(({ properties }) => properties["priority"] === r.given("priority"))) {
    return error("PriorityInUse", `Priority '${String(r.given("priority"))}' is currently in use`);
  }
  return refuseIf(
    beside.length >= rulesPerListenerMax,
    "TooManyRules",
    `The maximum number of rules (${rulesPerListenerMax}) has been reached`,
  );
}

function groupAttachment(token: string, alias: string): TypeEntry {
  return ordinary(token, {
    aliases: [alias],
    id: (r) => `${r.text("targetGroupArn")}-${r.digits("attachment", 26)}`,
    untagged: true,
    forceNew: ["availabilityZone", "port", "targetGroupArn", "targetId"],
    references: [refer("targetGroupArn", groupTokens, noGroup, { by: "arn", cascades: true })],
    admit: refuseTarget,
  });
}

/** Instances must be there; addresses must look like such; functions are named by ARN. */
function refuseTarget(r: Resource): ServiceError | undefined {
  const type = r.target("targetGroupArn")?.properties["targetType"];
  const id = r.text("targetId");
  if (type === "instance" && r.find("aws:ec2/instance:Instance", id) === undefined) {
    return error("InvalidTarget", `The following targets are not valid instances: '${id}'`);
  }
  const address = /^\d+(\.\d+){3}$/.test(id) || id.includes(":");
  return refuseIf(
    type === "ip" && !address,
    "ValidationError",
    `The IP address '${id}' is not a valid IPv4 or IPv6 address`,
  );
}

function listenerCertificate(token: string, alias: string): TypeEntry {
  return ordinary(token, {
    aliases: [alias],
    id: "{listenerArn}_{certificateArn}",
    untagged: true,
    forceNew: ["certificateArn", "listenerArn"],
    references: [toListener, toCertificate("certificateArn", noCertificate)],
  });
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

/** Both module names of the SDK are types of their own, each with its older name. */
const modules = [
  ["lb", "elasticloadbalancingv2"],
  ["alb", "applicationloadbalancing"],
] as const;

function bothModules(
  type: string,
  entry: (token: string, alias: string) => TypeEntry,
): readonly TypeEntry[] {
  const kind = type.charAt(0).toUpperCase() + type.slice(1);
  return modules.map(([now, once]) =>
    entry(`aws:${now}/${type}:${kind}`, `aws:${once}/${type}:${kind}`),
  );
}

/** The entries of load balancers. */
export const loadBalancerTypes: readonly TypeEntry[] = [
  ...bothModules("loadBalancer", balancer),
  ...bothModules("targetGroup", targetGroup),
  ...bothModules("listener", listener),
  ...bothModules("listenerRule", listenerRule),
  ...bothModules("targetGroupAttachment", groupAttachment),
  ...bothModules("listenerCertificate", listenerCertificate),
  classic,
];
