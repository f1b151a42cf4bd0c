/**
 * Where proxies and health checks come from.
 *
 * Cloud Load Balancing, "Firewall rules": proxies of Google's front ends connect from the ranges of
 * the health checks; Envoy's from the proxy-only subnet of their network and region. Backends must
 * let both in: "Health checks overview", what no probe reaches gets no new requests.
 */

import { addressAt, addressOf, lengthOf } from "../../address.ts";
import { type Deployed, type Live, textOf } from "../../deployed.ts";
import { type Packet, protocolNumbers, toAddress } from "../../packet.ts";
import { drops, ends, follow, type Stage, type Step, type Walk } from "../../walk.ts";
import { firewalls } from "../firewall.ts";
import type { GcpInterface } from "../interface.ts";
import { byLink, lastOf, rangesOf, sameLink, subnetsOf } from "../networks.ts";
import { gcp, targetProxies } from "../tokens.ts";
import type { Backend } from "./backends.ts";

/** Health checks, and Google's front ends ("Health checks overview", "Probe IP ranges"). */
export const googleRanges = ["35.191.0.0/16", "130.211.0.0/22"];

const subnetStage: Stage = {
  stage: "proxy-only subnet",
  document: "Cloud Load Balancing: Proxy-only subnets for Envoy-based load balancers",
};

const purposes = ["REGIONAL_MANAGED_PROXY", "GLOBAL_MANAGED_PROXY", "INTERNAL_HTTPS_LOAD_BALANCER"];

/** The backend services and buckets that a proxy may choose from, by the requests' hosts and paths. */
export function servicesBehind(deployed: Deployed, rule: Live): readonly Live[] {
  const services = [gcp.backendService, gcp.regionalBackendService, gcp.backendBucket];
  const proxy = byLink(deployed, textOf(rule.properties, "target"), ...targetProxies);
  if (proxy === undefined) return [];
  const direct = byLink(deployed, textOf(proxy.properties, "backendService"), ...services);
  if (direct !== undefined) return [direct];
  const map = byLink(deployed, textOf(proxy.properties, "urlMap"), gcp.urlMap, gcp.regionalUrlMap);
  const links = [...new Set(map === undefined ? [] : linksIn(map.properties))];
  return links.flatMap((link) => byLink(deployed, link, ...services) ?? []);
}

/** Every link to a service in a map's rules. */
function linksIn(value: unknown): readonly string[] {
  if (typeof value === "string") {
    return /\/backend(?:Services|Buckets)\/[^/]+$/.test(value) ? [value] : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(linksIn);
}

/** The ranges from which a proxy connects; the walk ends where there is none. */
export function* sourcesOf(
  deployed: Deployed,
  rule: Live,
  receiver: GcpInterface,
): Walk<readonly string[]> {
  const scheme = textOf(rule.properties, "loadBalancingScheme") ?? "EXTERNAL";
  const regional = textOf(rule.properties, "region");
  if (!scheme.startsWith("INTERNAL") && regional === undefined) return googleRanges;
  const region = regional ?? textOf(receiver.subnet.properties, "region");
  const network = textOf(rule.properties, "network");
  const found = subnetsOf(deployed)
    .filter(({ properties }) => purposes.includes(textOf(properties, "purpose") ?? ""))
    .filter(({ properties }) => lastOf(textOf(properties, "region") ?? "") === lastOf(region ?? ""))
    .filter(({ properties }) =>
      sameLink(textOf(properties, "network"), network || receiver.network),
    );
  if (found.length > 0) return found.flatMap(rangesOf);
  const why = `the network has no proxy-only subnet in ${region ?? "its region"}`;
  return yield* ends(drops(subnetStage, rule.id, why));
}

/** The first step that keeps some address of a range from a backend; `undefined` if all come through. */
export function hindrance(deployed: Deployed, range: string, backend: Backend): Step | undefined {
  const own = backend.receiver;
  const first = addressOf(range);
  const target = own.addresses.find(({ family }) => family === first?.family);
  if (first === undefined || target === undefined) return undefined;
  const size = 1n << BigInt((first.family === 4 ? 32 : 128) - lengthOf(range));
  for (const source of [first, addressAt(first.onLine + size - 1n)]) {
    const packet = toAddress(connection(backend.port, source), target);
    const judged = { deployed, direction: "INGRESS", packet, own, other: undefined } as const;
    const last = follow(firewalls(judged)).at(-1);
    if (last !== undefined && last.outcome !== "passes") return last;
  }
  return undefined;
}

function connection(port: number, source: Packet["source"]): Packet {
  const protocol = protocolNumbers["tcp"] ?? 6;
  return {
    protocol,
    source,
    destination: source,
    sourcePort: 50_000,
    port,
    icmpType: 0,
    icmpCode: 0,
  };
}
