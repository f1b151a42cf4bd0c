/** Look-up of what a plan's records name. */

/** A record names only what its own plan holds: anything else is a defect of the lowering. */
export function mustGet<T>(map: ReadonlyMap<string, T>, name: string): T {
  const value = map.get(name);
  if (value === undefined) throw new Error(`the plan names ${name}, but does not hold it`);
  return value;
}

/** Like {@link mustGet} for what another component hands over by segment. */
export function mustHave<T>(record: Readonly<Record<string, T>>, name: string): T {
  const value = record[name];
  if (value === undefined) throw new Error(`nothing is known of ${name}`);
  return value;
}
