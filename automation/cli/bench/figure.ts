/** A measured figure and the bar it must hold. */
export interface Figure {
  readonly area: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** A comparison such as `<=1.25`. */
  readonly bar: string;
  readonly holds: boolean;
}

/** A figure that must not be above `max`. */
export function atMost(
  area: string,
  name: string,
  value: number,
  unit: string,
  max: number,
): Figure {
  // The figure is judged as it is shown, so that nobody sees 1.25 fail at <=1.25.
  const shown = Number(value.toFixed(unit === "ms" ? 0 : 2));
  return { area, name, value: shown, unit, bar: `<=${max}`, holds: shown <= max };
}

/** The middle value; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/** Medians of two things done by turns, so that a busy moment of the machine meets both. */
export async function alternating(
  rounds: number,
  first: () => Promise<number>,
  second: () => Promise<number>,
): Promise<{ first: number; second: number }> {
  const times: { first: number[]; second: number[] } = { first: [], second: [] };
  for (let round = 0; round < rounds; round++) {
    times.first.push(await first());
    times.second.push(await second());
  }
  return { first: median(times.first), second: median(times.second) };
}
