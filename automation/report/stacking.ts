/** Where the boxes and bends of one column come to lie, from top to bottom. */

/** A box, or a bend of an arrow that passes its column. */
export interface Slot {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly column: number;
  y: number;
}

/**
 * Puts the slots as near to their wishes as their order and the gap allow: runs of slots that would
 * overlap move as one, to the mean of what they wish.
 */
export function stack(column: readonly Slot[], gap: number, wished: (slot: Slot) => number): void {
  const runs: { slots: { slot: Slot; offset: number }[]; sum: number; height: number }[] = [];
  for (const slot of column) {
    let run = { slots: [{ slot, offset: 0 }], sum: wished(slot), height: slot.height };
    for (
      let above = runs.at(-1);
      above !== undefined && overlaps(above, run, gap);
      above = runs.at(-1)
    ) {
      runs.pop();
      run = joined(above, run, gap);
    }
    runs.push(run);
  }
  for (const run of runs) {
    for (const { slot, offset } of run.slots) slot.y = startOf(run) + offset;
  }
}

interface RunOfSlots {
  readonly slots: { slot: Slot; offset: number }[];
  /** Of the wishes, each less its offset. */
  readonly sum: number;
  readonly height: number;
}

function startOf(run: RunOfSlots): number {
  return run.sum / run.slots.length;
}

function overlaps(above: RunOfSlots, below: RunOfSlots, gap: number): boolean {
  return startOf(above) + above.height + gap > startOf(below);
}

function joined(above: RunOfSlots, below: RunOfSlots, gap: number): RunOfSlots {
  const shift = above.height + gap;
  return {
    slots: [
      ...above.slots,
      ...below.slots.map(({ slot, offset }) => ({ slot, offset: offset + shift })),
    ],
    sum: above.sum + below.sum - shift * below.slots.length,
    height: shift + below.height,
  };
}
