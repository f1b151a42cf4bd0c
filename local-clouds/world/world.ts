/**
 * The simulated world: every resource of every account, in one SQLite file.
 *
 * Each change is one transaction, and a call returns only after its commit: WAL with `synchronous =
 * FULL` syncs the log at every commit, so what was acknowledged survives both `kill -9` and a power
 * cut. One process owns the file (`locking_mode = EXCLUSIVE`).
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { ValueObject } from "../protocol/value.ts";
import {
  type Columns,
  digestOf,
  type Link,
  type Name,
  type ResourceData,
  type ResourceRow,
  rowOf,
  stored,
  text,
} from "./record.ts";

/** Which resources a search takes in; absent fields do not matter. */
export interface Where {
  readonly account?: string;
  /** Resources without region are always taken in. */
  readonly region?: string;
}

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

/** What else happens in the transaction of a change. */
export interface Consequences {
  readonly records?: readonly RecordData[];
  readonly companions?: CompanionChange;
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

/** A stored log record. */
export interface StoredRecord extends RecordData {
  /** Grows with each record. */
  readonly row: number;
}

const insertSql = `INSERT INTO resources
  (package, account, region, token, id, urn, inputs, outputs, made, seed, created_at, revision, companion_of, digest)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)`;

/** One open world. */
export class World {
  private readonly db: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();

  /** Takes a checked and configured database (see `openWorld`). */
  constructor(db: DatabaseSync) {
    this.db = db;
  }

  /** Stores a new resource and what came along with it; durable on return. */
  insert(
    data: ResourceData,
    ties: Ties,
    companions: readonly CompanionData[],
    records: readonly RecordData[] = [],
  ): ResourceRow {
    return this.transaction(() => {
      for (const record of records) this.insertRecord(record);
      const row = this.insertRow(data, undefined);
      this.tie(row, data.token, ties);
      for (const companion of companions) this.insertCompanion(row, companion);
      this.run(
        `INSERT INTO births VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1`,
        data.account,
        data.urn,
      );
      return this.row(row);
    });
  }

  /** Replaces inputs, outputs and ties of a resource, and what follows from it; durable on return. */
  change(
    row: ResourceRow,
    inputs: ValueObject,
    outputs: ValueObject,
    ties: Ties,
    { records = [], companions }: Consequences = {},
  ): ResourceRow {
    return this.transaction(() => {
      for (const record of records) this.insertRecord(record);
      this.rewrite(row, inputs, outputs);
      this.run(`DELETE FROM links WHERE source = ?`, row.row);
      this.retie(row, ties);
      if (companions !== undefined) this.followUp(row, companions);
      return this.row(row.row);
    });
  }

  /** Removes a resource, what came along with it and what disappears with it; durable on return. */
  remove(row: ResourceRow, records: readonly RecordData[] = []): void {
    this.transaction(() => {
      for (const record of records) this.insertRecord(record);
      this.run(
        `WITH RECURSIVE doomed(row) AS (
           SELECT ? UNION
           SELECT links.source FROM links JOIN doomed ON links.target = doomed.row WHERE links.cascades
           UNION
           SELECT resources.row FROM resources JOIN doomed ON resources.companion_of = doomed.row)
         DELETE FROM resources WHERE row IN (SELECT row FROM doomed)`,
        row.row,
      );
    });
  }

  /** Stores records that no change of a resource comes with; durable on return. */
  deliver(records: readonly RecordData[]): void {
    if (records.length === 0) return;
    this.transaction(() => {
      for (const record of records) this.insertRecord(record);
    });
  }

  /** Records after a certain one, in order of delivery. */
  records(after: number): readonly StoredRecord[] {
    return this.statement(`SELECT * FROM records WHERE row > ? ORDER BY row`)
      .all(after)
      .map((columns: Columns) => ({
        row: Number(columns["row"]),
        destination: Number(columns["destination"]),
        place: text(columns, "place"),
        kind: text(columns, "kind"),
        at: text(columns, "at"),
        body: text(columns, "body"),
      }));
  }

