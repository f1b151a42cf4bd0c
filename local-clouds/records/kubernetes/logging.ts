import type { Logging } from "../logging.ts";
export const kubernetesLogging: Logging = { tokens: [], sources: [] };
