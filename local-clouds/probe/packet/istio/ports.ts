/**
 * Whether a pod's port carries HTTP.
 *
 * Istio, "Protocol Selection": by the Service's `appProtocol`, else by the beginning of the port's
 * name; without either the protocol is detected, which nobody can tell beforehand.
 */

import { type Deployed, numberOf, objectOf, objectsOf, textOf } from "../deployed.ts";
import type { Pod } from "../kubernetes/pod.ts";
import { labelsOf } from "../kubernetes/selectors.ts";
import { kubernetes } from "../kubernetes/tokens.ts";

const httpProtocols = ["http", "http2", "grpc", "grpc-web", "kubernetes.io/h2c"];

/** Whether the port carries HTTP; `undefined` where nothing says. */
export function carriesHttp(deployed: Deployed, pod: Pod, port: number): boolean | undefined {
  for (const { account, id, properties } of deployed.all(kubernetes.service)) {
    if (account !== pod.cluster || !id.startsWith(`${pod.namespace}/`)) continue;
    const spec = objectOf(properties, "spec");
    const selector = Object.entries(labelsOf(objectOf(spec, "selector")));
    if (!selector.every(([key, value]) => pod.labels[key] === value)) continue;
    const found = objectsOf(spec, "ports").find((one) => targetOf(one, pod) === port);
    const said = textOf(found ?? {}, "appProtocol") ?? textOf(found ?? {}, "name")?.split("-")[0];
    if (said !== undefined) return httpProtocols.includes(said.toLowerCase());
  }
  return undefined;
}

function targetOf(port: Parameters<typeof numberOf>[0], pod: Pod): number | undefined {
  const target = numberOf(port, "targetPort");
  const name = textOf(port, "targetPort");
  if (target !== undefined) return target;
  if (name !== undefined) return pod.ports.find((one) => one.name === name)?.port;
  return numberOf(port, "port");
}
