/** Residual paths, each once with all the endpoints from which it leads. */
import type { IntervalSet } from "../base/interval-set.ts";
import type { Residual } from "../network/topology.ts";

/** A way around every stage, for some endpoints. */
export interface ResidualPath extends Pick<Residual, "to" | "selectors"> {
  readonly endpoints: ReadonlySet<string>;
}

/** The paths of a topology, in which every machine may have its own. */
export function joinedResiduals(residuals: readonly Residual[]): ResidualPath[] {
  const paths = new Map<string, ResidualPath & { readonly endpoints: Set<string> }>();
  for (const { endpoints, to, selectors } of residuals) {
    const key = `${textOf(to)} ${textOf(selectors)}`;
    const path = paths.get(key) ?? { to, selectors, endpoints: new Set<string>() };
    for (const id of endpoints) path.endpoints.add(id);
    paths.set(key, path);
  }
  return [...paths.values()];
}

/** Equal sets have equal texts. */
export function textOf(set: IntervalSet): string {
  return set.map(({ from, to }) => `${from}-${to}`).join();
}
