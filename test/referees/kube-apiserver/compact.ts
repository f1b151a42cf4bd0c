/** OpenAPI documents of an API server as the local clouds keep them: without prose, each definition once. */

type Body = Readonly<Record<string, unknown>>;

/** A kind as discovery describes it. */
export interface ServedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

/** What a definition says to clients that patch or print, and nothing about validity. */
const dropped: ReadonlySet<string> = new Set([
  "description",
  "x-kubernetes-patch-merge-key",
  "x-kubernetes-patch-strategy",
  "x-kubernetes-unions",
]);

/** File names and texts. */
export function schemaFiles(
  documents: readonly Body[],
  kinds: readonly ServedKind[],
): ReadonlyMap<string, string> {
  const definitions = new Map<string, Body>();
  for (const document of documents) {
    const { schemas } = document["components"] as { readonly schemas: Record<string, Body> };
    for (const [name, schema] of Object.entries(schemas)) definitions.set(name, schema);
  }
  const wanted = reachable(
    kinds.map((kind) => definitionOf(definitions, kind)),
    definitions,
  );
  const files = new Map<string, string[]>();
  for (const name of wanted) {
    const { file, leaf } = shortName(name);
    const line = `${JSON.stringify(leaf)}: ${JSON.stringify(compact(definitions.get(name) ?? {}))}`;
    files.set(file, [...(files.get(file) ?? []), line]);
  }
  const lines = kinds
    .map((kind) => [`${kind.apiVersion} ${kind.kind}`, kind] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, kind]) => {
      const { file, leaf } = shortName(definitionOf(definitions, kind));
      const { apiVersion, plural, namespaced } = kind;
      const entry = { plural, namespaced, schema: `${file}/${leaf}` };
      return `${JSON.stringify(`${apiVersion}/${kind.kind}`)}: ${JSON.stringify(entry)}`;
    });
  const texts = [...files].map(([file, own]) => [`${file}.json`, asObject(own.sort())] as const);
  return new Map([["kinds.json", asObject(lines)], ...texts]);
}

function asObject(lines: readonly string[]): string {
  return `{\n${lines.join(",\n")}\n}\n`;
}

/** The definition whose group, version and kind are the kind's; discovery's plain types are no objects. */
function definitionOf(definitions: ReadonlyMap<string, Body>, kind: ServedKind): string {
  const slash = kind.apiVersion.lastIndexOf("/");
  const group = slash < 0 ? "" : kind.apiVersion.slice(0, slash);
  const version = kind.apiVersion.slice(slash + 1);
  for (const [name, schema] of definitions) {
    const of = schema["x-kubernetes-group-version-kind"] as Body[] | undefined;
    const first = of?.[0];
    if (of?.length !== 1 || first === undefined) continue;
    if (first["group"] === group && first["version"] === version && first["kind"] === kind.kind) {
      return name;
    }
  }
  throw new Error(`no definition of ${kind.apiVersion} ${kind.kind}`);
}

function reachable(
  roots: readonly string[],
  definitions: ReadonlyMap<string, Body>,
): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [...roots];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const text = JSON.stringify(definitions.get(name));
    for (const match of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
      waiting.push(match[1] ?? "");
    }
  }
  return seen;
}

/** `io.k8s.api.core.v1.PodSpec` is `PodSpec` of `core.v1`, `…pkg.util.intstr.IntOrString` of `intstr`. */
function shortName(name: string): { readonly file: string; readonly leaf: string } {
  const parts = name.split(".");
  const leaf = parts.at(-1) ?? "";
  const [group, version] = [parts.at(-3) ?? "", parts.at(-2) ?? ""];
  return { leaf, file: /^v\d/.test(version) ? `${group}.${version}` : version };
}

/** A schema without prose; a reference wrapped only to carry a default is the reference. */
function compact(schema: Body): Body {
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (dropped.has(key)) continue;
    if (key === "allOf" && Array.isArray(value) && value.length === 1) {
      Object.assign(out, compact(value[0] as Body));
    } else if (key === "$ref") {
      const { file, leaf } = shortName(String(value));
      out[key] = `${file}/${leaf}`;
    } else if (key === "properties") {
      const entries = Object.entries(value as Record<string, Body>);
      out[key] = Object.fromEntries(entries.map(([name, item]) => [name, compact(item)]));
    } else if (key === "items" || (key === "additionalProperties" && typeof value === "object")) {
      out[key] = compact(value as Body);
    } else if (!(key === "default" && isEmpty(value))) out[key] = value;
  }
  return out;
}

/** `{}` and `""` stand for "nothing given" in Go; the server fills in neither. */
function isEmpty(value: unknown): boolean {
  return value === "" || JSON.stringify(value) === "{}" || value === 0;
}
