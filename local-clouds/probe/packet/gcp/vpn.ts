/**
 * Networks behind Cloud VPN tunnels.
 *
 * Cloud VPN, "Networks and tunnel routing": a tunnel without BGP is the next hop of static routes; over
 * an HA VPN gateway a Cloud Router exchanges routes. Cloud Router, "Advertised routes": by default the
 * subnets of the network, those of the router's region where the routing mode is regional. "Custom
 * learned routes": prefixes written for a session as if the peer had announced them. What an outside
 * peer announces is not in this world.
 */

import { type Deployed, type Live, objectOf, objectsOf, textOf, textsOf } from "../deployed.ts";
import { byLink, lastOf, networkOf, rangesOf, sameLink, subnetsOf } from "./networks.ts";
import { gcp } from "./tokens.ts";

/** A prefix that lies behind a tunnel. */
export interface Learnt {
  readonly range: string;
  readonly tunnel: Live;
  /** The other network of this world; `undefined` for somebody else's. */
  readonly network: string | undefined;
}

/** The network that a tunnel ends in. */
export function networkOfTunnel(deployed: Deployed, tunnel: Live): string | undefined {
  const link =
    textOf(tunnel.properties, "vpnGateway") ?? textOf(tunnel.properties, "targetVpnGateway");
  const gateway = byLink(deployed, link, gcp.haGateway, gcp.classicGateway);
  return textOf(gateway?.properties ?? {}, "network");
}

/** The tunnels of a network with a BGP session, and the session. */
function sessionsOf(deployed: Deployed, network: string) {
  return deployed.all(gcp.routerPeer).flatMap((session) => {
    const name = textOf(session.properties, "interface");
    const router = lastOf(textOf(session.properties, "router") ?? "");
    const link = deployed
      .all(gcp.routerInterface)
      .find(
        ({ properties }) =>
          textOf(properties, "name") === name &&
          lastOf(textOf(properties, "router") ?? "") === router,
      );
    const tunnel = byLink(deployed, textOf(link?.properties ?? {}, "vpnTunnel"), gcp.vpnTunnel);
    const enabled = session.properties["enable"] !== false;
    const here = tunnel && sameLink(networkOfTunnel(deployed, tunnel), network);
    return enabled && tunnel && here ? [{ session, tunnel }] : [];
  });
}

/** Whether somebody outside of this world announces routes to a network. */
export function isLearning(deployed: Deployed, network: string): boolean {
  return sessionsOf(deployed, network).some(({ tunnel }) => far(deployed, tunnel) === undefined);
}

/** The other network of a tunnel between two gateways of this world. */
function far(deployed: Deployed, tunnel: Live): Live | undefined {
  return byLink(deployed, textOf(tunnel.properties, "peerGcpGateway"), gcp.haGateway);
}

/** What a network has learnt by its sessions, as far as resources say so. */
export function learntBy(deployed: Deployed, network: string): readonly Learnt[] {
  return sessionsOf(deployed, network).flatMap(({ session, tunnel }) => {
    const written = objectsOf(session.properties, "customLearnedIpRanges").flatMap(
      (one) => textOf(one, "range") ?? [],
    );
    const custom = written.map((range) => ({ range, tunnel, network: undefined }));
    const other = far(deployed, tunnel);
    const remote = textOf(other?.properties ?? {}, "network");
    if (remote === undefined) return custom;
    return [
      ...custom,
      ...announcedBy(deployed, remote, network).map((range) => ({
        range,
        tunnel,
        network: remote,
      })),
    ];
  });
}

/** What the routers of one network announce to another. */
function announcedBy(deployed: Deployed, remote: string, to: string): readonly string[] {
  return sessionsOf(deployed, remote)
    .filter(({ tunnel }) =>
      sameLink(textOf(far(deployed, tunnel)?.properties ?? {}, "network"), to),
    )
    .flatMap(({ session, tunnel }) => {
      const mode = textOf(session.properties, "advertiseMode") ?? "DEFAULT";
      const router = byLink(deployed, textOf(tunnel.properties, "router"), gcp.router);
      const bgp = objectOf(router?.properties ?? {}, "bgp");
      const source = mode === "CUSTOM" ? session.properties : bgp;
      const custom = (textOf(source, "advertiseMode") ?? "DEFAULT") === "CUSTOM";
      const groups = textsOf(source, "advertisedGroups");
      const ranges = objectsOf(source, "advertisedIpRanges").flatMap(
        (one) => textOf(one, "range") ?? [],
      );
      const all = !custom || groups.includes("ALL_SUBNETS");
      return [...(custom ? ranges : []), ...(all ? subnetsFor(deployed, remote, tunnel) : [])];
    });
}

/** The subnets of a network, in its router's region only where the routing mode is regional. */
function subnetsFor(deployed: Deployed, network: string, tunnel: Live): readonly string[] {
  const mode = textOf(networkOf(deployed, network)?.properties ?? {}, "routingMode") ?? "REGIONAL";
  const region = lastOf(textOf(tunnel.properties, "region") ?? "");
  return subnetsOf(deployed, network)
    .filter(
      ({ properties }) =>
        mode === "GLOBAL" || lastOf(textOf(properties, "region") ?? "") === region,
    )
    .flatMap(rangesOf);
}
