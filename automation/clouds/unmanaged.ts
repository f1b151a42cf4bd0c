/** What exists in a world and is in no stack's state. */

/** An object of the world, as far as it is compared. */
export interface WorldObject {
  readonly row: number;
  readonly package: string;
  readonly token: string;
  readonly id: string;
  /** URN of the program's resource; `""` for what somebody made by hand. */
  readonly urn: string;
  /** Row of the object that a service made it along with, and removes it with. */
  readonly companionOf: number | null;
}

/** A resource that a stack's state holds. */
export interface HeldResource {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
}

/**
 * The objects of the world that no state holds, in the order of their creation: what is left when
 * an answer was lost, and what somebody made by hand. What came along with another object belongs
 * to that one.
 *
 * A held resource is first looked for under its own URN, the newest first: ids need not be unique.
 * What is not found so may have another URN by now (aliases), so id and kind decide.
 */
export function unmanaged<T extends WorldObject>(
  world: readonly T[],
  held: readonly HeldResource[],
): T[] {
  const left = new Set(world.filter((object) => object.companionOf === null));
  const byUrn = pile([...left], (object) => `${object.urn} ${object.id}`);
  const moved = held.filter((one) => !take(byUrn, `${one.urn} ${one.id}`, left));
  const byKind = pile([...left], kindAndId);
  for (const one of moved) take(byKind, kindAndId({ token: one.type, id: one.id }), left);
  return [...left].sort((a, b) => a.row - b.row);
}

/** An API version in the middle of a token does not make another kind. */
function kindAndId({ token, id }: { readonly token: string; readonly id: string }): string {
  return `${token.slice(0, token.indexOf(":"))} ${token.slice(token.lastIndexOf(":") + 1)} ${id}`;
}

/** Objects by key, the newest at the end. */
function pile<T extends WorldObject>(
  objects: readonly T[],
  keyOf: (object: T) => string,
): Map<string, T[]> {
  const piles = new Map<string, T[]>();
  for (const object of [...objects].sort((a, b) => a.row - b.row)) {
    const key = keyOf(object);
    const there = piles.get(key);
    if (there === undefined) piles.set(key, [object]);
    else there.push(object);
  }
  return piles;
}

function take<T>(piles: ReadonlyMap<string, T[]>, key: string, left: Set<T>): boolean {
  const found = piles.get(key)?.pop();
  if (found === undefined) return false;
  left.delete(found);
  return true;
}
