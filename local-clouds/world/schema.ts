/** How the world lies in its file. */

/** Marks the file as a world of the local clouds ("BKHW" in ASCII). */
export const applicationId = 0x424b4857;

/** Raised with every change of the tables below; a file with a higher one is refused. */
export const schemaVersion = 2;

/** Delivered log records: each lies in the resource it was delivered to, and goes with it. */
const createRecords = `
CREATE TABLE records (
  row INTEGER PRIMARY KEY,
  destination INTEGER NOT NULL REFERENCES resources(row) ON DELETE CASCADE,
  place TEXT NOT NULL,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX records_by_destination ON records (destination);
`;

/** What brings a file of a version to the next one. */
export const migrations: ReadonlyMap<number, string> = new Map([[1, createRecords]]);

/** Tables that exports of older versions lack, with the version that brought them. */
export const tablesSince: ReadonlyMap<string, number> = new Map([["records", 2]]);

/** Tables of an empty world. */
export const createTables = `
CREATE TABLE resources (
  row INTEGER PRIMARY KEY,
  package TEXT NOT NULL,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  token TEXT NOT NULL,
  id TEXT NOT NULL,
  urn TEXT NOT NULL,
  inputs TEXT NOT NULL,
  outputs TEXT NOT NULL,
  made TEXT NOT NULL,
  seed TEXT NOT NULL,
  created_at TEXT NOT NULL,
  revision INTEGER NOT NULL,
  companion_of INTEGER REFERENCES resources(row) ON DELETE CASCADE,
  digest TEXT NOT NULL
) STRICT;
CREATE INDEX resources_by_token ON resources (token, account);
CREATE INDEX resources_by_owner ON resources (companion_of);
CREATE TABLE names (
  row INTEGER NOT NULL REFERENCES resources(row) ON DELETE CASCADE,
  token TEXT NOT NULL,
  property TEXT NOT NULL,
  folded TEXT NOT NULL
) STRICT;
CREATE INDEX names_by_value ON names (folded, token, property);
CREATE INDEX names_by_row ON names (row);
CREATE TABLE links (
  source INTEGER NOT NULL REFERENCES resources(row) ON DELETE CASCADE,
  target INTEGER NOT NULL REFERENCES resources(row) ON DELETE CASCADE,
  path TEXT NOT NULL,
  holds INTEGER NOT NULL,
  cascades INTEGER NOT NULL
) STRICT;
CREATE INDEX links_by_target ON links (target);
CREATE INDEX links_by_source ON links (source);
CREATE TABLE births (
  account TEXT NOT NULL,
  urn TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (account, urn)
) STRICT, WITHOUT ROWID;
CREATE TABLE marks (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
${createRecords}`;
