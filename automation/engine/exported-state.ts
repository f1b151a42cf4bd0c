/** Resources out of a file: a state export, a checkpoint, a preview, or a plain list. */
import { type Problem, ProblemError } from "../../model/base/problem.ts";
import type { RawResource } from "../../policy-packs/kit/plan.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Marks of the engine's own encoding (pulumi/pulumi sdk/go/common/resource/sig/sig.go). */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
/** Stands for a text that is not known. */
const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const controls = /\p{Cc}/u;

/** Pulumi's type tokens: package, module and name. */
const typePattern = /^[^:\s]+:[^:\s]+:[^:\s]+$/;

/** Nesting that is followed; deeper than any provider's schema. */
const depthMax = 64;

/**
 * The resources of a file's text. A secret whose plain value the file does not hold is unknown.
 * Throws a {@link ProblemError} where the text is none of these forms.
 */
export function readExport(text: string, file: string): RawResource[] {
  const list = listedResources(text, file);
  const problems: Problem[] = [];
  const firstAt = new Map<string, number>();
  const resources = list.flatMap((entry, index) => {
    const place = `${file}: resources[${index}]`;
    if (!isRecord(entry) || typeof entry["type"] !== "string") {
      const got = JSON.stringify(entry)?.slice(0, 60) ?? "nothing";
      problems.push({ ...notAnExport(file, got), place });
      return [];
    }
    if (!typePattern.test(entry["type"])) {
      problems.push({ ...notAnExport(file, `${entry["type"]}, a type of another tool`), place });
      return [];
    }
    // What a replacement left behind is still there only until the update ends.
    if (entry["delete"] === true) return [];
    try {
      const resource = resourceOf(entry, index);
      const first = firstAt.get(resource.urn);
      if (first === undefined) firstAt.set(resource.urn, index);
      else problems.push(twice(place, resource.urn, first));
      return [resource];
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      problems.push({ ...notAnExport(file, error.message), place });
      return [];
    }
  });
  if (problems.length > 0) throw new ProblemError(problems);
  return resources;
}

/** A resource that no engine would have written. */
class Unreadable extends Error {}

function twice(place: string, urn: string, first: number): Problem {
  return {
    code: "input-duplicate",
    place,
    got: urn,
    allowed: "each resource once",
    next: `resources[${first}] is the same; leave one of the two out, or give it another name.`,
  };
}

/** The resources of a file's text as they stand there; a {@link ProblemError} where there are none. */
export function listedResources(text: string, file: string): readonly unknown[] {
  const list = listOf(parse(text, file));
  if (list === undefined) throw new ProblemError([notAnExport(file, "another shape")]);
  return list;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProblemError([notAnExport(file, reason)]);
  }
}

function listOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isRecord(value)) return undefined;
  if (Array.isArray(value["steps"])) return planned(value["steps"]);
  const checkpoint = record(record(value["checkpoint"])["latest"]);
  for (const holder of [value, record(value["deployment"]), checkpoint]) {
    if (Array.isArray(holder["resources"])) return holder["resources"];
  }
  // A stack without any resource has the deployment or the checkpoint, but no list.
  return isRecord(value["deployment"]) || isRecord(value["checkpoint"]) ? [] : undefined;
}

/** What a preview would leave: `pulumi preview --json` has a step for each resource. */
function planned(steps: readonly unknown[]): readonly unknown[] {
  return steps.flatMap((step) => record(step)["newState"] ?? []);
}

function resourceOf(entry: Fields, index: number): RawResource {
  const type = String(entry["type"]);
  const urn =
    text(entry["urn"]) ?? `urn:pulumi:file::file::${type}::${text(entry["name"]) ?? index}`;
  if (controls.test(urn)) throw new Unreadable("a name with control characters");
  const options = record(entry["opts"]);
  const parent = text(entry["parent"]) ?? text(options["parent"]);
  const provider = text(entry["provider"]);
  return {
    urn,
    type,
    name: text(entry["name"]) ?? urn.slice(urn.lastIndexOf("::") + 2),
    inputs: plain(entry["inputs"] ?? entry["props"] ?? entry["properties"] ?? {}, 0),
    outputs: outputsOf(entry),
    protect: entry["protect"] === true || options["protect"] === true,
    ignoreChanges: texts(entry["ignoreChanges"] ?? options["ignoreChanges"]),
    additionalSecretOutputs: texts(
      entry["additionalSecretOutputs"] ?? options["additionalSecretOutputs"],
    ),
    ...(parent === undefined ? {} : { parent }),
    ...(provider === undefined ? {} : { provider: providerUrn(provider) }),
    propertyDependencies: record(entry["propertyDependencies"]) as Record<string, string[]>,
  };
}

/** An export's reference to a provider ends with its id, which no URN has. */
function providerUrn(reference: string): string {
  const parts = reference.split("::");
  return parts.length > 4 ? parts.slice(0, -1).join("::") : reference;
}

/** Not every provider repeats a resource's id among its outputs. */
function outputsOf(entry: Fields): unknown {
  const id = text(entry["id"]);
  return { ...(id === undefined ? {} : { id }), ...record(plain(entry["outputs"] ?? {}, 0)) };
}

function plain(value: unknown, depth: number): unknown {
  if (depth > depthMax) throw new Unreadable(`a value nested more than ${depthMax} deep`);
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
  if (!isRecord(value)) return value;
  if (value[signatureKey] === secretSignature) return secret(value, depth);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, plain(item, depth + 1)]),
  );
}

function secret(value: Fields, depth: number): unknown {
  const shown = text(value["plaintext"]);
  if (shown === undefined) return unknownText;
  try {
    return plain(JSON.parse(shown), depth + 1);
  } catch (error) {
    // Whatever else JSON would say holds the secret.
    if (error instanceof SyntaxError) throw new Unreadable("a secret that holds no JSON");
    throw error;
  }
}

function notAnExport(file: string, got: string): Problem {
  return {
    code: "input-type",
    place: file,
    got,
    allowed: "a state export, a preview's JSON, or a list of resources with type, name and props",
    next: "Write one with pulumi stack export --file FILE.",
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function record(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
