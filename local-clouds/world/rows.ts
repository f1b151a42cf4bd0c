/** Writing a world's rows, one at a time; who calls decides what is one transaction. */

import type { ValueObject } from "../protocol/value.ts";
import {
  digestOf,
  type Link,
  type Name,
  type ResourceData,
  type ResourceRow,
  stored,
} from "./record.ts";
import type { Store } from "./store.ts";

/** What a resource points to and is known by. */
export interface Ties {
  readonly names: readonly Name[];
  readonly links: readonly Link[];
}

/** A resource that came along with another. */
export interface CompanionData {
  readonly data: ResourceData;
  readonly names: readonly Name[];
}

/** How what came along with a resource changes with it. */
export interface CompanionChange {
  readonly added: readonly CompanionData[];
  readonly changed: readonly {
    readonly row: ResourceRow;
    readonly outputs: ValueObject;
    readonly names: readonly Name[];
  }[];
  readonly removed: readonly ResourceRow[];
}

/** A log record that was delivered. */
export interface RecordData {
  /** The `row` of the resource that it was delivered to. */
  readonly destination: number;
  /** Where within it: object name, log stream, table. */
  readonly place: string;
  /** What kind of record, e.g. `CloudTrail`. */
  readonly kind: string;
  /** When it happened, RFC 3339 UTC. */
  readonly at: string;
  /** The record as its service writes it: JSON, or a line. */
  readonly body: string;
}

const insertSql = `INSERT INTO resources
  (package, account, region, token, id, urn, inputs, outputs, made, seed, created_at, revision, companion_of, digest)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)`;

/** Writes rows of all tables. */
export class Rows {
  private readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  /** Writes a row; its number. */
  insertRow(data: ResourceData, companionOf: number | undefined): number {
    const [inputs, outputs, made] = [stored(data.inputs), stored(data.outputs), stored(data.made)];
    const { package: name, account, region, token, id, urn, seed, createdAt } = data;
    const values = [name, account, region, token, id, urn, inputs, outputs, made, seed, createdAt];
    const digest = digestOf(id, inputs, outputs, made);
    const done = this.store.statement(insertSql).run(...values, companionOf ?? null, digest);
    return Number(done.lastInsertRowid);
  }

  /** Writes what came along with a row. */
  insertCompanion(owner: number, { data, names }: CompanionData): void {
    this.tie(this.insertRow(data, owner), data.token, { names, links: [] });
  }

  /** Companions point to nothing by themselves: their links stay none. */
  followUp(owner: ResourceRow, { added, changed, removed }: CompanionChange): void {
    for (const { row } of removed) this.store.run(`DELETE FROM resources WHERE row = ?`, row);
    for (const { row, outputs, names } of changed) {
      this.rewrite(row, row.inputs, outputs);
      this.retie(row, { names, links: [] });
    }
    for (const companion of added) this.insertCompanion(owner.row, companion);
  }

  /** Replaces what a row holds. */
  rewrite(row: ResourceRow, inputs: ValueObject, outputs: ValueObject): void {
    const [inputText, outputText] = [stored(inputs), stored(outputs)];
    this.store.run(
      `UPDATE resources SET inputs = ?, outputs = ?, revision = revision + 1, digest = ? WHERE row = ?`,
      inputText,
      outputText,
      digestOf(row.id, inputText, outputText, stored(row.made)),
      row.row,
    );
  }

  /** Replaces the names of a row, and adds links. */
  retie(row: ResourceRow, ties: Ties): void {
    this.store.run(`DELETE FROM names WHERE row = ?`, row.row);
    this.tie(row.row, row.token, ties);
  }

  /** Writes a log record. */
  insertRecord({ destination, place, kind, at, body }: RecordData): void {
    this.store.run(
      `INSERT INTO records (destination, place, kind, at, body) VALUES (?, ?, ?, ?, ?)`,
      destination,
      place,
      kind,
      at,
      body,
    );
  }

  /** Adds names and links. */
  tie(row: number, token: string, ties: Ties): void {
    for (const { property, folded } of ties.names) {
      this.store.run(`INSERT INTO names VALUES (?, ?, ?, ?)`, row, token, property, folded);
    }
    for (const { target, path, holds, cascades } of ties.links) {
      this.store.run(
        `INSERT INTO links VALUES (?, ?, ?, ?, ?)`,
        row,
        target,
        path,
        holds ? 1 : 0,
        cascades ? 1 : 0,
      );
    }
  }
}
