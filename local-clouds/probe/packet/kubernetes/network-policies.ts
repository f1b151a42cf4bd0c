/**
 * NetworkPolicies.
 *
 * Kubernetes, "Network Policies": a pod is isolated in a direction once a policy of that type
 * selects it; then exactly what some rule of those policies allows passes, and replies to it. Other
 * protocols than TCP, UDP and SCTP are left to the network plugin, as are pods in the host's network.
 */

import type { JsonObject } from "../../../protocol/value.ts";
import {
  type Deployed,
  type Live,
  numberOf,
  objectOf,
  objectsOf,
  textOf,
  textsOf,
} from "../deployed.ts";
import type { Packet } from "../packet.ts";
import { cannotTell, drops, passes, type Stage, type Walk } from "../walk.ts";
import {
  anyOf,
  both,
  inPrefix,
  isNamedPort,
  type Maybe,
  type Peer,
  policyProtocol,
} from "./peer.ts";
import type { Pod } from "./pod.ts";
import { namespaceLabels, selects } from "./selectors.ts";
import { kubernetes } from "./tokens.ts";

/** `Ingress` or `Egress`, as `policyTypes` writes it. */
export type Direction = "Ingress" | "Egress";

/** What is judged at one pod. */
export interface Sight {
  readonly deployed: Deployed;
  readonly direction: Direction;
  /** The pod whose policies apply. */
  readonly pod: Pod;
  readonly peer: Peer;
  readonly packet: Packet;
}

/** Whether policies isolate the pod, and then what they decide; `undefined` if it is not isolated. */
export function* networkPolicies(sight: Sight): Walk<"decided" | "not isolated"> {
  const stage: Stage = {
    stage: `NetworkPolicy, ${sight.direction.toLowerCase()}`,
    document: "Kubernetes: Network Policies, The two sorts of pod isolation",
  };
  const policies = policiesOf(sight);
  if (policies.length === 0) return "not isolated";
  const names = policies.map(({ id }) => id).join(", ");
  if (policyProtocol(sight.packet) === undefined) {
    yield cannotTell(
      stage,
      names,
      "what the network plugin does with other protocols than TCP, UDP and SCTP",
    );
  }
  const key = sight.direction === "Ingress" ? "ingress" : "egress";
  const answers = policies.flatMap((policy) =>
    objectsOf(objectOf(policy.properties, "spec"), key).map((rule, i) => ({
      name: `${policy.id} ${key}[${i}]`,
      answer: allows(rule, sight),
    })),
  );
  const allowed = answers.find(({ answer }) => answer === true);
  const unclear = answers.find(({ answer }) => answer === undefined);
  if (allowed !== undefined) yield passes(stage, sight.pod.id, allowed.name);
  else if (unclear !== undefined) {
    yield cannotTell(
      stage,
      sight.pod.id,
      `whether the ipBlock of ${unclear.name} holds the pod's address`,
    );
  } else yield drops(stage, sight.pod.id, `isolated by ${names}, and no rule allows it`);
  return "decided";
}

function policiesOf({ deployed, pod, direction }: Sight): readonly Live[] {
  return deployed
    .all(kubernetes.networkPolicy)
    .filter(({ account, id }) => account === pod.cluster && id.startsWith(`${pod.namespace}/`))
    .filter(({ properties }) => {
      const spec = objectOf(properties, "spec");
      return (
        typesOf(spec).includes(direction) && selects(objectOf(spec, "podSelector"), pod.labels)
      );
    });
}

/** "If no policyTypes are specified, Ingress is always set, and Egress if the policy has any egress rules." */
function typesOf(spec: JsonObject): readonly string[] {
  const written = textsOf(spec, "policyTypes");
  if (written.length > 0) return written;
  return objectsOf(spec, "egress").length > 0 ? ["Ingress", "Egress"] : ["Ingress"];
}

function allows(rule: JsonObject, sight: Sight): Maybe {
  const peers = objectsOf(rule, sight.direction === "Ingress" ? "from" : "to");
  const ports = objectsOf(rule, "ports");
  const named = ports.length === 0 || ports.some((port) => carries(port, sight));
  const reached = peers.length === 0 ? true : anyOf(peers.map((peer) => reaches(peer, sight)));
  return both(named, reached);
}

function carries(port: JsonObject, sight: Sight): boolean {
  const { packet } = sight;
  if ((textOf(port, "protocol") ?? "TCP") !== policyProtocol(packet)) return false;
  const name = textOf(port, "port");
  if (name !== undefined && !/^\d+$/.test(name)) {
    // A name is looked up at the destination, whichever side the policy is on.
    const destination = sight.direction === "Ingress" ? sight.pod : sight.peer.pod;
    return isNamedPort(name, destination, packet);
  }
  const first = numberOf(port, "port");
  if (first === undefined) return true;
  return first <= packet.port && packet.port <= (numberOf(port, "endPort") ?? first);
}

function reaches(item: JsonObject, sight: Sight): Maybe {
  const { deployed, peer, pod } = sight;
  const block = objectOf(item, "ipBlock");
  const cidr = textOf(block, "cidr");
  if (cidr !== undefined) {
    const excepted = anyOf(
      textsOf(block, "except").map((prefix) => inPrefix(deployed, prefix, peer)),
    );
    return both(inPrefix(deployed, cidr, peer), excepted === undefined ? undefined : !excepted);
  }
  const other = peer.pod;
  if (other === undefined || other.cluster !== pod.cluster) return false;
  // Pods in the host's network are seen by their node's address, if at all.
  if (other.hostNetwork) return undefined;
  const inNamespace =
    "namespaceSelector" in item
      ? selects(
          objectOf(item, "namespaceSelector"),
          namespaceLabels(deployed, other.cluster, other.namespace),
        )
      : other.namespace === pod.namespace;
  return inNamespace && selects(objectOf(item, "podSelector"), other.labels);
}
