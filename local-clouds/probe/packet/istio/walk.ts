/** A packet at a receiver in the mesh: mutual TLS first, then authorization by identity. */

import type { Deployed } from "../deployed.ts";
import type { Peer } from "../kubernetes/peer.ts";
import type { Pod } from "../kubernetes/pod.ts";
import { type Packet, protocolNumbers } from "../packet.ts";
import { drops, passes, type Stage, type Walk } from "../walk.ts";
import { authorization, waypointPolicies } from "./authorization.ts";
import type { Caller } from "./conditions.ts";
import { meshMode, mtlsOf, trustDomain } from "./mesh.ts";
import { carriesHttp } from "./ports.ts";

const stage: Stage = {
  stage: "Istio mutual TLS",
  document: "Istio: PeerAuthentication",
};

/** What the receiver's proxy decides; outside of the mesh nothing. */
export function* meshAt(deployed: Deployed, to: Pod, from: Peer, packet: Packet): Walk {
  // A sidecar and ztunnel take over TCP alone ("Traffic routing", "UDP").
  if (packet.protocol !== protocolNumbers["tcp"] || meshMode(deployed, to) === "none") return;
  const { mode, from: who } = mtlsOf(deployed, to, packet.port);
  const sender =
    from.pod !== undefined && meshMode(deployed, from.pod) !== "none" ? from.pod : undefined;
  const encrypted = sender !== undefined && mode !== "DISABLE";
  if (mode === "STRICT" && !encrypted) {
    yield drops(
      stage,
      to.id,
      `STRICT by ${who}, and the sender is not in the mesh: plain text is refused`,
    );
  }
  yield passes(
    stage,
    to.id,
    `${mode} by ${who}: ${encrypted ? "mutual TLS" : "plain text, no identity"}`,
  );
  const caller = callerOf(deployed, encrypted ? sender : undefined, to, from, packet);
  yield* authorization(deployed, to, caller);
  if (meshMode(deployed, to) === "ambient") yield* waypointPolicies(deployed, to);
}

function callerOf(
  deployed: Deployed,
  sender: Pod | undefined,
  to: Pod,
  from: Peer,
  packet: Packet,
): Caller {
  const own = trustDomain(deployed, to.cluster);
  const known = {
    trustDomain: own,
    address: from.address,
    port: packet.port,
    http: carriesHttp(deployed, to, packet.port),
  };
  if (sender === undefined) {
    return { ...known, principal: undefined, namespace: undefined, serviceAccount: undefined };
  }
  const { namespace, serviceAccount } = sender;
  const domain = trustDomain(deployed, sender.cluster);
  return {
    ...known,
    principal: `${domain}/ns/${namespace}/sa/${serviceAccount}`,
    namespace,
    serviceAccount: `${namespace}/${serviceAccount}`,
  };
}
