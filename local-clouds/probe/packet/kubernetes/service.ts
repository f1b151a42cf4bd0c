/** Services: addresses behind which a cluster puts pods. */

import type { JsonObject } from "../../../protocol/value.ts";
import { type Address, addressOf } from "../address.ts";
import { type Deployed, type Live, objectOf, objectsOf, textOf, textsOf } from "../deployed.ts";
import { kubernetes } from "./tokens.ts";

/** A Service as the end of a packet's way. */
export interface Service {
  readonly cloud: "service";
  readonly id: string;
  /** The cluster's server, under which its objects are kept. */
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
  /** `ClusterIP`, `NodePort`, `LoadBalancer` or `ExternalName`. */
  readonly type: string;
  readonly headless: boolean;
  readonly spec: JsonObject;
  readonly annotations: JsonObject;
  /** Its cluster addresses; none where it is headless. */
  readonly addresses: readonly Address[];
  /** The addresses of its load balancer. */
  readonly entrances: readonly Address[];
}

/** A Service from its object. */
export function serviceOf(live: Live, id: string): Service {
  const { properties } = live;
  const spec = objectOf(properties, "spec");
  const metadata = objectOf(properties, "metadata");
  const headless = spec["clusterIP"] === "None";
  const written = [textOf(spec, "clusterIP") ?? [], ...textsOf(spec, "clusterIPs")].flat();
  const balancer = objectOf(objectOf(properties, "status"), "loadBalancer");
  return {
    cloud: "service",
    id,
    cluster: live.account,
    namespace: textOf(metadata, "namespace") ?? "default",
    name: textOf(metadata, "name") ?? "",
    type: textOf(spec, "type") ?? "ClusterIP",
    headless,
    spec,
    annotations: objectOf(metadata, "annotations"),
    addresses: headless ? [] : addressesOf([...new Set(written)]),
    entrances: addressesOf(
      objectsOf(balancer, "ingress").flatMap((one) => textOf(one, "ip") ?? []),
    ),
  };
}

function addressesOf(texts: readonly string[]): readonly Address[] {
  return texts.flatMap((text) => addressOf(text) ?? []);
}

/** The Service of a cluster that has an address as cluster address. */
export function serviceAt(
  deployed: Deployed,
  cluster: string,
  { text }: Address,
): Service | undefined {
  return deployed.once(byClusterAddress).get(`${cluster} ${text}`);
}

function byClusterAddress(deployed: Deployed): ReadonlyMap<string, Service> {
  return new Map(
    everyService(deployed).flatMap((one) =>
      one.addresses.map(({ text }) => [`${one.cluster} ${text}`, one] as const),
    ),
  );
}

/** The Service whose load balancer has an address. */
export function entranceAt(deployed: Deployed, { text }: Address): Service | undefined {
  return deployed.once(byEntrance).get(text);
}

function byEntrance(deployed: Deployed): ReadonlyMap<string, Service> {
  return new Map(
    everyService(deployed).flatMap((one) => one.entrances.map(({ text }) => [text, one] as const)),
  );
}

function everyService(deployed: Deployed): readonly Service[] {
  return deployed.all(kubernetes.service).map((live) => serviceOf(live, live.id));
}
