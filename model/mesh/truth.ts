/** Three-valued logic (Kleene): what cannot be told stays untold instead of turning into a no. */
export type Truth = boolean | "unknown";

/** True where all are; false as soon as one is. */
export function every(values: Iterable<Truth>): Truth {
  let result: Truth = true;
  for (const value of values) {
    if (value === false) return false;
    if (value === "unknown") result = "unknown";
  }
  return result;
}

/** True as soon as one is; false where all are. */
export function some(values: Iterable<Truth>): Truth {
  let result: Truth = false;
  for (const value of values) {
    if (value === true) return true;
    if (value === "unknown") result = "unknown";
  }
  return result;
}

/** The opposite; unknown stays unknown. */
export function not(value: Truth): Truth {
  return value === "unknown" ? "unknown" : !value;
}
