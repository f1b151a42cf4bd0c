/** What getting an engine is at, for a live view or plain lines. */
export interface EngineProgress {
  readonly step: "wait" | "download" | "go" | "sources" | "compile" | "install";
  /** One sentence in the present tense. */
  readonly doing: string;
  readonly elapsedMs: number;
  /** The part of the work that is done, if it can be counted. */
  readonly counted?: { readonly done: number; readonly total: number; readonly unit: string };
  /** How long the rest of the step takes, estimated from what was measured. */
  readonly leftMs?: number;
  /** Where everything that the step's tools print is kept. */
  readonly log?: string;
}

export type OnProgress = (progress: EngineProgress) => void;
export type Step = Omit<EngineProgress, "elapsedMs">;

/** Adds the time since the beginning to each step that is reported. */
export function timed(onProgress: OnProgress, since = Date.now()): (step: Step) => void {
  return (step) => onProgress({ ...step, elapsedMs: Date.now() - since });
}
