/** Names that providers draw differ from preview to preview, and are no change. */
import type { SideResource } from "./side.ts";

/** Letters that follow the logical name: seven of aws and gcp, eight of azure-native and kubernetes. */
const drawnEnd = /^[-_]?[0-9a-f]{7,8}$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Names stand at the top of the inputs, or in an object's metadata. */
const depthMax = 2;

/** Puts the later drawn names in place of the earlier ones, wherever they occur. */
export function renaming(
  olds: ReadonlyMap<string, SideResource>,
  after: readonly SideResource[],
): (value: unknown) => unknown {
  const names = new Map<string, string>();
  for (const { urn, inputs } of after) {
    const old = olds.get(urn);
    if (old !== undefined)
      learn(old.inputs, inputs, urn.slice(urn.lastIndexOf("::") + 2), names, 1);
  }
  // A longer name may contain a shorter one.
  const longest = [...names].sort(([one], [other]) => other.length - one.length);
  const text = (value: string) =>
    longest.reduce((done, [old, now]) => done.replaceAll(old, now), value);
  const rename = (value: unknown): unknown => {
    if (typeof value === "string") return text(value);
    if (Array.isArray(value)) return value.map(rename);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [text(key), rename(item)]),
    );
  };
  return names.size === 0 ? (value) => value : rename;
}

type Fields = Readonly<Record<string, unknown>>;

function learn(old: Fields, now: Fields, name: string, names: Map<string, string>, depth: number) {
  for (const [key, value] of Object.entries(now)) {
    const former = old[key];
    if (isFields(value) && isFields(former) && depth < depthMax) {
      learn(former, value, name, names, depth + 1);
    } else if (typeof value === "string" && typeof former === "string" && value !== former) {
      if ([value, former].every((one) => isDrawn(one, key, name))) names.set(former, value);
    }
  }
}

function isDrawn(value: string, key: string, name: string): boolean {
  if (/name$/i.test(key) && uuid.test(value)) return true;
  return value.startsWith(name) && drawnEnd.test(value.slice(name.length));
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
