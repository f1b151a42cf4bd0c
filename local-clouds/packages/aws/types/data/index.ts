/** What keeps data. */

import type { TypeEntry } from "../../../../types/type.ts";
import { fileTypes } from "./files.ts";
import { objectTypes } from "./objects.ts";
import { relationalTypes } from "./relational.ts";
import { storeTypes } from "./stores.ts";

/** The entries of databases, stores, files, objects and backups. */
export const dataTypes: readonly TypeEntry[] = [
  ...relationalTypes,
  ...storeTypes,
  ...fileTypes,
  ...objectTypes,
];
