/** Statements and transactions on a world's database. */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { type Columns, type ResourceRow, rowOf } from "./record.ts";

/** A database with its prepared statements. */
export class Store {
  /** The database itself, for what works on all of it. */
  readonly db: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.db = db;
  }

  /** Resources that a query finds. */
  select(sql: string, ...values: (string | number | null)[]): readonly ResourceRow[] {
    return this.statement(sql)
      .all(...values)
      .map((columns: Columns) => rowOf(columns));
  }

  /** Changes rows. */
  run(sql: string, ...values: (string | number | null)[]): void {
    this.statement(sql).run(...values);
  }

  /** A statement, prepared once. */
  statement(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known !== undefined) return known;
    const prepared = this.db.prepare(sql);
    this.statements.set(sql, prepared);
    return prepared;
  }

  /** All of `work`, or nothing of it. */
  transaction<T>(work: () => T): T {
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
