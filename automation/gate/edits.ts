/** What a change does to the planned resources, property by property. */
import { renaming } from "./renaming.ts";
import type { SideResource } from "./side.ts";

/** One property of one resource that differs. */
export interface Edit {
  readonly urn: string;
  /** Property path; empty where the whole resource is new or gone. */
  readonly path: string;
  readonly kind: "added" | "removed" | "changed";
  /** Former and new value as short JSON; empty where there is none. */
  readonly before: string;
  readonly after: string;
}

/** Longest value that is shown, in characters. */
const valueCharactersMax = 120;

/** Deeper values are compared as wholes. */
const depthMax = 40;

/** Differences of the two plans, in the order of the later one. */
export function editsBetween(
  before: readonly SideResource[],
  after: readonly SideResource[],
): readonly Edit[] {
  const olds = new Map(before.map((resource) => [resource.urn, resource]));
  const news = new Set(after.map(({ urn }) => urn));
  const renamed = renaming(olds, after);
  return [
    ...after.flatMap(({ urn, inputs }) => {
      const old = olds.get(urn);
      return old === undefined
        ? [whole(urn, "added")]
        : differing(renamed(old.inputs), inputs, "", 0).map((edit) => ({ urn, ...edit }));
    }),
    ...before.filter(({ urn }) => !news.has(urn)).map(({ urn }) => whole(urn, "removed")),
  ];
}

function whole(urn: string, kind: "added" | "removed"): Edit {
  return { urn, path: "", kind, before: "", after: "" };
}

function differing(old: unknown, now: unknown, path: string, depth: number): Omit<Edit, "urn">[] {
  if (old === now) return [];
  if (depth < depthMax && isRecord(old) && isRecord(now)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
    return (
      keys
        // Notes of the provider to itself.
        .filter((key) => !key.startsWith("__"))
        .flatMap((key) => differing(old[key], now[key], join(path, key), depth + 1))
    );
  }
  if (depth < depthMax && Array.isArray(old) && Array.isArray(now) && old.length === now.length) {
    return old.flatMap((item, index) =>
      differing(item, now[index], `${path}[${index}]`, depth + 1),
    );
  }
  const kind = old === undefined ? "added" : now === undefined ? "removed" : "changed";
  return [{ path, kind, before: shown(old), after: shown(now) }];
}

function join(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

/** What the engine writes where a value is not known at a preview. */
const unknownValues: ReadonlySet<unknown> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "output<string>",
]);

function shown(value: unknown): string {
  if (value === undefined) return "";
  if (unknownValues.has(value)) return "(not known yet)";
  const text = JSON.stringify(value) ?? "";
  return text.length <= valueCharactersMax ? text : `${text.slice(0, valueCharactersMax)}…`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
