/** What to say when a port cannot be had. */

import type { Problem } from "../../model/base/problem.ts";

/** The problem of a port that could not be opened; `place` says whose it is. */
export function portTaken(place: string, port: number, error: unknown): Problem {
  return {
    code: "environment-broken",
    place,
    got: `${port} (${error instanceof Error ? error.message : String(error)})`,
    allowed: "a port of 127.0.0.1 that nothing else listens on",
    next: "End what listens there, or name another port (0 takes any free one).",
  };
}
