/**
 * What a backend service sends to.
 *
 * Cloud Load Balancing, "Backend services overview", "Backends": groups of instances, written or
 * managed, and network endpoint groups. "Named ports": an instance group's name for the port that a
 * proxy connects to.
 */

import { type Deployed, type Live, numberOf, objectsOf, textOf, textsOf } from "../../deployed.ts";
import type { GcpInterface } from "../interface.ts";
import { attachmentsOf, byLink, imaginedIn, lastOf, subnetsOf } from "../networks.ts";
import { gcp } from "../tokens.ts";

/** One machine behind a load balancer. */
export interface Backend {
  readonly receiver: GcpInterface;
  /** The port of a proxy's connection. */
  readonly port: number;
}

/** What else may stand behind a load balancer. */
export interface Unseen {
  /** In words. */
  readonly what: string;
  /** It is Google's own, and takes what the load balancer sends. */
  readonly served: boolean;
}

/** The port of a group that names none ("Named ports": the backend service's `portName`, `http` by default). */
const usualPort = 80;

/** Everything that a backend service sends to. */
export function backendsOf(deployed: Deployed, service: Live): readonly (Backend | Unseen)[] {
  const portName = textOf(service.properties, "portName") ?? "http";
  return objectsOf(service.properties, "backends").flatMap((backend) =>
    inGroup(deployed, textOf(backend, "group") ?? "", portName),
  );
}

function inGroup(
  deployed: Deployed,
  link: string,
  portName: string,
): readonly (Backend | Unseen)[] {
  const endpoints = byLink(deployed, link, gcp.regionalEndpointGroup, gcp.endpointGroup);
  if (endpoints !== undefined) return [endpointGroup(endpoints)];
  const manager = managerOf(deployed, link);
  if (manager !== undefined) return managed(deployed, manager, portName);
  const group = byLink(deployed, link, gcp.instanceGroup);
  if (group === undefined) return [];
  const port = namedPort(group, portName);
  return textsOf(group.properties, "instances").flatMap((instance) => {
    const live = byLink(deployed, instance, gcp.instance);
    // "Backend services send to the primary interface, nic0."
    const [receiver] = live === undefined ? [] : attachmentsOf(deployed, live);
    return receiver === undefined ? [] : [{ receiver, port }];
  });
}

function endpointGroup({ id, properties }: Live): Unseen {
  const type = textOf(properties, "networkEndpointType") ?? "";
  return {
    what: `${type} endpoints of ${lastOf(id)}`,
    served: type === "SERVERLESS",
  };
}

/** A managed group by its own link or by that of its instances' group. */
function managerOf(deployed: Deployed, link: string): Live | undefined {
  return byLink(
    deployed,
    link.replace(/\/instanceGroups\//, "/instanceGroupManagers/"),
    gcp.manager,
    gcp.regionalManager,
  );
}

/** Instances of a managed group come and go: a new interface as its template says stands for them. */
function managed(deployed: Deployed, manager: Live, portName: string): readonly Backend[] {
  const [version] = objectsOf(manager.properties, "versions");
  const link = (textOf(version ?? {}, "instanceTemplate") ?? "").replace(/\?uniqueId=.*$/, "");
  const template = byLink(deployed, link, gcp.template, gcp.regionalTemplate);
  if (template === undefined) return [];
  const [nic] = objectsOf(template.properties, "networkInterfaces");
  const network = textOf(nic ?? {}, "network");
  const subnet =
    byLink(deployed, textOf(nic ?? {}, "subnetwork"), gcp.subnet) ??
    (network === undefined ? undefined : subnetsOf(deployed, network)[0]);
  if (subnet === undefined) return [];
  const account = template.properties["serviceAccount"];
  const email = typeof account === "object" && account !== null && "email" in account;
  const members = [
    ...textsOf(template.properties, "tags"),
    ...(email ? [String(account["email"])] : []),
  ];
  const receiver = imaginedIn(deployed, subnet, members);
  return [
    {
      receiver: { ...receiver, id: `an instance of ${lastOf(manager.id)}` },
      port: namedPort(manager, portName),
    },
  ];
}

function namedPort({ properties }: Live, name: string): number {
  const found = objectsOf(properties, "namedPorts").find((one) => textOf(one, "name") === name);
  return numberOf(found ?? {}, "port") ?? usualPort;
}
