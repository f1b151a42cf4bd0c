/**
 * Numbers for rules whose plane wants each to have a unique one. Where every rule is an allow the
 * order means nothing, but a rule that changed its number while another still holds it would be
 * refused in the middle of an update. So a number rests on what the rule says, not on its place
 * in the list.
 */

const fnvOffset = 0x811c9dc5;
const fnvPrime = 0x01000193;

/** FNV-1a, 32 bits: spreads short names; nothing secret rests on it. */
export function hash32(text: string): number {
  let hash = fnvOffset;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, fnvPrime) >>> 0;
  }
  return hash;
}

/**
 * One slot of 0…`slotCount`-1 per key, all different. A key added at the end never moves another;
 * one removed moves only those that had to give way to it. Throws a RangeError where there are
 * more keys than slots: callers check their documented limit first.
 */
export function stableSlots(keys: readonly string[], slotCount: number): Map<string, number> {
  if (keys.length > slotCount) throw new RangeError(`${keys.length} keys, ${slotCount} slots`);
  const taken = new Set<number>();
  const slots = new Map<string, number>();
  for (const key of keys) {
    let slot = hash32(key) % slotCount;
    while (taken.has(slot)) slot = (slot + 1) % slotCount;
    taken.add(slot);
    slots.set(key, slot);
  }
  return slots;
}
