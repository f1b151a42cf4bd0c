import type { Logging } from "../logging.ts";
export const gcpLogging: Logging = { tokens: [], sources: [] };
