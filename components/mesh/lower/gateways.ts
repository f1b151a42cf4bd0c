/** What the two gateways listen to and where they send it. */
import type { IngressIntent, MeshClusterIntent, MeshIntent } from "../../../model/mesh/intent.ts";
import { findService, gatewayNamespace } from "../../../model/mesh/intent.ts";
import { because, type PlannedObject } from "../../shared/planned-object.ts";

/** Release name of the gateway through which the other clusters call. */
export const eastWestGateway = "istio-eastwestgateway";
/** Port for calls of other clusters (Istio, "Multi-Primary on different networks"). */
export const eastWestPort = 15443;
/** Port of a gateway's health check. */
export const statusPort = 15021;

const networkingVersion = "networking.istio.io/v1";
const tlsVersionMin = "TLSV1_3";

/** Nodes and pods of all clusters but this one. */
export function peerRanges(intent: MeshIntent, cluster: MeshClusterIntent): string[] {
  return intent.clusters
    .filter((other) => other.name !== cluster.name)
    .flatMap((other) => [...other.ranges]);
}

/** Gateway and VirtualService objects; they are the same in every cluster. */
export function lowerGateways(intent: MeshIntent): PlannedObject[] {
  return [
    ...(intent.clusters.length > 1 ? [crossNetwork()] : []),
    ...(intent.ingress === undefined ? [] : ingress(intent, intent.ingress)),
  ];
}

/** Passes mutual TLS on unopened; who may call is decided at the workload, by the caller's id. */
function crossNetwork(): PlannedObject {
  return gateway("cross-network-gateway", "eastwestgateway", {
    hosts: ["*.local"],
    port: { name: "tls", number: eastWestPort, protocol: "TLS" },
    tls: { mode: "AUTO_PASSTHROUGH" },
  });
}

/**
 * The way in. The certificate is a Secret that its owner puts into the gateways' namespace; until
 * it is there the listener has none and refuses every handshake.
 */
function ingress(intent: MeshIntent, entry: IngressIntent): PlannedObject[] {
  const service = findService(intent, entry.service);
  if (service?.offers === undefined) return [];
  const { namespace, name, offers } = service;
  const virtualService: PlannedObject = {
    apiVersion: networkingVersion,
    kind: "VirtualService",
    metadata: { name: "ingress", namespace, ...because(entry.because) },
    spec: {
      gateways: [`${gatewayNamespace}/ingress`],
      hosts: [entry.host],
      http: [
        {
          route: [
            {
              destination: {
                host: `${name}.${namespace}.svc.cluster.local`,
                port: { number: offers.port },
              },
            },
          ],
        },
      ],
    },
  };
  const listener = gateway("ingress", "ingressgateway", {
    hosts: [`${namespace}/${entry.host}`],
    port: { name: "https", number: 443, protocol: "HTTPS" },
    tls: {
      mode: "SIMPLE",
      credentialName: entry.certificate,
      minProtocolVersion: tlsVersionMin,
    },
  });
  return [listener, virtualService];
}

function gateway(
  name: string,
  selected: string,
  server: Readonly<Record<string, unknown>>,
): PlannedObject {
  return {
    apiVersion: networkingVersion,
    kind: "Gateway",
    metadata: { name, namespace: gatewayNamespace },
    spec: { selector: { istio: selected }, servers: [server] },
  };
}
