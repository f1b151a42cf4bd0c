/** Ways of packets from the internet over machines to what holds data, hop by hop. */
import type { IntervalSet } from "../../../model/base/interval-set.ts";
import { covers, emptySet, intersect, union } from "../../../model/base/interval-set.ts";
import { portSet, portsSet } from "../../../model/base/layer4.ts";
import { parseEnd } from "../../../model/network/ends.ts";
import { parseFlows } from "../../../model/network/flow-key.ts";
import type { NetworkIntent } from "../../../model/network/intent.ts";
import { internet } from "../../../model/network/intent.ts";
import type { Endpoint } from "../../../model/network/topology.ts";
import type { Packet, Reading } from "../../../model/network/walk.ts";
import { selectorsOf } from "../../../model/reach/atoms.ts";
import type { Reach } from "../../../model/reach/reach.ts";
import { forEachOpen, passing } from "../../../model/reach/reach.ts";
import { packetOf } from "../../../model/reach/witness.ts";

/** What a planned endpoint is to an attacker. */
export type Part =
  /** Where it goes on from, once taken over. */
  | "machine"
  /** Takes requests for others; behind its web ports is somebody's own login. */
  | "door"
  | "data"
  /** Stands for what is not planned, or for nobody in particular. */
  | "none";

/** One hop. */
export interface Hop {
  /** Undefined for the internet. */
  readonly from: Endpoint | undefined;
  readonly to: Endpoint;
  readonly packet: Packet;
}

/** The shortest way to something that holds data, of at least one hop that nobody declared. */
export type AttackPath = readonly Hop[];

/** What a search rests on. */
export interface Search {
  readonly reach: Reach;
  readonly reading: Reading;
  readonly partOf: (endpoint: Endpoint) => Part;
  readonly declared: (from: Endpoint | undefined, to: Endpoint) => IntervalSet;
}

interface State {
  readonly subject: number | undefined;
  /** Whether all hops so far are declared. */
  readonly isDeclared: boolean;
  readonly way: readonly Hop[];
}

/** SQL Server, Oracle, MySQL, PostgreSQL, Redis, Cassandra, MongoDB. */
const databasePorts = portsSet(
  [1433, 1521, 3306, 5432, 6379, 9042, 27017].map((port) => ({
    protocol: "tcp",
    from: port,
    to: port,
  })),
);
/** Nothing listens there: whoever may open it may open whatever there is. */
const idlePort = portSet({ protocol: "tcp", from: 1, to: 1 });

const webPorts = portsSet([80, 443].map((port) => ({ protocol: "tcp", from: port, to: port })));

/** Shortest undeclared ways, one to each that holds data. Breadth first. */
export function attackPaths(search: Search): AttackPath[] {
  const found: AttackPath[] = [];
  // Whoever was reached by an undeclared way need not be reached again, nor what is no part of one.
  const done = new Set(idle(search));
  const declared = new Set<number>();
  let front: readonly State[] = [{ subject: undefined, isDeclared: true, way: [] }];
  while (front.length > 0) {
    const next: State[] = [];
    for (const state of front) {
      for (const reached of hopsFrom(search, state.subject, done)) {
        const { subject, hop, selectors } = reached;
        const isDeclared = state.isDeclared && covers(search.declared(hop.from, hop.to), selectors);
        if (isDeclared && declared.has(subject)) continue;
        const part = partReached(search.partOf(hop.to), reached);
        if (part === "door" && covers(webPorts, selectors)) continue;
        const way: AttackPath = [...state.way, hop];
        if (isDeclared) declared.add(subject);
        else done.add(subject);
        if (part !== "data") next.push({ subject, isDeclared, way });
        else if (!isDeclared) found.push(way);
      }
    }
    front = next;
  }
  return found;
}

/** Endpoints that are neither on the way nor at its end. */
function idle({ reach, partOf }: Search): number[] {
  return [...reach.universe.subjects.entries()].flatMap(([subject, { states }]) => {
    const endpoint = states[reach.topology];
    return endpoint === undefined || partOf(endpoint) === "none" ? [subject] : [];
  });
}

/** A machine that others may call on a database's port in particular holds a database. */
function partReached(part: Part, { hop, selectors, sure }: Reached): Part {
  if (part !== "machine" || hop.from === undefined) return part;
  const isDatabase =
    intersect(selectors, databasePorts).length > 0 && intersect(sure, idlePort).length === 0;
  return isDatabase ? "data" : part;
}

interface Reached {
  readonly subject: number;
  readonly hop: Hop;
  readonly selectors: IntervalSet;
  /** Those that pass however the unknowns turn out. */
  readonly sure: IntervalSet;
}

/** What one endpoint, or the internet, may send packets to, without those that are done with. */
function hopsFrom(
  { reach, reading }: Search,
  from: number | undefined,
  done: ReadonlySet<number>,
): Reached[] {
  const { universe } = reach;
  const { ends, subjects, atoms } = universe;
  const endpointOf = (subject: number | undefined) =>
    subject === undefined ? undefined : subjects[subject]?.states[reach.topology];
  const sources =
    from === undefined
      ? [...ends.all.keys()].filter((end) => ends.all[end]?.subjects.length === 0)
      : (ends.ofSubject[from] ?? []);
  const hops = new Map<number, Reached>();
  const row = new Int32Array(atoms.words);
  const sureRow = new Int32Array(atoms.words);
  const visit = (source: number, target: number) => {
    const targets =
      ends.all[target]?.subjects.filter((one) => one !== from && !done.has(one)) ?? [];
    if (targets.length === 0 || !passing(reach, source, target, reading, row)) return;
    if (!passing(reach, source, target, "must", sureRow)) sureRow.fill(0);
    const passes = [selectorsOf(atoms, row), selectorsOf(atoms, sureRow)] as const;
    for (const subject of targets) {
      const to = endpointOf(subject);
      if (to === undefined) continue;
      const known = hops.get(subject);
      const sight = { from: source, to: target, fromSubject: from, toSubject: subject, row };
      const hop = known?.hop ?? { from: endpointOf(from), to, packet: packetOf(universe, sight) };
      const [selectors, sure] = [known?.selectors ?? emptySet, known?.sure ?? emptySet];
      hops.set(subject, {
        subject,
        hop,
        selectors: union(selectors, passes[0]),
        sure: union(sure, passes[1]),
      });
    }
  };
  forEachOpen([reach], visit, { from: sources });
  return [...hops.values()];
}

/** What intents declare between the segments of two endpoints. */
export function declaredBy(intents: readonly NetworkIntent[]): Search["declared"] {
  const flows = intents.flatMap(parseFlows);
  return (from, to) =>
    flows
      .filter((flow) => isEnd(flow.from, from) && isEnd(flow.to, to))
      .reduce((all, { range }) => union(all, portSet(range)), emptySet);
}

/** `web` is the segment in every place, `web@aws` in one. */
function isEnd(end: string, endpoint: Endpoint | undefined): boolean {
  if (endpoint === undefined) return end === internet;
  if (endpoint.segment === undefined) return false;
  const [meant, own] = [parseEnd(end), parseEnd(endpoint.segment)];
  return meant.name === own.name && (meant.place === undefined || meant.place === own.place);
}
