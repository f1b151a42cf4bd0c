/** A world as one JSON document: all its tables, row by row, as they lie in the file. */

import type { DatabaseSync } from "node:sqlite";
import type { Json, JsonObject } from "../protocol/value.ts";
import { isList, isObject } from "../protocol/value.ts";
import { damagedResource } from "./damage.ts";
import { schemaVersion, tablesSince } from "./schema.ts";
import type { World } from "./world.ts";

/** Says what the document is. */
const format = "bulkhead-world";

/** Notes of the process that has the file open. */
const ownTables = ["marks"];

/** A document that cannot become a world; the world is as it was. */
export class NoWorld extends RangeError {
  constructor(reason: string) {
    super(`not an export of a world: ${reason}`);
    this.name = "NoWorld";
  }
}

/** Everything in the world. */
export function exportWorld(world: World): JsonObject {
  return world.whole((db) => ({
    format,
    version: schemaVersion,
    tables: Object.fromEntries(
      tablesOf(db).map((table) => {
        const rows = db.prepare(`SELECT * FROM ${table}`).all();
        return [table, rows.map((row) => ({ ...row }) as JsonObject)];
      }),
    ),
  }));
}

/**
 * Fills an empty world with what an export holds. Throws {@link NoWorld} for a document of a newer
 * version, of another program or with damage, and for a world that is not empty.
 */
export function importWorld(world: World, document: JsonObject): void {
  if (world.size() > 0) throw new NoWorld("the world to fill must be empty");
  const tables = checked(document);
  world.whole((db) => {
    db.exec("PRAGMA defer_foreign_keys = ON");
    const known = tablesOf(db);
    const other = Object.keys(tables).find((name) => !known.includes(name));
    if (other !== undefined) throw new NoWorld(`it has a table ${other}`);
    for (const table of known) fill(db, table, tables[table]);
    const loose = db.prepare("PRAGMA foreign_key_check").get()?.["table"];
    if (loose !== undefined) throw new NoWorld(`${String(loose)} points to what is not there`);
    const damage = damagedResource(db);
    if (damage !== undefined) throw new NoWorld(damage);
  });
}

function checked(document: JsonObject): JsonObject {
  if (document["format"] !== format) throw new NoWorld(`its format is not "${format}"`);
  const { version, tables } = document;
  if (typeof version !== "number" || version > schemaVersion) {
    throw new NoWorld(`its version is ${JSON.stringify(version)}, known up to ${schemaVersion}`);
  }
  if (!isObject(tables)) throw new NoWorld("it has no tables");
  const younger = [...tablesSince].filter(([, since]) => since > version);
  return { ...Object.fromEntries(younger.map(([table]) => [table, []])), ...tables };
}

function fill(db: DatabaseSync, table: string, rows: Json | undefined): void {
  if (!isList(rows)) throw new NoWorld(`it lacks the table ${table}`);
  // A birth is counted by what was created before, even in a world that is empty again.
  db.exec(`DELETE FROM ${table}`);
  const columns = db
    .prepare(`PRAGMA table_info(${table})`)
    .all()
    .map((column) => String(column["name"]));
  const places = columns.map(() => "?").join(", ");
  const insert = db.prepare(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${places})`);
  for (const row of rows) {
    if (!isObject(row)) throw new NoWorld(`a row of ${table} is no object`);
    const values = columns.map((column) => cellOf(table, row as JsonObject, column));
    try {
      insert.run(...values);
    } catch (error) {
      throw new NoWorld(`${table}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function cellOf(table: string, row: JsonObject, column: string): string | number | null {
  const value = row[column];
  if (value === null || typeof value === "string" || typeof value === "number") return value;
  throw new NoWorld(`${table}.${column} is ${JSON.stringify(value)}`);
}

function tablesOf(db: DatabaseSync): string[] {
  return db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all()
    .map((row) => String(row["name"]))
    .filter((name) => !ownTables.includes(name));
}
