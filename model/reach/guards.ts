/** What guards an end: the tables of all stages of its endpoint. */
import type { Direction, Endpoint } from "../network/topology.ts";
import type { Table } from "./compile.ts";
import { compile } from "./compile.ts";
import type { EncodedStage } from "./encode.ts";
import type { End } from "./ends.ts";
import { ownMatchOf } from "./own-match.ts";
import type { Universe } from "./universe.ts";
import { Workspace } from "./workspace.ts";

/** Tables that guard an end, for each direction: all, and those that are asked about replies. */
export interface Guard {
  readonly out: readonly Table[];
  readonly in: readonly Table[];
  readonly replyOut: readonly Table[];
  readonly replyIn: readonly Table[];
}

/** The tables of one end, by the directions and questions in which they are asked. */
function guardFrom(tables: readonly Table[]): Guard {
  const of = (direction: Direction, replies: boolean) =>
    tables.filter(
      ({ stage: { stage } }) => stage.direction === direction && !(replies && stage.stateful),
    );
  return {
    out: of("out", false),
    in: of("in", false),
    replyOut: of("out", true),
    replyIn: of("in", true),
  };
}

/** Compiles each stage once for all the ends for which it does the same. */
export class Guards {
  readonly #universe: Universe;
  readonly #topology: number;
  readonly #tables = new Map<string, Table>();
  readonly #workspace = new Workspace();

  constructor(universe: Universe, topology: number) {
    this.#universe = universe;
    this.#topology = topology;
  }

  of(end: End): Guard | undefined {
    if (((end.presence >> this.#topology) & 1) === 0) return undefined;
    const endpoint = endpointOf(this.#universe, this.#topology, end);
    if (endpoint === undefined) return guardFrom([]);
    return guardFrom(this.#stagesOf(endpoint).map((stage) => this.#tableOf(stage, end)));
  }

  /** A guard of an end with the stage of this id as it is now. */
  with(guard: Guard, id: string, end: End): Guard {
    const stage = this.#universe.stages[this.#topology]?.get(id);
    return guardFrom(
      [...guard.out, ...guard.in].map((table) =>
        stage === undefined || table.stage.stage.id !== id ? table : this.#tableOf(stage, end),
      ),
    );
  }

  #stagesOf({ id, stages }: Endpoint): EncodedStage[] {
    const known = this.#universe.stages[this.#topology];
    return [...new Set(stages)].map((name) => {
      const stage = known?.get(name);
      if (stage === undefined) throw new Error(`endpoint ${id} has no stage ${name}`);
      return stage;
    });
  }

  #tableOf(stage: EncodedStage, end: End): Table {
    const own = ownMatchOf(this.#universe, stage, end);
    const key = [stage.stage.id, ...own.values()].join("\n");
    const known = this.#tables.get(key);
    if (known !== undefined) return known;
    const table = compile(this.#universe, this.#workspace, stage, own);
    this.#tables.set(key, table);
    return table;
  }
}

/** The first of the endpoints that share an end: it is guarded as all of them are. */
function endpointOf({ subjects }: Universe, topology: number, end: End): Endpoint | undefined {
  const first = end.subjects[0];
  return first === undefined ? undefined : subjects[first]?.states[topology];
}
