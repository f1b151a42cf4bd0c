/** Errors of the evaluator in the words of Go's, which the API server shows. */

/** A pattern, and the server's sentence with the pattern's groups in it. */
const words: readonly (readonly [RegExp, string])[] = [
  [
    /^Failed to parse duration/,
    "type conversion error from 'string' to 'google.protobuf.Duration'",
  ],
  [
    /^Failed to parse timestamp/,
    "type conversion error from 'string' to 'google.protobuf.Timestamp'",
  ],
  [/^Cannot convert .* to a BigInt$/, "type conversion error from 'string' to 'int'"],
  [/^field not found: (.*)$/, "no such key: $1"],
  [/^index (-?\d+) out of bounds \[0, -1\)$/, "index out of bounds: $1"],
  [/^index (-?\d+) out of bounds/, "index out of range: $1"],
  [/^(?:u?int )?divide by zero$/, "division by zero"],
];

/** The message as the server words it; what is not known stays as it is. */
export function inServersWords(message: string): string {
  for (const [pattern, sentence] of words) {
    const found = pattern.exec(message);
    if (found !== null) return sentence.replace("$1", found[1] ?? "");
  }
  return message;
}