  /** Changes with every change of a resource of these types; `""` while there is none. */
  fingerprint(tokens: readonly string[]): string {
    if (tokens.length === 0) return "";
    const places = tokens.map(() => "?").join(", ");
    const found = this.statement(
      `SELECT group_concat(row || digest) AS print FROM resources WHERE token IN (${places})`,
    ).get(...tokens);
    const print = found?.["print"];
    return typeof print === "string" ? print : "";
  }

  /** Removes everything. */
  reset(): void {
    this.transaction(() => {
      this.run(`DELETE FROM resources`);
      this.run(`DELETE FROM births`);
      this.run(`DELETE FROM marks WHERE name LIKE 'lingering %'`);
    });
  }

  /** Resources of a token known by a folded name under one property (`id` included). */
  named(token: string, property: string, folded: string, where: Where): readonly ResourceRow[] {
    return this.select(
      `SELECT resources.* FROM names JOIN resources USING (row)
       WHERE names.folded = ? AND names.token = ? AND names.property = ?
         AND (? IS NULL OR resources.account = ?)
         AND (? IS NULL OR resources.region IN (?, ''))`,
      folded,
      token,
      property,
      ...pairs(where),
    );
  }

  /** All resources of a token. */
  ofToken(token: string, where: Where): readonly ResourceRow[] {
    return this.select(
      `SELECT * FROM resources WHERE token = ? AND (? IS NULL OR account = ?)
         AND (? IS NULL OR region IN (?, '')) ORDER BY row`,
      token,
      ...pairs(where),
    );
  }

  /** The accounts and regions in which a package has resources; of a regional one those in no region left out. */
  places(
    name: string,
    regional: boolean,
  ): readonly { readonly account: string; readonly region: string }[] {
    return this.statement(
      `SELECT DISTINCT account, region FROM resources WHERE package = ? AND (region <> '') = ?`,
    )
      .all(name, regional ? 1 : 0)
      .map((columns: Columns) => ({
        account: text(columns, "account"),
        region: text(columns, "region"),
      }));
  }

  /** Everything, in order of creation. */
  all(): readonly ResourceRow[] {
    return this.select(`SELECT * FROM resources ORDER BY row`);
  }

  /** The row of a resource by its folded id, wherever it lies. */
  rowNamed(token: string, folded: string): number | undefined {
    const found = this.statement(
      `SELECT row FROM names WHERE folded = ? AND token = ? AND property = 'id'`,
    ).get(folded, token);
    return found === undefined ? undefined : Number(found["row"]);
  }

  /** The resource of a row. */
  byRow(row: number): ResourceRow | undefined {
    return this.select(`SELECT * FROM resources WHERE row = ?`, row)[0];
  }

  /** Count of resources, companions included. */
  size(): number {
    return Number(this.statement(`SELECT count(*) AS count FROM resources`).get()?.["count"]);
  }

  /** Resources that forbid the deletion of this one or of what comes along with it. */
  holders(row: ResourceRow): readonly ResourceRow[] {
    return this.select(
      `SELECT DISTINCT resources.* FROM links JOIN resources ON resources.row = links.source
       WHERE links.holds AND links.source <> ?
         AND (links.target = ? OR links.target IN (SELECT row FROM resources WHERE companion_of = ?))
         AND coalesce(resources.companion_of, 0) <> ?
       ORDER BY resources.row`,
      row.row,
      row.row,
      row.row,
      row.row,
    );
  }

  /** What came along with a resource. */
  companions(row: ResourceRow): readonly ResourceRow[] {
    return this.select(`SELECT * FROM resources WHERE companion_of = ? ORDER BY row`, row.row);
  }

  /** How many resources were ever created for a URN in an account. */
  births(account: string, urn: string): number {
    const found = this.statement(`SELECT count FROM births WHERE account = ? AND urn = ?`).get(
      account,
      urn,
    );
    return found === undefined ? 0 : Number(found["count"]);
  }

  /** A small note kept with the world. */
  mark(name: string): string | undefined {
    const found = this.statement(`SELECT value FROM marks WHERE name = ?`).get(name);
    return found === undefined ? undefined : text(found, "value");
  }

  /** Writes a note. */
  setMark(name: string, value: string): void {
    this.run(
      `INSERT INTO marks VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value`,
      name,
      value,
    );
  }

