/**
 * The simulated world: every resource of every account, in one SQLite file.
 *
 * Each change is one transaction, and a call returns only after its commit: WAL with `synchronous =
 * FULL` syncs the log at every commit, so what was acknowledged survives both `kill -9` and a power
 * cut. One process owns the file (`locking_mode = EXCLUSIVE`).
 */

import type { DatabaseSync } from "node:sqlite";
import type { ValueObject } from "../protocol/value.ts";
import { type Columns, type ResourceData, type ResourceRow, text } from "./record.ts";
import {
  type CompanionChange,
  type CompanionData,
  type RecordData,
  Rows,
  type Ties,
} from "./rows.ts";
import { Store } from "./store.ts";

export type { CompanionChange, CompanionData, RecordData, Ties };

/** Which resources a search takes in; absent fields do not matter. */
export interface Where {
  readonly account?: string;
  /** Resources without region are always taken in. */
  readonly region?: string;
}

/** What else happens in the transaction of a change. */
export interface Consequences {
  readonly records?: readonly RecordData[];
  readonly companions?: CompanionChange;
}

/** A stored log record. */
export interface StoredRecord extends RecordData {
  /** Grows with each record. */
  readonly row: number;
}

/** One open world. */
export class World {
  private readonly store: Store;
  private readonly rows: Rows;

  /** Takes a checked and configured database (see `openWorld`). */
  constructor(db: DatabaseSync) {
    this.store = new Store(db);
    this.rows = new Rows(this.store);
  }

  /** Stores a new resource and what came along with it; durable on return. */
  insert(
    data: ResourceData,
    ties: Ties,
    companions: readonly CompanionData[],
    records: readonly RecordData[] = [],
  ): ResourceRow {
    return this.store.transaction(() => {
      for (const record of records) this.rows.insertRecord(record);
      const row = this.rows.insertRow(data, undefined);
      this.rows.tie(row, data.token, ties);
      for (const companion of companions) this.rows.insertCompanion(row, companion);
      this.store.run(
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
    return this.store.transaction(() => {
      for (const record of records) this.rows.insertRecord(record);
      this.rows.rewrite(row, inputs, outputs);
      this.store.run(`DELETE FROM links WHERE source = ?`, row.row);
      this.rows.retie(row, ties);
      if (companions !== undefined) this.rows.followUp(row, companions);
      return this.row(row.row);
    });
  }

  /** Removes a resource, what came along with it and what disappears with it; durable on return. */
  remove(row: ResourceRow, records: readonly RecordData[] = []): void {
    this.store.transaction(() => {
      for (const record of records) this.rows.insertRecord(record);
      this.store.run(
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
    this.store.transaction(() => {
      for (const record of records) this.rows.insertRecord(record);
    });
  }

  /** Records after a certain one, in order of delivery. */
  records(after: number): readonly StoredRecord[] {
    return this.store
      .statement(`SELECT * FROM records WHERE row > ? ORDER BY row`)
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
    const found = this.store
      .statement(
        `SELECT group_concat(row || digest) AS print FROM resources WHERE token IN (${places})`,
      )
      .get(...tokens);
    const print = found?.["print"];
    return typeof print === "string" ? print : "";
  }

  /** Removes everything. */
  reset(): void {
    this.store.transaction(() => {
      this.store.run(`DELETE FROM resources`);
      this.store.run(`DELETE FROM births`);
      this.store.run(`DELETE FROM marks WHERE name LIKE 'lingering %'`);
    });
  }

  /** Resources of a token known by a folded name under one property (`id` included). */
  named(token: string, property: string, folded: string, where: Where): readonly ResourceRow[] {
    return this.store.select(
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
    return this.store.select(
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
    return this.store
      .statement(
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
    return this.store.select(`SELECT * FROM resources ORDER BY row`);
  }

  /** The row of a resource by its folded id, wherever it lies. */
  rowNamed(token: string, folded: string): number | undefined {
    const found = this.store
      .statement(`SELECT row FROM names WHERE folded = ? AND token = ? AND property = 'id'`)
      .get(folded, token);
    return found === undefined ? undefined : Number(found["row"]);
  }

  /** The resource of a row. */
  byRow(row: number): ResourceRow | undefined {
    return this.store.select(`SELECT * FROM resources WHERE row = ?`, row)[0];
  }

  /** Count of resources, companions included. */
  size(): number {
    return Number(this.store.statement(`SELECT count(*) AS count FROM resources`).get()?.["count"]);
  }

  /** Resources that forbid the deletion of this one or of what comes along with it. */
  holders(row: ResourceRow): readonly ResourceRow[] {
    return this.store.select(
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
    return this.store.select(
      `SELECT * FROM resources WHERE companion_of = ? ORDER BY row`,
      row.row,
    );
  }

  /** How many resources were ever created for a URN in an account. */
  births(account: string, urn: string): number {
    const found = this.store
      .statement(`SELECT count FROM births WHERE account = ? AND urn = ?`)
      .get(account, urn);
    return found === undefined ? 0 : Number(found["count"]);
  }

  /** A small note kept with the world. */
  mark(name: string): string | undefined {
    const found = this.store.statement(`SELECT value FROM marks WHERE name = ?`).get(name);
    return found === undefined ? undefined : text(found, "value");
  }

  /** Writes a note. */
  setMark(name: string, value: string): void {
    this.store.run(
      `INSERT INTO marks VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value`,
      name,
      value,
    );
  }

  /** Writes a whole, consistent copy to a file that must not exist yet. */
  copyTo(path: string): void {
    this.store.statement(`VACUUM INTO ?`).run(path);
  }

  /** Works on the whole file in one transaction, for what no other method does (export, import). */
  whole<T>(work: (db: DatabaseSync) => T): T {
    return this.store.transaction(() => work(this.store.db));
  }

  /** Closes the file; its log is merged into it. */
  close(): void {
    this.store.db.close();
  }

  private row(row: number): ResourceRow {
    const found = this.byRow(row);
    if (found === undefined) throw new RangeError(`row ${row} is gone`);
    return found;
  }
}

function pairs(where: Where): (string | null)[] {
  const account = where.account ?? null;
  const region = where.region ?? null;
  return [account, account, region, region];
}
