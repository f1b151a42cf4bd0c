/**
 * What several topologies have in common, so that they can be compared bit by bit: one set of ends,
 * one set of layer-4 atoms.
 */
import type { IntervalSet } from "../base/interval-set.ts";
import type { Endpoint, Stage, Topology } from "../network/topology.ts";
import type { AddressCut } from "./address-classes.ts";
import { classify, cutLine, piecesOf } from "./address-classes.ts";
import type { Atoms } from "./atoms.ts";
import { atomsOf, isOfAtoms, rowOf } from "./atoms.ts";
import type { EncodedStage, EncodedTier } from "./encode.ts";
import { encodeStages, Vocabulary } from "./encode.ts";
import type { Cover, Ends, Subject } from "./ends.ts";
import { endsOf, subjectsOf } from "./ends.ts";
import type { Partition } from "./partition.ts";
import { isOfWholeClasses } from "./partition.ts";

/** The atoms of a match, and the words of the row in which they are. */
export interface Mask {
  readonly row: Int32Array;
  readonly firstWord: number;
  readonly lastWord: number;
}

export interface Universe {
  readonly topologies: readonly Topology[];
  readonly vocabulary: Vocabulary;
  /** Stages of each topology by id. */
  readonly stages: readonly ReadonlyMap<string, EncodedStage>[];
  readonly subjects: readonly Subject[];
  readonly subjectNumbers: ReadonlyMap<string, number>;
  readonly cut: AddressCut;
  readonly classes: Partition;
  readonly ends: Ends;
  readonly atoms: Atoms;
  /** Subjects in each group of the vocabulary. */
  readonly members: ReadonlyMap<number, readonly number[]>;
  /** By number of the match, term or set; filled as they are met. */
  readonly masks: (Mask | undefined)[];
  readonly covers: (Cover | undefined)[];
  readonly setCovers: (Cover | undefined)[];
}

/** The common ends and atoms of topologies. */
export function universeOf(topologies: readonly Topology[]): Universe {
  const vocabulary = new Vocabulary();
  const stages = topologies.map((topology, index) => encodeStages(vocabulary, topology, index));
  for (const { residuals } of topologies) {
    for (const { to, selectors } of residuals) {
      vocabulary.addresses.idOf(to);
      vocabulary.selectors.idOf(selectors);
    }
  }
  const subjects = subjectsOf(topologies);
  const named = vocabulary.addresses.sets;
  const owned = topologies.flatMap(({ endpoints }) => endpoints.map(({ addresses }) => addresses));
  const cut = cutLine([...named, ...owned]);
  const classes = classify(cut, named);
  return {
    topologies,
    vocabulary,
    stages,
    subjects,
    subjectNumbers: new Map(subjects.map(({ id }, number) => [id, number])),
    cut,
    classes,
    ends: endsOf(subjects, topologies, cut, classes),
    atoms: atomsOf(vocabulary),
    members: membersOf(subjects, vocabulary),
    masks: [],
    covers: [],
    setCovers: [],
  };
}

/**
 * The universe with another stage in place of the one of its id in one topology. Undefined where the
 * stage tells addresses or layer-4 atoms apart that the universe does not.
 */
export function universeWith(
  universe: Universe,
  topology: number,
  stage: Stage,
): Universe | undefined {
  const { vocabulary, topologies, stages } = universe;
  const encoded = vocabulary.encode(stage, topology);
  const isCut = encoded.tiers.every((tier) => isTierCut(universe, tier));
  if (!isCut) return undefined;
  return {
    ...universe,
    stages: stages.map((all, index) =>
      index === topology ? new Map([...all, [stage.id, encoded]]) : all,
    ),
    topologies: topologies.map((one, index) =>
      index === topology
        ? { ...one, stages: one.stages.map((old) => (old.id === stage.id ? stage : old)) }
        : one,
    ),
  };
}

function isTierCut(universe: Universe, { terms, owns, matches }: EncodedTier): boolean {
  const { vocabulary, atoms } = universe;
  const named = [...terms].map((term) => vocabulary.terms[term]?.addresses ?? -1);
  const asked = [...matches].map((match) => vocabulary.matches[match]);
  return (
    [...named, ...owns].every((set) =>
      isOfClasses(universe, vocabulary.addresses.sets[set] ?? []),
    ) && asked.every((match) => match === undefined || isOfAtoms(atoms, vocabulary, match))
  );
}

/** Whether a set of addresses holds each class of addresses wholly or not at all. */
function isOfClasses({ cut, classes }: Universe, set: IntervalSet): boolean {
  const ranges = piecesOf(cut, set);
  return ranges !== undefined && isOfWholeClasses(classes, ranges);
}

function membersOf(subjects: readonly Subject[], vocabulary: Vocabulary): Map<number, number[]> {
  const members = new Map<number, number[]>();
  const join = (subject: number, topology: number, { groups }: Endpoint) => {
    for (const name of groups) {
      const group = vocabulary.groupOf(name, topology);
      const all = members.get(group);
      if (all === undefined) members.set(group, [subject]);
      else all.push(subject);
    }
  };
  for (const [subject, { states }] of subjects.entries()) {
    for (const [topology, endpoint] of states.entries()) {
      if (endpoint !== undefined) join(subject, topology, endpoint);
    }
  }
  return members;
}

/** The atoms of a match of the vocabulary. */
export function maskOf({ masks, vocabulary, atoms }: Universe, match: number): Mask {
  const known = masks[match];
  if (known !== undefined) return known;
  const { selectors, sourcePorts } = vocabulary.matches[match] ?? {
    selectors: -1,
    sourcePorts: -1,
  };
  const row = rowOf(
    atoms,
    vocabulary.selectors.sets[selectors] ?? [],
    sourcePorts < 0 ? undefined : (vocabulary.sourcePorts.sets[sourcePorts] ?? []),
  );
  const firstWord = row.findIndex((word) => word !== 0);
  const lastWord = row.findLastIndex((word) => word !== 0);
  const mask = { row, firstWord: firstWord < 0 ? 0 : firstWord, lastWord };
  masks[match] = mask;
  return mask;
}
