/**
 * Where path MTU discovery fails: a plane that remembers no connections drops the message that a
 * packet is too big, although it lets the connection itself pass (RFC 1191, RFC 8201). Planes that
 * remember let such errors pass with the connection to which they belong.
 */
import type { Family } from "../base/address.ts";
import { everyAddressOf } from "../base/address.ts";
import { intersect } from "../base/interval-set.ts";
import { protocolInterval, protocolNumbers } from "../base/layer4.ts";
import type { Endpoint, Stage, Topology } from "../network/topology.ts";
import { ephemeralPort, walk } from "../network/walk.ts";
import { readable } from "./differences.ts";

/** A stage that drops the message on its way in. */
export interface BlackHole {
  readonly stage: Stage;
  readonly family: Family;
  /** Endpoints that never hear of it. */
  readonly endpoints: readonly Endpoint[];
}

const { icmp, icmp6, tcp } = protocolNumbers;

/** "Fragmentation needed" (type 3 code 4), and "packet too big" (type 2 code 0). */
const tooBig: Readonly<Record<Family, bigint>> = {
  4: protocolInterval(icmp, 3 * 256 + 4, 0).from,
  6: protocolInterval(icmp6, 2 * 256, 0).from,
};

/** Every stage into endpoints that the internet may answer, and that drops what routers tell. */
export function blackHoles({ endpoints, stages }: Topology): BlackHole[] {
  return stages
    .filter(({ stateful, direction }) => !stateful && direction === "in")
    .flatMap((stage) => ([4, 6] as const).flatMap((family) => holeIn(stage, family, endpoints)));
}

function holeIn(stage: Stage, family: Family, all: readonly Endpoint[]): BlackHole[] {
  const endpoints = all.filter(
    ({ addresses, unknownAddresses, stages }) =>
      stages.includes(stage.id) &&
      (unknownAddresses.includes(family) ||
        intersect(addresses, everyAddressOf[family]).length > 0),
  );
  const lets = (endpoint: Endpoint, selector: bigint) => passes(stage, endpoint, family, selector);
  const deaf = endpoints.filter(
    (endpoint) => lets(endpoint, answer) && !lets(endpoint, tooBig[family]),
  );
  return deaf.length === 0 ? [] : [{ stage, family, endpoints: deaf }];
}

/** An answer to a client's port stands for a connection. */
const answer = protocolInterval(tcp, ephemeralPort, 0).from;

function passes(stage: Stage, endpoint: Endpoint, family: Family, selector: bigint): boolean {
  const [own] = intersect(endpoint.addresses, everyAddressOf[family]);
  const packet = {
    from: { endpoint: undefined, address: readable[family] },
    to: { endpoint: endpoint.id, address: own?.from ?? { unknown: family } },
    selector,
    sourcePort: 443,
  };
  const alone = { endpoints: [{ ...endpoint, stages: [stage.id] }], stages: [stage] };
  return walk({ ...alone, residuals: [], unknowns: [] }, packet, "may").arrives;
}
