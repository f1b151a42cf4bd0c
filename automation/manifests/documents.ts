/** A file's documents: YAML or JSON, with limits against texts that grow when they are read. */
import { CORE_SCHEMA, loadAll, mergeTag, YAMLException } from "js-yaml";
import type { Problem } from "../../model/base/problem.ts";
import { ProblemError } from "../../model/base/problem.ts";
import type { ManifestDocument } from "../../policy-packs/lift/kubernetes/cluster.ts";
import { tooLarge } from "./files.ts";

/** References (`*name`) in a document: each repeats what it names whenever it is read. */
export const aliasesMax = 100;
/** Nesting in a document. */
export const nestingMax = 100;

const schema = CORE_SCHEMA.withTags(mergeTag);

/** The documents of a file; throws a {@link ProblemError} with the line where there is no YAML. */
export function documentsOf(name: string, text: string): ManifestDocument[] {
  const values = name.endsWith(".json") ? fromJson(text) : undefined;
  return (values ?? fromYaml(name, text)).map((value, index, all) => ({
    at: all.length === 1 ? name : `${name}#${index + 1}`,
    value,
  }));
}

/** JSON is YAML too, but read many times faster. */
function fromJson(text: string): unknown[] | undefined {
  try {
    return [JSON.parse(text)];
  } catch {
    return undefined;
  }
}

function fromYaml(name: string, text: string): unknown[] {
  try {
    return loadAll(text, { schema, maxAliases: aliasesMax, maxDepth: nestingMax });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new ProblemError([problemOf(name, error)]);
  }
}

function problemOf(name: string, { reason, mark }: YAMLException): Problem {
  const place = mark === undefined ? name : `${name}:${mark.line + 1}:${mark.column + 1}`;
  if (/exceeded max/.test(reason)) {
    const allowed = `${aliasesMax} references and ${nestingMax} levels in a document`;
    return tooLarge(place, reason, allowed);
  }
  const next = "Mend the file there; kubectl apply --dry-run=client -f FILE says the same.";
  return { code: "input-type", place, got: reason, allowed: "YAML or JSON", next };
}
