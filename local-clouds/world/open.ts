/** Opening a world file: new, whole, damaged, in use or of a newer version. */

import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Problem, ProblemError } from "../../model/base/problem.ts";
import { damagedResource } from "./damage.ts";
import { applicationId, createTables, migrations, schemaVersion } from "./schema.ts";
import { storageProblem } from "./storage.ts";
import { World } from "./world.ts";

/** Set in a file while a process works on it; still there after a crash. */
const workingMark = "working";

/** A world that lives in memory only, for tests. */
export function memoryWorld(): World {
  const db = new DatabaseSync(":memory:");
  db.exec(`PRAGMA foreign_keys = ON; ${createTables}`);
  return new World(db);
}

/**
 * Opens a world file, creating it where there is none. Throws a `ProblemError` naming the last good
 * copy if the file is damaged, and one naming the reason if it is in use, newer, or no world.
 */
export function openWorld(path: string): World {
  const isNew = !existsSync(path);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const db = connect(path);
  try {
    if (isNew || wasBegunOnly(db, path)) create(db, path);
    else examine(db, path);
  } catch (error) {
    db.close();
    throw error instanceof ProblemError ? error : new ProblemError([openProblem(path, error)]);
  }
  const world = new World(db);
  if (!isNew && (world.mark(workingMark) ?? "") !== "") keepGoodCopy(world, path);
  world.setMark(workingMark, String(process.pid));
  return world;
}

/**
 * Closes a world in good order and keeps a copy of it as the last good one. Throws a `ProblemError`
 * where there is no room for the copy: the world is closed and whole, and the older copy stays.
 */
export function closeWorld(world: World, path: string): void {
  try {
    world.setMark(workingMark, "");
    keepGoodCopy(world, path);
  } catch (error) {
    const problem = storageProblem(error, goodCopyOf(path));
    throw problem === undefined ? error : new ProblemError([problem]);
  } finally {
    world.close();
  }
}

/** Where the last good copy of a world lies. */
export function goodCopyOf(path: string): string {
  return `${path}.good`;
}

function keepGoodCopy(world: World, path: string): void {
  const next = `${goodCopyOf(path)}.${process.pid}.part`;
  rmSync(next, { force: true });
  try {
    world.copyTo(next);
    chmodSync(next, 0o600);
    renameSync(next, goodCopyOf(path));
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
}

function connect(path: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { timeout: 0 });
    db.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL");
    db.exec("PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; COMMIT");
    return db;
  } catch (error) {
    db?.close();
    throw new ProblemError([openProblem(path, error)]);
  }
}

function create(db: DatabaseSync, path: string): void {
  chmodSync(path, 0o600);
  db.exec(`BEGIN IMMEDIATE; ${createTables}
    PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}; COMMIT`);
}

/** A process that ended before its new world was written leaves a file with nothing in it. */
function wasBegunOnly(db: DatabaseSync, path: string): boolean {
  const tables = db.prepare("SELECT count(*) AS count FROM sqlite_master").get()?.["count"];
  return tables === 0 && !existsSync(goodCopyOf(path));
}

function examine(db: DatabaseSync, path: string): void {
  const damage = findDamage(db);
  if (damage !== undefined) throw new ProblemError([damaged(path, damage)]);
  const version = pragma(db, "user_version");
  if (version > schemaVersion) throw new ProblemError([tooNew(path, version)]);
  migrate(db, version);
}

/** Brings an older file up to this version, one step after the other, all or none. */
function migrate(db: DatabaseSync, from: number): void {
  if (from === schemaVersion) return;
  const steps = [...migrations].filter(([version]) => version >= from).map(([, step]) => step);
  db.exec(`BEGIN IMMEDIATE; ${steps.join("")} PRAGMA user_version = ${schemaVersion}; COMMIT`);
}

function findDamage(db: DatabaseSync): string | undefined {
  try {
    if (pragma(db, "application_id") !== applicationId) return "a file that is not a world";
    const verdict = db.prepare("PRAGMA integrity_check(1)").get()?.["integrity_check"];
    if (verdict !== "ok") return String(verdict);
    return damagedResource(db);
  } catch (error) {
    return messageOf(error);
  }
}

function pragma(db: DatabaseSync, name: string): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name]);
}

function openProblem(path: string, error: unknown): Problem {
  const problem = storageProblem(error, path);
  return problem === undefined || problem.code === "state-damaged"
    ? damaged(path, messageOf(error))
    : problem;
}

function damaged(path: string, what: string): Problem {
  const good = goodCopyOf(path);
  return {
    code: "state-damaged",
    place: path,
    got: what,
    allowed: "a world file as the local clouds wrote it",
    next: existsSync(good)
      ? `The last good copy is ${good}: move it over the damaged file, or remove both to begin anew.`
      : "There is no good copy: remove the file to begin with an empty world.",
  };
}

function tooNew(path: string, version: number): Problem {
  return {
    code: "state-damaged",
    place: path,
    got: `a world of version ${version}`,
    allowed: `versions up to ${schemaVersion}`,
    next: "Use the newer Bulkhead that wrote it, or name another world.",
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
