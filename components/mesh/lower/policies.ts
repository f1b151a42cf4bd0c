/** Istio's policies: mutual TLS everywhere, nothing allowed, and one allow per declared call. */
import type { CallIntent, MeshIntent } from "../../../model/mesh/intent.ts";
import {
  applicationNamespaces,
  findService,
  gatewayNamespace,
  ingressGateway,
  ingressPort,
  principalOf,
  rootNamespace,
  workloadLabel,
  workloadPortOf,
} from "../../../model/mesh/intent.ts";
import { because, type PlannedObject } from "../../shared/planned-object.ts";

const securityVersion = "security.istio.io/v1";

/**
 * The policies of a cluster; they are the same in every cluster. The root namespace's hold for the
 * whole mesh already; each namespace repeats them, so that it stays shut if the root's are lost.
 */
export function lowerPolicies(intent: MeshIntent): PlannedObject[] {
  const namespaces = [rootNamespace, gatewayNamespace, ...applicationNamespaces(intent)];
  return [
    ...namespaces.map(strict),
    ...namespaces.map(nothing),
    ...intent.calls.flatMap((call) => callPolicy(intent, call)),
    ...ingressPolicies(intent),
  ];
}

function strict(namespace: string): PlannedObject {
  return {
    apiVersion: securityVersion,
    kind: "PeerAuthentication",
    metadata: { name: "default", namespace },
    spec: { mtls: { mode: "STRICT" } },
  };
}

/** An ALLOW policy without rules: it selects every workload and matches no request. */
function nothing(namespace: string): PlannedObject {
  return {
    apiVersion: securityVersion,
    kind: "AuthorizationPolicy",
    metadata: { name: "allow-nothing", namespace },
    spec: {},
  };
}

function callPolicy(intent: MeshIntent, call: CallIntent): PlannedObject[] {
  const from = findService(intent, call.from);
  if (from === undefined) return [];
  return allow(intent, call.to, from.namespace, from.name, call.because);
}

/** Ports are those on which the pods listen: the sidecar sees no Service port. */
function allow(
  intent: MeshIntent,
  ref: string,
  namespace: string,
  account: string,
  reason: string,
): PlannedObject[] {
  const to = findService(intent, ref);
  if (to?.offers === undefined) return [];
  return [
    {
      apiVersion: securityVersion,
      kind: "AuthorizationPolicy",
      metadata: {
        name: `${to.name}.from.${namespace}.${account}`,
        namespace: to.namespace,
        ...because(reason),
      },
      spec: {
        action: "ALLOW",
        selector: { matchLabels: { [workloadLabel]: to.name } },
        rules: [
          {
            from: [
              { source: { principals: [principalOf(intent.trustDomain, namespace, account)] } },
            ],
            to: [{ operation: { ports: [String(workloadPortOf(to.offers))] } }],
          },
        ],
      },
    },
  ];
}

function ingressPolicies(intent: MeshIntent): PlannedObject[] {
  const { ingress } = intent;
  if (ingress === undefined) return [];
  const entry: PlannedObject = {
    apiVersion: securityVersion,
    kind: "AuthorizationPolicy",
    metadata: {
      name: `${ingressGateway}.from.outside`,
      namespace: gatewayNamespace,
      ...because(ingress.because),
    },
    spec: {
      action: "ALLOW",
      selector: { matchLabels: { istio: "ingressgateway" } },
      rules: [
        {
          from: [{ source: { ipBlocks: ingress.from } }],
          to: [{ operation: { ports: [String(ingressPort)] } }],
        },
      ],
    },
  };
  return [
    entry,
    ...allow(intent, ingress.service, gatewayNamespace, ingressGateway, ingress.because),
  ];
}
