/**
 * What stands behind a Service.
 *
 * Kubernetes, "Service", "Defining a Service": the pods of its namespace that its selector selects, at
 * the `targetPort`, by default the same as `port`. "Port definitions": a `targetPort` may be a port's
 * name, which each pod may give to another number. "Services without selectors": EndpointSlices that
 * somebody wrote. "EndpointSlices" come from the label `kubernetes.io/service-name`.
 */

import type { JsonObject } from "../../../protocol/value.ts";
import { type Address, addressOf } from "../address.ts";
import { type Deployed, numberOf, objectOf, objectsOf, textOf, textsOf } from "../deployed.ts";
import { type Packet, protocolName } from "../packet.ts";
import type { Pod } from "./pod.ts";
import { podOfWorkload } from "./pods.ts";
import { labelsOf } from "./selectors.ts";
import type { Service } from "./service.ts";
import { kubernetes, workloads } from "./tokens.ts";

/** A pod, or an address that somebody wrote, with the port there. */
export interface Endpoint {
  readonly pod: Pod | undefined;
  readonly address: Address | undefined;
  readonly port: number;
}

/** The port of a Service for a packet: by its own number, or by that at the nodes. */
export function portOf(
  { spec }: Service,
  packet: Packet,
  key: "port" | "nodePort",
): JsonObject | undefined {
  const protocol = protocolName(packet).toUpperCase();
  return objectsOf(spec, "ports").find(
    (one) => numberOf(one, key) === packet.port && (textOf(one, "protocol") ?? "TCP") === protocol,
  );
}

/** Whether the cluster finds a Service's pods by itself. */
export function hasSelector({ spec }: Service): boolean {
  return Object.keys(objectOf(spec, "selector")).length > 0;
}

/** The endpoints of one port of a Service. */
export function endpointsOf(
  deployed: Deployed,
  service: Service,
  port: JsonObject,
): readonly Endpoint[] {
  if (!hasSelector(service)) return writtenEndpoints(deployed, service, port);
  return podsOf(deployed, service).flatMap((pod) => {
    const target = targetPort(pod, port);
    return target === undefined ? [] : [{ pod, address: pod.addresses[0], port: target }];
  });
}

/** The pods that a Service's selector selects. */
export function podsOf(deployed: Deployed, service: Service): readonly Pod[] {
  const wanted = Object.entries(labelsOf(objectOf(service.spec, "selector")));
  return deployed
    .all(...workloads)
    .filter(({ account, id }) => account === service.cluster && inNamespace(id, service))
    .map((live) => podOfWorkload(live, live.id))
    .filter(({ labels }) => wanted.every(([key, value]) => labels[key] === value));
}

function inNamespace(id: string, { namespace }: Service): boolean {
  return id.startsWith(`${namespace}/`);
}

function targetPort(pod: Pod, port: JsonObject): number | undefined {
  const number = numberOf(port, "targetPort");
  const name = textOf(port, "targetPort");
  if (number !== undefined) return number;
  if (name === undefined) return numberOf(port, "port");
  const protocol = textOf(port, "protocol") ?? "TCP";
  return pod.ports.find((one) => one.name === name && one.protocol === protocol)?.port;
}

function writtenEndpoints(
  deployed: Deployed,
  service: Service,
  port: JsonObject,
): readonly Endpoint[] {
  return deployed
    .all(kubernetes.endpointSlice)
    .filter(({ account, id }) => account === service.cluster && inNamespace(id, service))
    .filter(({ properties }) => {
      const labels = objectOf(objectOf(properties, "metadata"), "labels");
      return labels["kubernetes.io/service-name"] === service.name;
    })
    .flatMap(({ properties }) => {
      const own = objectsOf(properties, "ports").find(
        (one) => (textOf(one, "name") ?? "") === (textOf(port, "name") ?? ""),
      );
      const number = numberOf(own ?? {}, "port");
      const texts = objectsOf(properties, "endpoints").flatMap((one) => textsOf(one, "addresses"));
      return number === undefined
        ? []
        : texts.map((text) => ({ pod: undefined, address: addressOf(text), port: number }));
    });
}
