/**
 * Listeners and what they forward to.
 *
 * Elastic Load Balancing, "Listeners for your Application Load Balancers" and "for your Network Load
 * Balancers": a listener takes one port and protocol; its default actions and its rules' actions
 * forward to target groups, or answer by themselves.
 */

import type { JsonObject } from "../../../../protocol/value.ts";
import { type Deployed, type Live, numberOf, objectOf, objectsOf, textOf } from "../../deployed.ts";
import { hasPorts, type Packet, protocolName } from "../../packet.ts";
import { aws } from "../tokens.ts";

/** Which packets a listener of a protocol takes. */
const carriers: Readonly<Record<string, readonly string[]>> = {
  HTTP: ["tcp"],
  HTTPS: ["tcp"],
  TCP: ["tcp"],
  TLS: ["tcp"],
  UDP: ["udp"],
  TCP_UDP: ["tcp", "udp"],
  QUIC: ["udp"],
  TCP_QUIC: ["tcp", "udp"],
};

/** The listener of a balancer that takes a packet. */
export function listenerFor(deployed: Deployed, balancer: Live, packet: Packet): Live | undefined {
  const name = protocolName(packet);
  return deployed
    .where("loadBalancerArn", arnOf(balancer), aws.listener, aws.albListener)
    .find(
      ({ properties }) =>
        hasPorts(packet) &&
        numberOf(properties, "port") === packet.port &&
        carriers[textOf(properties, "protocol") ?? "HTTP"]?.includes(name) === true,
    );
}

/** The ARN of a resource of Elastic Load Balancing. */
export function arnOf({ id, properties }: Live): string {
  return textOf(properties, "arn") ?? id;
}

/** One thing that a listener may do with a request: a target group by its ARN, or its own answer. */
export type Action = { readonly group: string } | { readonly answer: string };

/** Everything that a listener and its rules may do, the requests decide which. */
export function actionsOf(deployed: Deployed, listener: Live): readonly Action[] {
  const rules = deployed.where(
    "listenerArn",
    arnOf(listener),
    aws.listenerRule,
    aws.albListenerRule,
  );
  const written = [
    ...objectsOf(listener.properties, "defaultActions"),
    ...rules.flatMap(({ properties }) => objectsOf(properties, "actions")),
  ];
  return written.flatMap(actionOf);
}

function actionOf(action: JsonObject): readonly Action[] {
  const type = textOf(action, "type") ?? "forward";
  if (type === "fixed-response" || type === "redirect") return [{ answer: type }];
  if (type !== "forward") return [];
  const direct = textOf(action, "targetGroupArn");
  const weighted = objectsOf(objectOf(action, "forward"), "targetGroups");
  const groups = weighted.filter((one) => numberOf(one, "weight") !== 0);
  return [
    ...(direct === undefined ? [] : [{ group: direct }]),
    ...groups.flatMap((one) => {
      const group = textOf(one, "arn");
      return group === undefined || group === direct ? [] : [{ group }];
    }),
  ];
}
