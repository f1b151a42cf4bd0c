/** Target groups (Elastic Load Balancing API reference, version 2015-12-01). */

import type { Resource } from "../../../../types/resource.ts";
import type { ServiceError, TypeEntry } from "../../../../types/type.ts";
import { oneOf, others } from "../common.ts";
import { toVpc } from "../ec2-references.ts";
import { error, form, ordinary, refer, refuseIf } from "../ordinary.ts";
import { bothModules, groupTokens, noGroup } from "./balancer-common.ts";

function isHttp(r: Resource): boolean {
  return r.text("protocol", "HTTP").startsWith("HTTP");
}

/** Whether targets see the client's address: by the kind of target and protocol (NLB user guide, "Client IP preservation"). */
function keepsClient(r: Resource): string | null {
  const protocol = r.text("protocol", "HTTP");
  if (isHttp(r) || protocol === "GENEVE") return null;
  return String(r.text("targetType", "instance") !== "ip" || protocol.includes("UDP"));
}

const checksOf = (r: Resource) => {
  const protocol = r.text("protocol", "HTTP");
  const http = isHttp(r);
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
      loadBalancingAlgorithmType: (r) => (isHttp(r) ? "round_robin" : null),
      loadBalancingAnomalyMitigation: "off",
      loadBalancingCrossZoneEnabled: "use_load_balancer_configuration",
      preserveClientIp: keepsClient,
      protocolVersion: (r) => (isHttp(r) ? "HTTP1" : null),
      stickiness: (r) =>
        isHttp(r)
          ? { cookieDuration: 86_400, cookieName: "", enabled: false, type: "lb_cookie" }
          : { cookieDuration: 0, cookieName: "", enabled: false, type: "source_ip" },
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

/** The entries of target groups. */
export const targetGroupTypes: readonly TypeEntry[] = [
  ...bothModules("targetGroup", targetGroup),
  ...bothModules("targetGroupAttachment", groupAttachment),
];
