/** What may pass between names: all endpoints of a segment, and everything outside, are one each. */
import type { IntervalSet } from "../../model/base/interval-set.ts";
import { union } from "../../model/base/interval-set.ts";
import type { Topology } from "../../model/network/topology.ts";
import { internetName } from "../../model/reach/compare.ts";
import { computeReach } from "../../model/reach/reach.ts";
import { sideName } from "../../policy-packs/lift/network-record.ts";
import type { Party } from "../report/reach/connections.ts";
import { forEachConnection } from "../report/reach/connections.ts";

/** May and must, as sets of selectors. */
export interface Passing {
  readonly may: IntervalSet;
  readonly must: IntervalSet;
}

const nothing: Passing = { may: [], must: [] };

/** Passing by the names of both sides. */
export class Flows {
  readonly #rows = new Map<string, Map<string, Passing>>();

  between(from: string, to: string): Passing {
    return this.#rows.get(from)?.get(to) ?? nothing;
  }

  add(from: string, to: string, { may, must }: Passing): void {
    const row = this.#rows.get(from) ?? new Map<string, Passing>();
    this.#rows.set(from, row);
    const known = row.get(to) ?? nothing;
    row.set(to, { may: union(known.may, may), must: union(known.must, must) });
  }

  /** The pairs between which anything may pass. */
  pairs(): (readonly [from: string, to: string])[] {
    return [...this.#rows].flatMap(([from, row]) =>
      [...row.keys()].map((to) => [from, to] as const),
    );
  }
}

/** The network with its endpoints called by their segments, where they have one. */
export function bySegment(topology: Topology): Topology {
  const endpoints = topology.endpoints.map((one) => ({ ...one, name: sideName(one) }));
  return { ...topology, endpoints };
}

/** All flows of a network, by the names of its endpoints. */
export function flowsOf(topology: Topology): Flows {
  const flows = new Flows();
  forEachConnection(computeReach(topology), ({ from, to, may, must }) =>
    flows.add(nameOf(from), nameOf(to), { may, must }),
  );
  return flows;
}

function nameOf(party: Party): string {
  return "endpoint" in party ? party.endpoint.name : internetName;
}
