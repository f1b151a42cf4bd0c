/** The reviewed exceptions of a checkout, which lie beside its stacks. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ProblemError } from "../../model/base/problem.ts";
import { type Exemption, parseExemptions } from "../../model/policy/exemption.ts";

/** Path of the file below a checkout; there need not be one. */
export const exemptionFile = "stacks/exemptions.json";

/** Exemptions of a checkout. Throws everything that is wrong with the file; then none counts. */
export function readExemptionFile(root: string): readonly Exemption[] {
  const text = textOfExemptions(root);
  return text === undefined ? [] : readExemptions(text, exemptionFile);
}

/** The file's text; undefined where a checkout has none. */
export function textOfExemptions(root: string): string | undefined {
  const path = join(root, exemptionFile);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** The same from a file's text. */
export function readExemptions(text: string, place: string): readonly Exemption[] {
  const { exemptions, problems } = parseExemptions(parse(text, place), place);
  if (problems.length > 0) throw new ProblemError(problems);
  return exemptions;
}

function parse(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const problem = {
      code: "input-type",
      place,
      got: error instanceof Error ? error.message : "no JSON",
      allowed: "a JSON list of exemptions",
      next: "Write a list of objects with rule, urn, reason, owner, ticket, expires.",
    } as const;
    throw new ProblemError([problem]);
  }
}
