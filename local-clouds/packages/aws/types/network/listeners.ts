/** Listeners and their rules (Elastic Load Balancing API reference, version 2015-12-01). */

import type { Resource } from "../../../../types/resource.ts";
import type { InputFault, ServiceError, TypeEntry } from "../../../../types/type.ts";
import { oneOf, others } from "../common.ts";
import { error, ordinary, refer, refuseIf } from "../ordinary.ts";
import { toCertificate } from "../references.ts";
import { balancerTokens, bothModules, groupTokens, kinds, noGroup } from "./balancer-common.ts";

/** Rules of one listener without its default (Application Load Balancer quotas). */
const rulesPerListenerMax = 100;

/** Listeners of one load balancer (quotas). */
const listenersPerBalancerMax = 50;

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

function listenerCertificate(token: string, alias: string): TypeEntry {
  return ordinary(token, {
    aliases: [alias],
    id: "{listenerArn}_{certificateArn}",
    untagged: true,
    forceNew: ["certificateArn", "listenerArn"],
    references: [toListener, toCertificate("certificateArn", noCertificate)],
  });
}

/** The entries of listeners. */
export const listenerTypes: readonly TypeEntry[] = [
  ...bothModules("listener", listener),
  ...bothModules("listenerRule", listenerRule),
  ...bothModules("listenerCertificate", listenerCertificate),
];
