/**
 * Policies of the cluster's administrators, before and after NetworkPolicies.
 *
 * Network Policy API, "ClusterNetworkPolicy" (v1alpha2, v1beta1) and "AdminNetworkPolicy",
 * "BaselineAdminNetworkPolicy" (v1alpha1): in the Admin tier the lowest priority number decides;
 * Accept and Deny end, Pass hands on to NetworkPolicies. The Baseline tier is asked only where no
 * NetworkPolicy isolates the pod. Policies of one priority that disagree are undefined.
 */

import type { JsonObject } from "../../../protocol/value.ts";
import { type Live, numberOf, objectOf, objectsOf, textOf, textsOf } from "../deployed.ts";
import { cannotTell, drops, passes, type Stage, type Walk } from "../walk.ts";
import type { Sight } from "./network-policies.ts";
import { anyOf, both, inPrefix, isNamedPort, type Maybe, policyProtocol } from "./peer.ts";
import type { Pod } from "./pod.ts";
import { namespaceLabels, selects } from "./selectors.ts";
import { kubernetes } from "./tokens.ts";

/** Which policies are asked. */
export type Tier = "Admin" | "Baseline";

interface Found {
  readonly policy: Live;
  readonly priority: number;
  /** `accept`, `deny`, `pass`; `undefined` where the world does not show it. */
  readonly action: string | undefined;
  readonly name: string;
}

/** What a tier says about the packet at a pod; `passed on` where it leaves it to the next. */
export function* tier(which: Tier, sight: Sight): Walk<"decided" | "passed on"> {
  const stage: Stage = {
    stage: `${which} tier, ${sight.direction.toLowerCase()}`,
    document: "Network Policy API: ClusterNetworkPolicy, Tiers and priority",
  };
  const found = policiesOf(which, sight)
    .flatMap((policy) => firstOf(policy, sight) ?? [])
    .sort((a, b) => a.priority - b.priority);
  const [first] = found;
  if (first === undefined) return "passed on";
  const rival = found.find(
    (other) => other.priority === first.priority && other.action !== first.action,
  );
  const { id } = first.policy;
  if (rival !== undefined) {
    yield cannotTell(
      stage,
      id,
      `which of ${first.name} and ${rival.name} comes first: both have priority ${first.priority}`,
    );
  }
  if (first.action === undefined) yield cannotTell(stage, id, `whom ${first.name} means`);
  if (first.action === "deny") yield drops(stage, id, `${first.name} denies`);
  yield passes(stage, id, `${first.name} ${first.action === "pass" ? "passes on" : "accepts"}`);
  return first.action === "pass" ? "passed on" : "decided";
}

function policiesOf(which: Tier, { deployed, pod }: Sight): readonly Live[] {
  const old = which === "Admin" ? kubernetes.adminPolicy : kubernetes.baselinePolicy;
  const modern = deployed
    .all(kubernetes.clusterPolicyAlpha, kubernetes.clusterPolicy)
    .filter(({ properties }) => objectOf(properties, "spec")["tier"] === which);
  return [...deployed.all(old), ...modern]
    .filter(({ account }) => account === pod.cluster)
    .filter(({ properties }) => !pod.hostNetwork && isSubject(properties, pod, deployed));
}

function isSubject(properties: JsonObject, pod: Pod, deployed: Sight["deployed"]): boolean {
  return isSelected(objectOf(objectOf(properties, "spec"), "subject"), pod, deployed);
}

/** `namespaces: SELECTOR`, or `pods: { namespaceSelector, podSelector }`. */
function isSelected(item: JsonObject, pod: Pod, deployed: Sight["deployed"]): boolean {
  const labels = namespaceLabels(deployed, pod.cluster, pod.namespace);
  if ("namespaces" in item) return selects(objectOf(item, "namespaces"), labels);
  if (!("pods" in item)) return false;
  const pods = objectOf(item, "pods");
  return (
    selects(objectOf(pods, "namespaceSelector"), labels) &&
    selects(objectOf(pods, "podSelector"), pod.labels)
  );
}

/** The first rule of a policy that matches: rules of one policy are asked in their order. */
function firstOf(policy: Live, sight: Sight): Found | undefined {
  const spec = objectOf(policy.properties, "spec");
  const key = sight.direction === "Ingress" ? "ingress" : "egress";
  for (const [i, rule] of objectsOf(spec, key).entries()) {
    const matched = both(carries(rule, sight), anyOf(peersOf(rule, sight)));
    if (matched === false) continue;
    const name = `${policy.id} ${textOf(rule, "name") ?? `${key}[${i}]`}`;
    const written = (textOf(rule, "action") ?? "").toLowerCase();
    const action = written === "allow" ? "accept" : written;
    const priority = numberOf(spec, "priority") ?? 0;
    return { policy, priority, name, action: matched === true ? action : undefined };
  }
  return undefined;
}

function peersOf(rule: JsonObject, sight: Sight): readonly Maybe[] {
  const { deployed, peer, pod } = sight;
  return objectsOf(rule, sight.direction === "Ingress" ? "from" : "to").map((item) => {
    const networks = textsOf(item, "networks");
    if (networks.length > 0) return anyOf(networks.map((one) => inPrefix(deployed, one, peer)));
    // Nodes and domain names have addresses that are not in this world.
    if ("nodes" in item || "domainNames" in item) return peer.pod === undefined ? undefined : false;
    const other = peer.pod;
    if (other === undefined || other.cluster !== pod.cluster || other.hostNetwork) return false;
    return isSelected(item, other, deployed);
  });
}

/** v1alpha1 lists `ports`, v1alpha2 `protocols`; without either every packet is meant. */
function carries(rule: JsonObject, sight: Sight): boolean {
  const entries = [...objectsOf(rule, "ports"), ...objectsOf(rule, "protocols")];
  return entries.length === 0 || entries.some((entry) => entryCarries(entry, sight));
}

function entryCarries(entry: JsonObject, { packet, direction, pod, peer }: Sight): boolean {
  const protocol = policyProtocol(packet);
  const named = textOf(entry, "namedPort") ?? textOf(entry, "destinationNamedPort");
  if (named !== undefined) {
    return isNamedPort(named, direction === "Ingress" ? pod : peer.pod, packet);
  }
  const [kind = "", body] = Object.entries(entry)[0] ?? [];
  if (kind === "portNumber" || kind === "portRange") {
    const old = objectOf(entry, kind);
    if ((textOf(old, "protocol") ?? "TCP") !== protocol) return false;
    const port = numberOf(old, "port");
    return port === undefined ? inRange(old, packet.port) : port === packet.port;
  }
  if (kind.toUpperCase() !== protocol || body === undefined) return false;
  const port = objectOf(objectOf(entry, kind), "destinationPort");
  const number = numberOf(port, "number");
  if (number !== undefined) return number === packet.port;
  return "range" in port ? inRange(objectOf(port, "range"), packet.port) : true;
}

function inRange(range: JsonObject, port: number): boolean {
  return (numberOf(range, "start") ?? 0) <= port && port <= (numberOf(range, "end") ?? 0);
}
