import type { Logging } from "../logging.ts";
export const azureLogging: Logging = { tokens: [], sources: [] };
