/**
 * The stages of topologies in numbers: every set of addresses, selectors or ports that rules mention
 * is read once, and rules hold its number from then on.
 */
import type { Action, PeerTerm, Rule, Stage, Tier, Topology } from "../network/topology.ts";
import { Pool } from "./pool.ts";
import { SetTable } from "./set-table.ts";

/** What rules do, in the order of their codes. */
export const actions: readonly Action[] = ["allow", "deny", "pass"];

/** Rules of one tier, by columns. */
export interface EncodedTier {
  readonly rules: readonly Rule[];
  /** Indexes of {@link actions}. */
  readonly actions: Uint8Array;
  /** 1 where the match hangs on conditions as well. */
  readonly conditional: Uint8Array;
  /** Numbers of {@link Vocabulary.matches}. */
  readonly matches: Int32Array;
  /** Numbers of address sets; -1 where the rule is not limited to own addresses. */
  readonly owns: Int32Array;
  /** Rule `r` has the terms from `termStart[r]` up to `termStart[r + 1]`. */
  readonly termStart: Int32Array;
  /** Numbers of {@link Vocabulary.terms}. */
  readonly terms: Int32Array;
  readonly otherwise: Action;
}

/** One stage in numbers. */
export interface EncodedStage {
  readonly stage: Stage;
  readonly tiers: readonly EncodedTier[];
  /** Address sets to which some rule limits the guarded side. */
  readonly ownSets: readonly number[];
  /** Whether some rule has conditions. */
  readonly conditional: boolean;
}

/** What a rule asks of layer 4: numbers of a selector set and of a port set (-1: any port). */
export interface LayerMatch {
  readonly selectors: number;
  readonly sourcePorts: number;
}

/** A peer term in numbers; -1 where it asks nothing. */
export interface EncodedTerm {
  readonly addresses: number;
  readonly group: number;
}

/** Everything that rules of some topologies mention, each thing once. */
export class Vocabulary {
  readonly addresses = new SetTable();
  readonly selectors = new SetTable();
  readonly sourcePorts = new SetTable();
  readonly matches: LayerMatch[] = [];
  readonly terms: EncodedTerm[] = [];
  readonly groups: { readonly topology: number; readonly name: string }[] = [];
  readonly #matches = new Map<number, number>();
  readonly #terms = new Map<number, number>();
  readonly #groups: Map<string, number>[] = [];
  readonly #pool = new Pool();

  encode(stage: Stage, topology: number): EncodedStage {
    const ownSets = new Set<number>();
    let conditional = false;
    const tiers = stage.tiers.map((tier) => {
      const encoded = this.#encodeTier(tier, topology);
      for (const own of encoded.owns) if (own >= 0) ownSets.add(own);
      conditional ||= encoded.conditional.includes(1);
      return encoded;
    });
    return { stage, tiers, ownSets: [...ownSets], conditional };
  }

  /** Groups of different topologies are different groups, even by the same name. */
  groupOf(name: string, topology: number): number {
    this.#groups[topology] ??= new Map();
    const groups = this.#groups[topology];
    let id = groups.get(name);
    if (id === undefined) {
      id = this.groups.push({ topology, name }) - 1;
      groups.set(name, id);
    }
    return id;
  }

  #encodeTier({ rules, otherwise }: Tier, topology: number): EncodedTier {
    const codes = this.#pool.uint8(rules.length);
    const conditional = this.#pool.uint8(rules.length);
    const matches = this.#pool.int32(rules.length);
    const owns = this.#pool.int32(rules.length);
    const termStart = this.#pool.int32(rules.length + 1);
    const terms = this.#pool.int32(rules.reduce((sum, { peers }) => sum + peers.length, 0));
    let next = 0;
    for (let r = 0; r < rules.length; r++) {
      const rule = rules[r] as Rule;
      codes[r] = actions.indexOf(rule.action);
      if (rule.conditions !== undefined && rule.conditions.length > 0) conditional[r] = 1;
      matches[r] = this.#matchOf(rule);
      owns[r] = rule.own === undefined ? -1 : this.addresses.idOf(rule.own);
      for (const peer of rule.peers) terms[next++] = this.#termOf(peer, topology);
      termStart[r + 1] = next;
    }
    return { rules, actions: codes, conditional, matches, owns, termStart, terms, otherwise };
  }

  #matchOf({ selectors, sourcePorts }: Rule): number {
    const first = this.selectors.idOf(selectors);
    const second = sourcePorts === undefined ? -1 : this.sourcePorts.idOf(sourcePorts);
    const known = this.#matches.get(keyOf(first, second));
    if (known !== undefined) return known;
    const id = this.matches.push({ selectors: first, sourcePorts: second }) - 1;
    this.#matches.set(keyOf(first, second), id);
    return id;
  }

  #termOf({ addresses, group }: PeerTerm, topology: number): number {
    const first = addresses === undefined ? -1 : this.addresses.idOf(addresses);
    const second = group === undefined ? -1 : this.groupOf(group, topology);
    const known = this.#terms.get(keyOf(first, second));
    if (known !== undefined) return known;
    const id = this.terms.push({ addresses: first, group: second }) - 1;
    this.#terms.set(keyOf(first, second), id);
    return id;
  }
}

const pairBase = 2 ** 26;

function keyOf(first: number, second: number): number {
  return (first + 1) * pairBase + second + 1;
}

/** Every stage of a topology by its id. Throws where two have the same id. */
export function encodeStages(
  vocabulary: Vocabulary,
  { stages }: Topology,
  topology: number,
): Map<string, EncodedStage> {
  const encoded = new Map<string, EncodedStage>();
  for (const stage of stages) {
    if (encoded.has(stage.id)) throw new Error(`two stages have the id ${stage.id}`);
    encoded.set(stage.id, vocabulary.encode(stage, topology));
  }
  return encoded;
}