  /** Writes a whole, consistent copy to a file that must not exist yet. */
  copyTo(path: string): void {
    this.statement(`VACUUM INTO ?`).run(path);
  }

  /** Works on the whole file in one transaction, for what no other method does (export, import). */
  whole<T>(work: (db: DatabaseSync) => T): T {
    return this.transaction(() => work(this.db));
  }

  /** Closes the file; its log is merged into it. */
  close(): void {
    this.db.close();
  }

  private insertRow(data: ResourceData, companionOf: number | undefined): number {
    const [inputs, outputs, made] = [stored(data.inputs), stored(data.outputs), stored(data.made)];
    const { package: name, account, region, token, id, urn, seed, createdAt } = data;
    const values = [name, account, region, token, id, urn, inputs, outputs, made, seed, createdAt];
    const digest = digestOf(id, inputs, outputs, made);
    const done = this.statement(insertSql).run(...values, companionOf ?? null, digest);
    return Number(done.lastInsertRowid);
  }

  private insertCompanion(owner: number, { data, names }: CompanionData): void {
    this.tie(this.insertRow(data, owner), data.token, { names, links: [] });
  }

  /** Companions point to nothing by themselves: their links stay none. */
  private followUp(owner: ResourceRow, { added, changed, removed }: CompanionChange): void {
    for (const { row } of removed) this.run(`DELETE FROM resources WHERE row = ?`, row);
    for (const { row, outputs, names } of changed) {
      this.rewrite(row, row.inputs, outputs);
      this.retie(row, { names, links: [] });
    }
    for (const companion of added) this.insertCompanion(owner.row, companion);
  }

  private rewrite(row: ResourceRow, inputs: ValueObject, outputs: ValueObject): void {
    const [inputText, outputText] = [stored(inputs), stored(outputs)];
    this.run(
      `UPDATE resources SET inputs = ?, outputs = ?, revision = revision + 1, digest = ? WHERE row = ?`,
      inputText,
      outputText,
      digestOf(row.id, inputText, outputText, stored(row.made)),
      row.row,
    );
  }

  private retie(row: ResourceRow, ties: Ties): void {
    this.run(`DELETE FROM names WHERE row = ?`, row.row);
    this.tie(row.row, row.token, ties);
  }

  private insertRecord({ destination, place, kind, at, body }: RecordData): void {
    this.run(
      `INSERT INTO records (destination, place, kind, at, body) VALUES (?, ?, ?, ?, ?)`,
      destination,
      place,
      kind,
      at,
      body,
    );
  }

  private tie(row: number, token: string, ties: Ties): void {
    for (const { property, folded } of ties.names) {
      this.run(`INSERT INTO names VALUES (?, ?, ?, ?)`, row, token, property, folded);
    }
    for (const { target, path, holds, cascades } of ties.links) {
      this.run(
        `INSERT INTO links VALUES (?, ?, ?, ?, ?)`,
        row,
        target,
        path,
        holds ? 1 : 0,
        cascades ? 1 : 0,
      );
    }
  }

  private row(row: number): ResourceRow {
    const found = this.byRow(row);
    if (found === undefined) throw new RangeError(`row ${row} is gone`);
    return found;
  }

  private select(sql: string, ...values: (string | number | null)[]): readonly ResourceRow[] {
    return this.statement(sql)
      .all(...values)
      .map((columns: Columns) => rowOf(columns));
  }

  private run(sql: string, ...values: (string | number | null)[]): void {
    this.statement(sql).run(...values);
  }

  private statement(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known !== undefined) return known;
    const prepared = this.db.prepare(sql);
    this.statements.set(sql, prepared);
    return prepared;
  }

  private transaction<T>(work: () => T): T {
    this.db.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.db.exec("COMMIT");
      return result;
    } catch (error) {
      // Where there is no room, SQLite may have rolled back by itself ("ROLLBACK").
      if (this.db.isTransaction) this.db.exec("ROLLBACK");
      throw error;
    }
  }
}

function pairs(where: Where): (string | null)[] {
  const account = where.account ?? null;
  const region = where.region ?? null;
  return [account, account, region, region];
}
