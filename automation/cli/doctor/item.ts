/** One thing that is needed, and how it stands. */
export interface Item {
  readonly name: string;
  /** `note` where it cannot be known from here, or is not needed yet. */
  readonly state: "ok" | "missing" | "note";
  readonly what: string;
  /** Ways to get it, the easiest first. */
  readonly ways: readonly string[];
}

/** Something that is there. */
export function ok(name: string, what: string): Item {
  return { name, state: "ok", what, ways: [] };
}

/** Something that is not there, with the ways to get it. */
export function missing(name: string, what: string, ...ways: readonly string[]): Item {
  return { name, state: "missing", what, ways };
}

/** Something worth knowing. */
export function note(name: string, what: string, ...ways: readonly string[]): Item {
  return { name, state: "note", what, ways };
}
