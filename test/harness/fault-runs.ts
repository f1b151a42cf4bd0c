/** The 200 fault runs of a seed, and the sample of them that every test run takes. */
import { createHash } from "node:crypto";
import {
  type FaultKind,
  type FaultOperation,
  faultKinds,
} from "../../local-clouds/faults/fault.ts";

/** One run: a kind of fault that meets one operation at a rate. */
export interface FaultRun {
  /** Also the seed of its fault. */
  readonly name: string;
  readonly operation: FaultOperation;
  readonly kind: FaultKind;
  /** What the fault meets. */
  readonly on: string;
  /** 0.01 to 0.30. */
  readonly rate: number;
}

const runsCount = 200;
const sampleCount = 10;
const percentMax = 30;
const services = ["aws", "azure-native", "azuread", "gcp", "kubernetes"] as const;

/** All runs of a seed: every kind with every operation it can meet, by turns. */
export function faultRuns(seed: string): FaultRun[] {
  const pairs = Object.entries(faultKinds).flatMap(([kind, operations]) =>
    operations.map((operation) => ({ kind: kind as FaultKind, operation })),
  );
  return Array.from({ length: runsCount }, (_, i) => {
    const pair = pairs[i % pairs.length] ?? {
      kind: "error" as const,
      operation: "create" as const,
    };
    const name = `${seed}-${i}`;
    // One failed check or read ends a whole update: such faults meet one package at a time.
    const single = pair.operation === "check" || pair.operation === "read";
    const on = single ? `${services[drawn(`${name} on`) % services.length]}:*` : "*";
    return { name, ...pair, on, rate: (1 + (drawn(name) % percentMax)) / 100 };
  });
}

/** One in twenty of them, drawn by the seed: every kind of fault is among them. */
export function sampleOf(runs: readonly FaultRun[], seed: string): FaultRun[] {
  const order = (run: FaultRun) => drawn(`${seed} ${run.name}`);
  const sorted = [...runs].sort((a, b) => order(a) - order(b));
  const ofEachKind = Object.keys(faultKinds).flatMap(
    (kind) => sorted.find((run) => run.kind === kind) ?? [],
  );
  return [...new Set([...ofEachKind, ...sorted])].slice(0, sampleCount);
}

/** A whole number of 32 bits that follows from a text. */
export function drawn(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0);
}
