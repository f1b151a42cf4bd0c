/**
 * The engine's events as Bulkhead reads them. The engine adds fields and kinds from release to
 * release, so what is not known is kept as `other` and never an error.
 * Source: pulumi/pulumi sdk/go/common/apitype/events.go at 3.259.0.
 */

/** What happens to one resource. */
export interface Step {
  readonly kind: "step";
  readonly state: "started" | "done" | "failed";
  /** Part of a preview. */
  readonly planning: boolean;
  /** `same`, `create`, `update`, `replace`, `create-replacement`, `delete`, `refresh`, `read` … */
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  /** Whether a plugin manages it: a component is not custom. */
  readonly custom: boolean;
  /** The cloud's id; empty where it is not known yet. */
  readonly id: string;
  readonly parent: string;
  /** Secrets are masked by the engine. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Paths of the properties that change. */
  readonly changes: readonly string[];
}

export type EngineEvent =
  | Step
  | {
      readonly kind: "diagnostic";
      readonly severity: string;
      readonly message: string;
      readonly urn: string;
    }
  | {
      readonly kind: "policy";
      readonly pack: string;
      readonly rule: string;
      readonly urn: string;
      readonly level: string;
      readonly message: string;
    }
  | { readonly kind: "policy-load" }
  | {
      readonly kind: "policy-summary";
      readonly pack: string;
      readonly passed: readonly string[];
      readonly failed: readonly string[];
    }
  | {
      readonly kind: "summary";
      readonly preview: boolean;
      readonly result: string;
      readonly seconds: number;
      readonly counts: Readonly<Record<string, number>>;
    }
  | { readonly kind: "progress"; readonly message: string; readonly done: boolean }
  | { readonly kind: "message"; readonly message: string }
  | { readonly kind: "error"; readonly message: string }
  | { readonly kind: "prelude" }
  | { readonly kind: "cancel" }
  | { readonly kind: "other"; readonly name: string };

type Fields = Readonly<Record<string, unknown>>;

const readers: Readonly<Record<string, (fields: Fields) => EngineEvent>> = {
  preludeEvent: () => ({ kind: "prelude" }),
  cancelEvent: () => ({ kind: "cancel" }),
  policyLoadEvent: () => ({ kind: "policy-load" }),
  resourcePreEvent: (fields) => readStep("started", fields),
  resOutputsEvent: (fields) => readStep("done", fields),
  resOpFailedEvent: (fields) => readStep("failed", fields),
  diagnosticEvent: (fields) => ({
    kind: "diagnostic",
    severity: text(fields["severity"]),
    message: text(fields["message"]).trimEnd(),
    urn: text(fields["urn"]),
  }),
  policyEvent: (fields) => ({
    kind: "policy",
    pack: text(fields["policyPackName"]),
    rule: text(fields["policyName"]),
    urn: text(fields["resourceUrn"]),
    level: text(fields["enforcementLevel"]),
    message: text(fields["message"]).trimEnd(),
  }),
  policyAnalyzeSummaryEvent: readPolicySummary,
  policyAnalyzeStackSummaryEvent: readPolicySummary,
  policyRemediateSummaryEvent: readPolicySummary,
  summaryEvent: (fields) => ({
    kind: "summary",
    preview: fields["isPreview"] === true,
    result: text(fields["result"]),
    seconds: typeof fields["durationSeconds"] === "number" ? fields["durationSeconds"] : 0,
    counts: counts(fields["resourceChanges"]),
  }),
  progressEvent: (fields) => ({
    kind: "progress",
    message: text(fields["message"]),
    done: fields["done"] === true,
  }),
  stdoutEvent: (fields) => ({ kind: "message", message: text(fields["message"]).trimEnd() }),
  errorEvent: (fields) => ({ kind: "error", message: text(fields["error"]) }),
};

/** One event from one line of JSON; undefined where the line is not a JSON object. */
export function readEvent(line: string): EngineEvent | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(parsed)) return undefined;
  const name = Object.keys(parsed).find((key) => key.endsWith("Event"));
  if (name === undefined) return { kind: "other", name: "" };
  const reader = readers[name];
  return reader === undefined ? { kind: "other", name } : reader(record(parsed[name]));
}

function readStep(state: Step["state"], fields: Fields): Step {
  const metadata = record(fields["metadata"]);
  const now = record(metadata["new"] ?? metadata["old"]);
  return {
    kind: "step",
    state,
    planning: fields["planning"] === true,
    op: text(metadata["op"]),
    urn: text(metadata["urn"]),
    type: text(metadata["type"]),
    custom: now["custom"] === true,
    id: text(now["id"]),
    parent: text(now["parent"]),
    inputs: record(now["inputs"]),
    outputs: record(now["outputs"]),
    changes: changedPaths(metadata),
  };
}

function changedPaths(metadata: Fields): string[] {
  const detailed = Object.keys(record(metadata["detailedDiff"]));
  const diffs = metadata["diffs"];
  return detailed.length > 0 || !Array.isArray(diffs) ? detailed : diffs.map(text);
}

function readPolicySummary(fields: Fields): EngineEvent {
  const names = (value: unknown) => (Array.isArray(value) ? value.map(text) : []);
  return {
    kind: "policy-summary",
    pack: text(fields["policyPackName"]),
    passed: names(fields["passed"]),
    failed: names(fields["failed"]),
  };
}

function counts(value: unknown): Record<string, number> {
  const entries = Object.entries(record(value));
  return Object.fromEntries(
    entries.filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function record(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
