/** Rows of a table of one module, by `MODULE:KIND`. */
export function within<T>(
  module: string,
  kinds: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(kinds).map(([kind, row]) => [`${module}:${kind}`, row]));
}
